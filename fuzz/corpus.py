"""The corpora of the fuzz targets: kept as JSON lines that people can read, used as folders of files.

    python fuzz/corpus.py unpack DIR     the kept inputs and every text of the tests, a folder a target
    python fuzz/corpus.py pack DIR       keeps what the folders hold (after merging: `-merge=1`)

Only texts of the project's own, and what the fuzzer makes of them.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
KEPT = ROOT / "fuzz" / "corpus"
TEXTS = ["claims", "times", "numbers", "actors", "places"]
TARGETS = {
    "normalize": ["normalize", "parity", *TEXTS],
    "figures": TEXTS,
    "extract": TEXTS,
    "lexicon": [],
    "rules": [],
}
# A word list in the fuzzer's folder is cut into entries, a few together.
LEXICONS = [
    "verbs.toml",
    "nouns.toml",
    "people.toml",
    "speech.toml",
    "phrases.toml",
    "heads.toml",
    "actors.toml",
    "units.toml",
]
PATTERNS = ["times.toml", "quantities.toml"]
PLACES = ["places/countries.tsv", "places/cities.tsv"]


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from strings(item)


def entries(path: Path, together: int = 3) -> Iterator[str]:
    parts = path.read_text(encoding="utf-8").split("\n[[")[1:]
    for i in range(0, len(parts), together):
        yield "".join(f"[[{part}\n" for part in parts[i : i + together])


def seeds(target: str) -> Iterator[str]:
    for name in TARGETS[target]:
        cases = tomllib.loads((ROOT / "tests" / f"{name}.toml").read_text(encoding="utf-8"))
        yield from (text for text in strings(cases) if " " in text or target == "normalize")
    folder = ROOT / "lexicon"
    if target == "lexicon":
        for case in tomllib.loads((ROOT / "tests" / "lexicon_errors.toml").read_text(encoding="utf-8"))["case"]:
            yield str(case["text"])
        for name in LEXICONS:
            yield from list(entries(folder / name))[:60]
        for name in PLACES:
            lines = [x for x in (folder / name).read_text(encoding="utf-8").splitlines() if not x.startswith("#")]
            yield "\n".join(lines[:6])
    if target == "rules":
        for name in PATTERNS:
            yield from entries(folder / "rules" / name)


def kept(target: str) -> list[str]:
    path = KEPT / f"{target}.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n")[:-1]] if path.exists() else []


def unpack(to: Path) -> None:
    for target in TARGETS:
        folder = to / target
        folder.mkdir(parents=True, exist_ok=True)
        for text in {*kept(target), *seeds(target)}:
            data = text.encode()
            (folder / hashlib.sha1(data).hexdigest()).write_bytes(data)


def pack(come_from: Path, most: int = 150) -> None:
    """What is kept stays; of the rest a part that hangs on nothing but the texts themselves."""
    for target in TARGETS:
        before = kept(target)
        found = {path.read_bytes().decode("utf-8", "replace") for path in (come_from / target).iterdir()}
        fresh = sorted(found - set(seeds(target)) - set(before), key=lambda text: hashlib.sha1(text.encode()).digest())
        chosen = [*before, *fresh[: max(0, most - len(before))]]
        KEPT.mkdir(exist_ok=True)
        lines = sorted(json.dumps(text, ensure_ascii=False) for text in chosen)
        (KEPT / f"{target}.jsonl").write_text("".join(line + "\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    {"unpack": unpack, "pack": pack}[sys.argv[1]](Path(sys.argv[2]))
