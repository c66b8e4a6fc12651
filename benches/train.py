"""What a build by profile watches: reports and sentences of our own, through every room, in lists and in Arrow columns.

    MATURIN_PGO=1 pip install .      (rustup component add llvm-tools; the crate is compiled twice, with this run between)

The compiler then lays out first what is mostly run. The texts are those of the demonstration and of the cases under tests/.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

import khabar

if TYPE_CHECKING:
    from collections.abc import Iterator

CASES = Path(__file__).parents[1] / "tests"
# Sentences of the cases that make a report.
SENTENCES = 12
ROUNDS = 3


def texts(value: Any) -> Iterator[str]:
    """What stands under `text`, however deep."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == "text" and isinstance(inner, str):
                yield inner
            else:
                yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


def reports() -> list[str]:
    cases = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(CASES.glob("*.toml"))]
    sentences = list(texts(cases))
    joined = ["\n".join(sentences[at : at + SENTENCES]) for at in range(0, len(sentences), SENTENCES)]
    return [row["text"] for row in khabar.demo()] + joined


def main() -> None:
    given = reports()
    column = pa.array(given, pa.large_string())
    table = pa.table({"text": column, "published": ["2017-07-05"] * len(given)})
    for _ in range(ROUNDS):
        khabar.extract(table, progress=False)
        khabar.extract(given, published="2017-07-05", progress=False)
        for profile in ("light", "search", "analysis", "ml"):
            normalizer = khabar.Normalizer(profile)
            normalizer(given, progress=False)
            normalizer(column, progress=False)
            for text in given:
                normalizer.align(text)


if __name__ == "__main__":
    main()
