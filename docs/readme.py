"""Writes the result that the README shows from what the package finds now in the demonstration's reports."""

from pathlib import Path

import khabar
from khabar import demo

BEGIN, END = "<!-- result: make readme -->", "<!-- end of result -->"
SHOWN = {"1", "2"}
COLUMNS = ["doc_id", "kind", "count", "modifier", "victims", "place", "source", "text"]


def cell(value: object) -> str:
    return "" if value is None else str(value).replace("|", "\\|")


def main() -> None:
    readme = Path(__file__).parents[1] / "README.md"
    rows = khabar.extract(demo()).casualties.to_pylist()
    rows = [row for row in rows if row["doc_id"] in SHOWN]
    for row in rows:
        if row["upper"] is not None:
            row["count"] = f"{row['count']}–{row['upper']}"
    lines = [COLUMNS, ["---"] * len(COLUMNS), *([cell(row[name]) for name in COLUMNS] for row in rows)]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    page = readme.read_text(encoding="utf-8")
    before, rest = page.split(BEGIN)
    after = rest.split(END)[1]
    readme.write_text(f"{before}{BEGIN}\n\n{table}\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
