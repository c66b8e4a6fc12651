"""What the whole extraction takes in Python: docs/performance.md is made of what this prints.

    python benches/pipeline.py [REPORTS.jsonl[.gz] …]      (make bench runs it)

Without files, those of ../shared/corpus are read, or the demonstration's reports again and again, whose few words are all
remembered: faster than any news. MB are of UTF-8. On one thread the seconds are those of the processor, so that a busy machine gives
nearly the figures of an idle one; two threads are timed by the clock. Each figure is the best of several rounds.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import subprocess
import sys
import time
import tomllib
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from reports import endless

import khabar

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[1]
CORPUS = ROOT.parent / "shared" / "corpus"

# Run in a process of its own, so that nothing but the stream is in its memory: pyarrow alone would take 25 MB.
STREAM = """
import json, re, sys
import khabar
sys.path.insert(0, sys.argv[1])
from reports import endless
from itertools import islice
from pathlib import Path
path, count = sys.argv[2], int(sys.argv[3])
claims = bytes = 0
def told(reports):
    global bytes
    for report in reports:
        bytes += len(report["text"].encode())
        yield report
for x in khabar.Extractor().stream(told(islice(endless(path and Path(path)), count)), batch_size=1000):
    claims += len(x.claims)
    del x
# Not ru_maxrss: that remembers the process which started this one.
peak = re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())
print(json.dumps([claims, bytes, int(peak[1]) / 1024]))
"""

FIRST = """
import time
start = time.perf_counter()
import khabar
imported = time.perf_counter()
khabar.extract(["قتل ثلاثة مدنيين في قصف على الرقة أمس."], published="2017-07-05")
done = time.perf_counter()
print((imported - start) * 1e3, (done - imported) * 1e3, time.process_time() * 1e3)
"""


def triggers() -> re.Pattern[str]:
    """Every verb and noun that khabar takes for a trigger, as one alternation; no form of them, no clitic, no spelling."""
    words: set[str] = set()
    for name, kind in (("verbs", "verb"), ("nouns", "noun")):
        for row in tomllib.loads((ROOT / "lexicon" / f"{name}.toml").read_text(encoding="utf-8")).get(kind, ()):
            words |= {row["lemma"], *row.get("masdar", ())} if "lemma" in row else set()
    return re.compile("|".join(sorted(map(re.escape, words), key=len, reverse=True)))


def best(rounds: int, clock: Callable[[], float], *jobs: Callable[[], object]) -> list[float]:
    """The seconds of each job, the best of several rounds in which they take turns."""
    found = [float("inf")] * len(jobs)
    for _ in range(rounds):
        for number, job in enumerate(jobs):
            start = clock()
            job()
            found[number] = min(found[number], clock() - start)
    return found


def child(source: str, *arguments: object) -> str:
    command = [sys.executable, "-c", source, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def speeds(given: list[dict[str, Any]], rounds: int) -> None:
    table = pa.Table.from_pylist(given, pa.schema([("text", pa.large_string()), ("published", pa.string())]))
    texts = [row["text"] for row in given]
    encoded = [text.encode() for text in texts]
    size = sum(map(len, encoded)) / 1e6
    pattern = triggers()
    one = khabar.Extractor(threads=1)
    two = one.with_threads(2)
    one(table.slice(0, 50), progress=False)
    two(table.slice(0, 50), progress=False)
    whole, read = best(
        rounds,
        time.process_time,
        lambda: one(table, progress=False),
        lambda: [data.decode() for data in encoded],
    )
    # It is slow, and as slow in every round.
    few = texts[: max(1, len(texts) // 10)]
    (found,) = best(1, time.process_time, lambda: [pattern.findall(text) for text in few])
    found *= size * 1e6 / sum(len(text.encode()) for text in few)
    alone, both = best(
        rounds, time.perf_counter, lambda: one(table, progress=False), lambda: two(table, progress=False)
    )
    print(f"| {len(given):,} reports, {size:.1f} MB | MB/s | extraction takes |\n|---|---:|---:|")
    print(f"| extraction, nine tables, one thread | {size / whole:.1f} | 1 |")
    print(f"| bare read: UTF-8 decoded into strings | {size / read:.0f} | {whole / read:.0f} × as long |")
    print(f"| `re`, one alternation of all triggers' lemmas | {size / found:.2f} | {whole / found:.2f} × as long |")
    print(f"| extraction on two threads | {size / both:.1f} | {alone / both:.2f} × as fast as one, by the clock |")


def memory(path: Path | None, count: int) -> None:
    print("\n| `stream()` of batches of 1,000 | MB of text | claims | most memory |\n|---|---:|---:|---:|")
    for times in (1, 2, 4):
        claims, size, peak = json.loads(child(STREAM, ROOT / "benches", path or "", count * times))
        print(f"| {count * times:,} reports | {size / 1e6:.1f} | {claims:,} | {peak:.0f} MB |")


def first(rounds: int) -> None:
    runs = [tuple(map(float, child(FIRST).split())) for _ in range(rounds)]
    imported, extracted, worked = (min(column) for column in zip(*runs, strict=True))
    print(
        f"\nimport: {imported:.0f} ms; first extract after it: {extracted:.0f} ms by the clock; "
        f"the whole process, Python's start included, {worked:.0f} ms of the processor"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path, help="reports as JSON lines, gzip or not")
    parser.add_argument("--reports", type=int, default=2000, help="of each file (default: 2,000)")
    parser.add_argument("--rounds", type=int, default=3, help="the best of so many (default: 3)")
    options = parser.parse_args()
    files: list[Path | None] = [*(options.files or sorted(CORPUS.glob("*.jsonl.gz")))] or [None]
    load = ", ".join(f"{load:.1f}" for load in os.getloadavg())
    print(
        f"Python {platform.python_version()}, khabar {khabar.__version__}, {platform.machine()}, {os.cpu_count()} cores; load {load}"
    )
    for path in files:
        print(f"\n{path.name if path else 'the reports of the demonstration, again and again'}\n")
        speeds(list(islice(endless(path), options.reports)), options.rounds)
        memory(path, options.reports)
    first(2 * options.rounds)


if __name__ == "__main__":
    main()
