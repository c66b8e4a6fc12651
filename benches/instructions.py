"""Instructions of the extraction of a fixed input, by room: what a change costs, also on a machine that is busy.

    python benches/instructions.py [REPORTS.jsonl]      (make instructions; the demonstration's reports by default)

callgrind counts them (Debian: apt-get install valgrind); nothing is timed. The lexicons are compiled before the count begins. The
words of so small an input are new to the memory of words, which is the dear case.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
# The functions of benches/rooms, in the order in which a report goes through them.
ROOMS = (
    "normalize",
    "look_up",
    "times",
    "quantities",
    "actors",
    "places",
    "attributions",
    "events",
    "casualties",
    "rows",
)


def main(*files: str) -> None:
    asked = subprocess.run(["rustc", "-vV"], capture_output=True, text=True, check=True).stdout
    host = re.search(r"^host: (\S+)$", asked, re.MULTILINE)
    assert host is not None, asked
    counts = ROOT / "target" / "callgrind.out"
    counts.unlink(missing_ok=True)
    runner = f"valgrind --quiet --tool=callgrind --callgrind-out-file={counts} --toggle-collect=*measured*"
    variable = f"CARGO_TARGET_{host[1].upper().replace('-', '_')}_RUNNER"
    command = [
        "cargo",
        "bench",
        "--quiet",
        "--bench",
        "instructions",
        "--",
        *(str(Path(file).resolve()) for file in files),
    ]
    said = subprocess.run(
        command, cwd=ROOT, env=os.environ | {variable: runner}, capture_output=True, text=True, check=False
    )
    if said.returncode != 0:
        sys.exit(said.stderr)
    size = int(said.stdout.split()[0])
    command = ["callgrind_annotate", "--inclusive=yes", "--threshold=100", str(counts)]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    found: dict[str, int] = {}
    for line in lines:
        count, _, name = line.strip().partition(" ")
        named = re.search(r"PROGRAM TOTALS|::rooms::(\w+)", name)
        if named and count.replace(",", "").isdigit():
            found.setdefault(named[1] or "all", int(count.replace(",", "")))
    whole = found["all"]
    print(f"| {size:,} bytes of text | instructions | a byte | share |\n|---|---:|---:|---:|")
    for room in (*(room for room in ROOMS if room in found), "all"):
        count = found[room]
        print(f"| {room.replace('_', ' ')} | {count:,} | {count / size:,.0f} | {count / whole:.1%} |")


if __name__ == "__main__":
    main(*sys.argv[1:])
