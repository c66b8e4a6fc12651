"""Extractors: lexicons, threads, streams, processes."""

import multiprocessing
import os
import pickle
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

import khabar


def test_an_extractor_is_called_like_extract(report: str) -> None:
    one = khabar.Extractor(threads=1)([report], ids=["a"])
    assert one.claims.to_arrow().equals(khabar.extract([report], ids=["a"]).claims.to_arrow())


def test_a_missing_lexicon() -> None:
    with pytest.raises(khabar.LexiconError, match="No such file") as caught:
        khabar.Extractor(lexicons=["nowhere/actors.toml"])
    assert (caught.value.file, caught.value.line) == ("nowhere/actors.toml", 0)


def test_a_lexicon_that_is_not_text(tmp_path: Path) -> None:
    path = tmp_path / "actors.toml"
    path.write_bytes(b"# one\n# two \xff\n")
    with pytest.raises(khabar.LexiconError, match="not UTF-8") as caught:
        khabar.Extractor(lexicons=[path])
    assert (caught.value.file, caught.value.line) == (str(path), 2)
    assert str(caught.value) == f"{path}:2: not UTF-8: byte 0xff at offset 12"


def test_a_lexicon_error_survives_a_process_boundary() -> None:
    error = pickle.loads(pickle.dumps(khabar.LexiconError("what", "f.toml", 3)))
    assert (error.message, error.file, error.line, str(error)) == ("what", "f.toml", 3, "f.toml:3: what")


@pytest.mark.parametrize("threads", [0, -1])
def test_no_threads(threads: int) -> None:
    with pytest.raises(ValueError, match=f"threads={threads}"):
        khabar.Extractor(threads=threads)
    with pytest.raises(ValueError, match=f"threads={threads}"):
        khabar.set_threads(threads)


def test_set_threads(report: str) -> None:
    before = khabar.extract([report] * 3).claims.to_arrow()
    khabar.set_threads(1)
    assert khabar.extract([report] * 3).claims.to_arrow().equals(before)
    khabar.set_threads(None)
    assert khabar.extract([report] * 3).claims.to_arrow().equals(before)


def run(code: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code], env=os.environ | env, capture_output=True, text=True, check=False
    )


def test_the_variable() -> None:
    assert run("import khabar; khabar.extract(['x'])", KHABAR_NUM_THREADS="2").returncode == 0
    failed = run("import khabar; khabar.extract(['x'])", KHABAR_NUM_THREADS="many")
    assert 'ValueError: KHABAR_NUM_THREADS="many": a whole number above 0 is needed' in failed.stderr


def test_an_extractor_pickles(report: str) -> None:
    extractor = khabar.Extractor(threads=2)
    again = pickle.loads(pickle.dumps(extractor))
    assert repr(again) == repr(extractor) == "Extractor(threads=2)"
    assert again([report]).claims.to_arrow().equals(extractor([report]).claims.to_arrow())


def read(report: str) -> khabar.Extraction:
    return khabar.extract([report] * 4)


def assert_same(found: khabar.Extraction, expected: khabar.Extraction) -> None:
    for name, table in expected.tables.items():
        assert found.tables[name].to_arrow().equals(table.to_arrow()), name


# Newer Pythons warn of forks beside threads; that they go well is what is tested.
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_forked_child_can_extract_too(report: str) -> None:
    here = read(report)
    assert len(here.claims) > 0
    with multiprocessing.get_context("fork").Pool(2) as pool:
        for there in pool.map_async(read, [report] * 4).get(timeout=120):
            assert_same(there, here)
    assert_same(read(report), here)


def test_a_spawned_child_gets_its_extractor(report: str) -> None:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        there = pool.apply_async(khabar.Extractor(), ([report],)).get(timeout=120)
    assert_same(there, khabar.extract([report]))


def test_threads_share_an_extractor(report: str) -> None:
    extractor = khabar.Extractor()
    expected = extractor([report]).claims.to_arrow()
    got = []
    threads = [threading.Thread(target=lambda: got.append(extractor([report]).claims.to_arrow())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 8
    assert all(table.equals(expected) for table in got)


def test_progress_is_told_batch_by_batch() -> None:
    told: list[tuple[int, int]] = []
    extractor = khabar.Extractor(threads=2)
    extractor(["خبر"] * 600, progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (600, 600)
    assert len(told) > 1
    assert told == sorted(told)


def test_progress_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    khabar.extract(["خبر"], progress=True)
    assert capsys.readouterr().err == "\rkhabar: 1 of 1 reports\n"
    khabar.extract(["خبر"] * 3000, progress=False)
    khabar.extract(["خبر"] * 3000)
    assert capsys.readouterr().err == ""


def test_what_progress_raises_ends_the_work() -> None:
    def stop(done: int, total: int) -> None:
        raise RuntimeError(f"enough after {done}")

    with pytest.raises(RuntimeError, match="enough after"):
        khabar.extract(["خبر"] * 600, progress=stop)


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_ctrl_c_is_heard_between_batches() -> None:
    seen: list[int] = []

    def interrupt(done: int, total: int) -> None:
        seen.append(done)
        signal.raise_signal(signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        khabar.extract(["خبر"] * 2000, progress=interrupt)
    assert len(seen) == 1


def test_a_stream_is_read_as_it_comes() -> None:
    taken = 0

    def supply() -> Iterator[object]:
        nonlocal taken
        for i in range(10):
            taken += 1
            yield "خبر" if i % 2 else {"text": "خبر", "outlet": "x"}

    stream = khabar.Extractor().stream(supply(), batch_size=4)
    first = next(stream)
    assert (len(first.documents), taken) == (4, 4)
    rest = [row["doc_id"] for x in stream for row in x.documents.to_pylist()]
    assert rest == [str(i) for i in range(4, 10)]
    assert [row["outlet"] for row in first.documents.to_pylist()] == ["x", None, "x", None]


def test_a_stream_of_one_string_is_a_mistake() -> None:
    with pytest.raises(TypeError, match="letter by letter"):
        next(khabar.Extractor().stream("خبر"))
    with pytest.raises(ValueError, match="batch_size=0"):
        khabar.Extractor().stream([], batch_size=0)


def test_importing_brings_no_guests() -> None:
    code = "import sys, khabar; print(*[m for m in ('pandas', 'polars', 'pyarrow', 'numpy', 'click', 'typing') if m in sys.modules])"
    assert run(code).stdout.strip() == ""


def test_the_version_is_the_crates() -> None:
    manifest = Path(__file__).parents[2] / "Cargo.toml"
    found = re.search(r'^version = "(.*)"', manifest.read_text(encoding="utf-8"), re.M)
    assert found is not None
    assert khabar.__version__ == found[1]
