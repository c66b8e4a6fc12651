"""Megabytes a second of normalizing Arabic news in Python, beside other packages, in one run and on one thread.

    make bench

The texts are those of ../shared/corpus in random order, or the reports of the demonstration again and again where there is no
corpus; the vocalised variant adds marks from a seeded generator. Each figure is the best of several rounds, in which the contestants
take turns, in another order each time, so that a busy machine is busy for all of them; what is counted on one thread is the
processor's time. Each round has strings of its own, because a str keeps its UTF-8 once somebody has asked for it. MB are of
UTF-8. A peer that cannot be imported is named and left out; pyarabic (GPL) is run here for comparison only and is no dependency.
"""

from __future__ import annotations

import argparse
import gzip
import json
import multiprocessing
import os
import platform
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

os.environ["RAYON_NUM_THREADS"] = "1"

import pyarrow as pa

import khabar

if TYPE_CHECKING:
    from multiprocessing.queues import SimpleQueue
    from multiprocessing.synchronize import Barrier

ROOT = Path(__file__).parents[1]
MARKS = "\u064e\u064f\u0650\u0652"
LETTERS = {chr(c) for c in range(0x628, 0x64B)} - {"\u0640"}
Job = Callable[[list[str]], object]

# The operations of arabic-norm's normalize, and Western digits.
SAME = {
    "tatweel": "drop", "diacritics": "strip", "quranic_marks": "drop", "dagger_alef": "drop", "alef": "fold", "alef_wasla": "fold",
    "alef_maqsura": "yeh", "digits": "western",
}  # fmt: skip
TABLE = {ord(a): b for a, b in zip("أإآٱى٠١٢٣٤٥٦٧٨٩", "ااااي0123456789", strict=True)}
TABLE |= dict.fromkeys(
    [0x640, 0x670, *range(0x610, 0x61B), *range(0x64B, 0x660), *range(0x6D6, 0x6DD), *range(0x6DF, 0x6E9)]
)


def texts(limit: int) -> tuple[str, list[str]]:
    found: list[str] = []
    corpus = ROOT / ".." / "shared" / "corpus"
    for path in sorted(corpus.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            found += [json.loads(line)["text"] for line in lines]
    name = "corpus"
    if not found:
        demo = Path(khabar.__file__).parent / "demo"
        found = [path.read_text(encoding="utf-8") for path in sorted(demo.glob("*.txt"))] * 2000
        name = "reports of the demonstration, repeated"
    random.Random(7).shuffle(found)
    size = 0
    for count, text in enumerate(found, start=1):
        size += len(text.encode())
        if size > limit:
            return name, found[:count]
    return name, found


def vocalise(given: list[str]) -> list[str]:
    dice = random.Random(7)
    return [
        "".join(c + dice.choice(MARKS) if c in LETTERS and dice.random() < 0.8 else c for c in text) for text in given
    ]


def each(function: Callable[[str], object]) -> Job:
    return lambda given: [function(text) for text in given]


def contestants() -> dict[str, Job]:
    same, search = khabar.Normalizer(None, **SAME), khabar.Normalizer("search")
    jobs: dict[str, Job] = {
        "copy of bytes (memcpy)": lambda given: [bytearray(data) for data in encoded(given)],
        "str.translate": each(lambda text: text.translate(TABLE)),
        "khabar, same operations, batch": lambda given: same(given, progress=False),
        "khabar, same operations, one by one": each(same),
        "khabar, same operations, aligned": each(same.align),
        "khabar, same operations, Arrow": lambda given: same(arrow(given), progress=False),
    }
    for name in ("light", "search", "ml", "social", "wer"):
        n = khabar.Normalizer(name)
        jobs[f"khabar, {name}, batch"] = lambda given, n=n: n(given, progress=False)
    jobs["khabar, search, aligned"] = each(search.align)
    jobs["khabar, search, Arrow"] = lambda given: search(arrow(given), progress=False)
    missing: list[str] = []
    try:
        import arabic_norm

        jobs["arabic-norm normalize"] = each(arabic_norm.normalize)
        jobs["arabic-norm normalize_batch"] = arabic_norm.normalize_batch
    except ImportError:
        missing.append("arabic-norm")
    try:
        import arabic_normalize

        jobs["arabic-normalize normalize"] = each(arabic_normalize.normalize)
    except ImportError:
        missing.append("arabic-normalize")
    try:
        from camel_tools.utils.dediac import dediac_ar
        from camel_tools.utils.normalize import normalize_alef_ar, normalize_alef_maksura_ar

        jobs["camel-tools dediac, alef, alef maksura"] = each(
            lambda text: normalize_alef_maksura_ar(normalize_alef_ar(dediac_ar(text)))
        )
    except ImportError:
        missing.append("camel-tools")
    try:
        from pyarabic import araby

        jobs["pyarabic strip_tashkeel, strip_tatweel, normalize_alef"] = each(
            lambda text: araby.normalize_alef(araby.strip_tatweel(araby.strip_tashkeel(text)))
        )
    except ImportError:
        missing.append("pyarabic")
    if missing:
        print("not installed, so not compared:", ", ".join(missing))
    return jobs


_encoded: dict[int, list[bytes]] = {}
_arrow: dict[int, pa.Array] = {}


def encoded(given: list[str]) -> list[bytes]:
    if id(given) not in _encoded:
        _encoded[id(given)] = [text.encode() for text in given]
    return _encoded[id(given)]


def arrow(given: list[str]) -> pa.Array:
    if id(given) not in _arrow:
        _arrow[id(given)] = pa.array(given, pa.large_string())
    return _arrow[id(given)]


# These read buffers that are made beforehand, once.
READY = {"copy of bytes (memcpy)", "khabar, same operations, Arrow", "khabar, search, Arrow"}


def measure(jobs: dict[str, Job], given: list[str], rounds: int) -> dict[str, float]:
    size = sum(len(text.encode()) for text in given)
    best = dict.fromkeys(jobs, float("inf"))
    for job in jobs.values():
        job(given[:50])
    arrow(given)
    encoded(given)
    order = list(jobs)
    for _ in range(rounds):
        random.shuffle(order)
        for name in order:
            fresh = given if name in READY else [text[:1] + text[1:] for text in given]
            start = time.process_time()
            done = jobs[name](fresh)
            best[name] = min(best[name], time.process_time() - start)
            del done
    return {name: size / taken / 1e6 for name, taken in best.items()}


def bare(given: list[str], folder: Path) -> float | None:
    """The bare table-driven loop of benches/normalize.rs on the same texts."""
    path = folder / "texts.txt"
    path.write_text("\n".join(text.replace("\n", " ").replace("\r", " ") for text in given), encoding="utf-8")
    command = ["cargo", "bench", "--quiet", "--bench", "normalize", "--", "--bare", str(path)]
    try:
        out = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    found = re.search(r"bare loop\s+(\d+) MB/s", out)
    return float(found[1]) if found else None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--megabytes", type=float, default=8, help="of text (default: 8)")
    parser.add_argument("--rounds", type=int, default=7, help="the best of so many (default: 7)")
    parser.add_argument("--no-bare", action="store_true", help="without the loop in Rust, which needs cargo")
    options = parser.parse_args()
    name, plain = texts(int(options.megabytes * 1e6))
    print(
        f"Python {platform.python_version()}, khabar {khabar.__version__}, {platform.machine()}; {name}, {len(plain)} texts"
    )
    jobs = contestants()
    khabar.set_threads(1)
    for kind, given in (("plain", plain), ("vocalised", vocalise(plain))):
        size = sum(len(text.encode()) for text in given)
        speeds = measure(jobs, given, options.rounds)
        if not options.no_bare:
            import tempfile

            with tempfile.TemporaryDirectory() as folder:
                loop = bare(given, Path(folder))
            if loop is not None:
                speeds["bare loop in Rust, UTF-8 to UTF-8"] = loop
        base = speeds.get("arabic-norm normalize") or speeds["str.translate"]
        peer = "arabic-norm" if "arabic-norm normalize" in speeds else "str.translate"
        print(f"\n| {kind}, {size / 1e6:.1f} MB | MB/s | × {peer} |\n|---|---:|---:|")
        for job, speed in sorted(speeds.items(), key=lambda item: -item[1]):
            print(f"| {job} | {speed:.0f} | {speed / base:.2f} |")
        search = khabar.Normalizer("search")
        empty = sys.getsizeof(search.align(""))
        memory = sum(sys.getsizeof(search.align(text)) - empty for text in given)
        print(f"\nalignment of search: {memory / size:.3f} bytes for each byte of text")
        if (os.cpu_count() or 1) > 1:
            two(given, 4 * options.rounds)


def two(given: list[str], rounds: int) -> None:
    """Two threads beside one: both cores must be free at the same time, which on a busy machine takes many turns.

    Between them two processes that share nothing do the same at once: more than that is not to be had of the cores.
    """
    n = khabar.Normalizer(None, **SAME)
    forked = multiprocessing.get_context("fork")
    for kind, data in (("lists", given), ("Arrow", arrow(given))):

        def turn(threads: int, data: object = data, begin: Callable[[], object] = lambda: None) -> float:
            khabar.set_threads(threads)
            n(data, progress=False)
            begin()
            start = time.perf_counter()
            n(data, progress=False)
            return time.perf_counter() - start

        def other(both: Barrier, told: SimpleQueue[float], turn: Callable[..., float] = turn) -> None:
            for _ in range(rounds):
                told.put(turn(1, begin=both.wait))

        both, told = forked.Barrier(2), forked.SimpleQueue()
        beside = forked.Process(target=other, args=(both, told))
        beside.start()
        one = two = at_once = float("inf")
        for _ in range(rounds):
            one, two = min(one, turn(1)), min(two, turn(2))
            at_once = min(at_once, max(turn(1, begin=both.wait), told.get()))
        beside.join()
        print(f"two threads, {kind}: {one / two:.2f} × one; two processes: {2 * one / at_once:.2f}")
    khabar.set_threads(1)


if __name__ == "__main__":
    main()
