#!/usr/bin/env python3
"""How well the installed package does on gold data, and whether it does as well as it once did.

    tests/scores.py [--eval DIR] [--record]

DIR (../shared/eval unless KHABAR_EVAL or the option says otherwise) holds `predict.py`, `score.py` and `dev/*.gold.jsonl`.
Every set is scored, then all together, and the tables are printed. The figures of all together are compared with
tests/scores.toml, which holds those reached and the hash of the gold that they were reached on: on the same gold none may
be lower by more than TOLERANCE. On other gold, or on none, there is nothing to compare with, and that is said.
`--record` (make scores) writes the file anew.

The sets by themselves are printed and not compared: in the smallest one row is more than the tolerance.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
RECORDED = ROOT / "tests" / "scores.toml"
SETS = ("seeds", "gsr", "snn")
TOLERANCE = 0.01
# Layers whose F1 is kept; of every field the share that is right is kept too.
LAYERS = (
    "actors", "places", "times", "attributions", "events", "events full", "casualties", "casualties core",
    "casualties full",
)  # fmt: skip


def figures(scored: dict) -> dict[str, float]:
    """The figures that are kept, by name, from what score.py gives."""
    kept = {name: scored["scores"][name]["F1"] for name in LAYERS if name in scored["scores"]}
    return kept | {name: field["share"] for name, field in scored["fields"].items() if field["of"]}


def verdict(recorded: dict, sha256: str, measured: dict[str, float]) -> tuple[bool, list[str]]:
    """Whether what was reached still is, and what is to be said about it."""
    if not recorded:
        return True, ["no figures are recorded: `make scores` records them"]
    if recorded["sha256"] != sha256:
        return True, ["the figures recorded are of other gold: nothing to compare with"]
    dropped = [
        f"{name}: {measured.get(name, 0.0):.3f}, and {reached:.3f} was reached"
        for name, reached in recorded["figures"].items()
        if measured.get(name, 0.0) < reached - TOLERANCE - 1e-9
    ]
    if dropped:
        return False, [f"lower than recorded by more than {TOLERANCE}:", *(f"  {line}" for line in dropped)]
    return True, [f"none of {len(recorded['figures'])} recorded figures is lower by more than {TOLERANCE}"]


def written(sha256: str, measured: dict[str, float]) -> str:
    """The file of figures."""
    lines = [f'"{name}" = {value:.4f}' for name, value in measured.items()]
    return (
        "# The figures reached on the gold with this hash, all its sets together: tests/scores.py compares with them.\n"
        "# Written by `make scores`.\n"
        f'sha256 = "{sha256}"\n\n[figures]\n' + "\n".join(lines) + "\n"
    )


def main(arguments: list[str] | None = None, recorded_in: Path = RECORDED) -> int:
    """Scores, prints and compares, or records."""
    parser = argparse.ArgumentParser(description="Score the installed package and compare with what was reached.")
    parser.add_argument(
        "--eval", type=Path, default=Path(os.environ.get("KHABAR_EVAL", ROOT / ".." / "shared" / "eval"))
    )
    parser.add_argument("--record", action="store_true")
    given = parser.parse_args(arguments)
    tools = [given.eval / "predict.py", given.eval / "score.py"]
    golds = [given.eval / "dev" / f"{name}.gold.jsonl" for name in SETS]
    if not all(path.is_file() for path in [*tools, *golds]):
        print(f"no gold data in {given.eval}: nothing to compare with")
        return 1 if given.record else 0
    with tempfile.TemporaryDirectory() as folder:
        together = Path(folder) / "together.gold.jsonl"
        together.write_bytes(b"".join(gold.read_bytes() for gold in golds))
        for gold in [*golds, together]:
            predicted = Path(folder) / "predicted.jsonl"
            _run(tools[0], gold, "-o", predicted)
            print(f"\n== {gold.name.removesuffix('.gold.jsonl')}\n{_run(tools[1], gold, predicted)}", end="")
        measured = figures(json.loads(_run(tools[1], together, predicted, "--json")))
        sha256 = hashlib.sha256(together.read_bytes()).hexdigest()
    if given.record:
        recorded_in.write_text(written(sha256, measured), encoding="utf-8")
        print(f"\n{len(measured)} figures recorded in {recorded_in.name}")
        return 0
    recorded = tomllib.loads(recorded_in.read_text(encoding="utf-8")) if recorded_in.is_file() else {}
    passed, said = verdict(recorded, sha256, measured)
    print("\n" + "\n".join(said))
    return 0 if passed else 1


def _run(tool: Path, *arguments: object) -> str:
    done = subprocess.run(
        [sys.executable, str(tool), *map(str, arguments)], check=True, stdout=subprocess.PIPE, encoding="utf-8"
    )
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
