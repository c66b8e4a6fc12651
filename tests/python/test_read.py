"""Reports from files of every kind, and what is said of those that are broken."""

import csv
import datetime as dt
import gzip
import io
import json
import sys
import tempfile
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

import khabar
from khabar import _limits, _read

ROWS = [
    {"text": "خبر\nأول، «قصف»", "id": "a", "published": "2017-07-01", "outlet": "وكالة", "title": 'عنوان, "آخر"'},
    {"text": "خبر\u2028ثان", "id": "7", "published": None, "outlet": None, "title": None},
]


def jsonl(rows: list[dict]) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def separated(rows: list[dict], delimiter: str = ",") -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def parquet(rows: list[dict]) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), out)
    return out.getvalue()


FILES = {
    "jsonl": jsonl(ROWS),
    "ndjson": jsonl(ROWS),
    "csv": separated(ROWS),
    "tsv": separated(ROWS, "\t"),
    "parquet": parquet(ROWS),
}


def zstd(data: bytes) -> bytes:
    return pa.compress(data, "zstd", asbytes=True)


PACK = {"": bytes, ".gz": gzip.compress, ".zst": zstd}


@pytest.mark.parametrize("packing", PACK)
@pytest.mark.parametrize("kind", FILES)
def test_every_kind_of_file(tmp_path: Path, kind: str, packing: str) -> None:
    path = tmp_path / f"news.{kind}{packing}"
    path.write_bytes(PACK[packing](FILES[kind]))
    assert khabar.read(path) == ROWS
    assert list(khabar.scan([str(path)])) == ROWS


def test_plain_texts_and_folders(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "a.txt").write_bytes("\ufeffخبر\r\n".encode())
    (tmp_path / "b" / "c.d.TXT").write_text("خبر", encoding="utf-8")
    (tmp_path / "b" / "e.txt.gz").write_bytes(gzip.compress("خبر".encode()))
    (tmp_path / "README").write_text("no report")
    found = khabar.read(tmp_path)
    assert [(row["id"], row["text"]) for row in found] == [("a", "خبر\r\n"), ("b/c.d", "خبر"), ("b/e", "خبر")]
    assert {key: value for key, value in found[0].items() if value is None}.keys() == {"published", "outlet", "title"}
    assert len(khabar.extract(found).documents) == 3


def test_columns_called_otherwise(tmp_path: Path) -> None:
    path = tmp_path / "news.parquet"
    row = {"body": "خبر", "url": "u", "day": dt.date(2017, 7, 1), "text": "not this", "n": 5}
    path.write_bytes(parquet([row]))
    assert khabar.read(path, text="body", id="url", published="day") == [
        {"text": "خبر", "id": "u", "published": dt.date(2017, 7, 1), "outlet": None, "title": None}
    ]


def test_standard_input_of_a_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in ("jsonl", "csv", "tsv", "parquet"):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(FILES[kind])))
        assert khabar.read("-", format=kind) == ROWS
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("خبر".encode())))
    assert khabar.read("-")[0]["id"] == "stdin"


BROKEN = {
    "txt": [(b"abc\n\xd8", ": not UTF-8: byte 0xd8 at offset 4")],
    "txt.gz": [(b"abc", ": not gzip data, or cut off"), (gzip.compress(b"abc" * 99)[:-9], ": not gzip data, or cut off")],
    "jsonl": [
        (b'{"text": "a"}\n{"text"', ":2: not JSON"),
        (b'{"text": "a"}\n\n["a"]', ":3: an object is needed, not list"),
        (b'{"text": 5}', ":1: text is int; a string or null is needed"),
        (b'{"text": "a", "published": "soon"}', ":1: published: 'soon' is not an ISO date"),
        (b'{"text": "a"}\n{"text": "b\xff"}', ":2: not UTF-8: byte 0xff at offset 25"),
        (b'{"text": "a", "id": 1}\n{"text": "b", "id": "1"}', ":2: its id '1' is taken by "),
        (b"[" * 100_000, ":1: not JSON"),
    ],
    "csv": [
        (b"", ": no line of column names"),
        (b"body\nx\n", ":1: no 'text'; there are 'body'"),
        (b"text,text\n", ":1: two columns are called 'text'"),
        (b'text,id\n"a\nb",1\nc\n', ":4: 1 cells under 2 columns"),
        (b'text\n"a\n', ":2: not CSV"),
        (b'text,published\na,2017\nb,99\n', ":2: published: '2017' is not an ISO date"),
        (b"text\na\n\xff\n", ":3: not UTF-8: byte 0xff at offset 7"),
    ],
    "parquet": [
        (b"PAR1", ": not Parquet"),
        (parquet([{"text": "a"}, {"text": None}, {"text": "b"}])[:40], ": not Parquet"),
        (parquet([{"text": 5}]), ": row 1: text is int; a string or null is needed"),
        (parquet([{"text": "a", "id": "x"}] * 2), ": row 2: its id 'x' is taken by "),
        (parquet([{"body": "a"}]), ": no 'text'; there are 'body'"),
    ],
    "docx": [(b"", ": one of .txt, .jsonl")],
}  # fmt: skip


@pytest.mark.parametrize(("kind", "content", "message"), [(k, c, m) for k, all in BROKEN.items() for c, m in all])
def test_what_is_broken_is_named(tmp_path: Path, kind: str, content: bytes, message: str) -> None:
    path = tmp_path / f"news.{kind}"
    path.write_bytes(content)
    with pytest.raises(khabar.ReadError) as error:
        khabar.read(path)
    assert str(error.value).startswith(f"{path}{message}")


def test_paths_that_hold_nothing(tmp_path: Path) -> None:
    with pytest.raises(khabar.ReadError, match=r"no\.txt: No such file"):
        khabar.read(tmp_path / "no.txt")
    with pytest.raises(khabar.ReadError, match=r"no \.txt file in this folder"):
        khabar.read(tmp_path)
    (tmp_path / "a.jsonl").write_text('{"text": "a"}')
    with pytest.raises(khabar.ReadError, match="no 'body' for text"):
        khabar.read(tmp_path / "a.jsonl", text="body")
    with pytest.raises(khabar.ReadError, match="format 'xml': one of txt, jsonl"):
        khabar.read(tmp_path / "a.jsonl", format="xml")


def test_a_report_longer_than_the_csv_module_takes(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_bytes(separated([{"text": "خبر " * 100_000}]))
    assert len(khabar.read(path)[0]["text"]) == 400_000


LONG = b"x" * 300_000


@pytest.mark.parametrize("packing", ["", ".gz", ".zst"])
@pytest.mark.parametrize(
    ("kind", "content", "place"),
    [
        ("txt", LONG, ""),
        ("jsonl", b'{"text": "a"}\n{"text": "' + LONG, ":2"),
        ("csv", b"text\na\n" + LONG, ":3"),
        # Cells and lines are short, and the record has no end.
        ("csv", b"text\na\n" + b'"\n",' * 80_000, ":3"),
        ("tsv", b'text\na\n"' + b"x\n" * 150_000, ":3"),
    ],
)
def test_a_report_without_end_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, content: bytes, place: str, packing: str
) -> None:
    monkeypatch.setattr(_limits, "REPORT", 1 << 18)
    monkeypatch.setattr(_read, "PIECE", 1 << 12)
    path = tmp_path / f"news.{kind}{packing}"
    path.write_bytes(PACK[packing](content))
    with pytest.raises(khabar.ReadError) as error:
        khabar.read(path)
    assert str(error.value) == f"{path}{place}: more than 262,144 bytes, the most that a report may have"


@pytest.mark.parametrize("packing", [".gz", ".zst"])
def test_reports_that_do_not_fit_into_the_memory_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, packing: str
) -> None:
    monkeypatch.setattr(_limits, "memory", lambda: 1 << 20)
    lines = tmp_path / f"news.jsonl{packing}"
    lines.write_bytes(PACK[packing](jsonl([{"text": "خبر " * 50_000}] * 10)))
    with pytest.raises(khabar.ReadError, match=r"letters in the first 6 reports, .* khabar\.scan reads one report"):
        khabar.read(lines)
    assert sum(1 for _ in khabar.scan(lines)) == 10
    # Parquet is read from its end: what is packed around it is unpacked as a whole.
    packed = tmp_path / f"news.parquet{packing}"
    packed.write_bytes(PACK[packing](b"\0" * (3 << 20)))
    with pytest.raises(khabar.ReadError, match=r"[\d,]+ bytes when unpacked, and there are 1,048,576 bytes of memory"):
        khabar.read(packed)


def test_one_long_text_in_every_row_is_read_row_by_row(tmp_path: Path) -> None:
    path, rows = tmp_path / "news.parquet", 3000
    text = pa.DictionaryArray.from_arrays(pa.array([0] * rows, pa.int32()), pa.array(["x" * (1 << 21)]))
    pq.write_table(pa.table({"text": text}), path, compression="zstd", store_schema=False)
    assert path.stat().st_size < 10_000
    # Written out, it is 6 GB.
    before = pa.total_allocated_bytes()
    held = [pa.total_allocated_bytes() - before for _ in islice(khabar.scan(path), 1500)]
    assert max(held) < 1 << 26


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r")), max_size=4))
def test_texts_come_back_as_they_were(texts: list[str]) -> None:
    rows = [{"text": text} for text in texts]
    with tempfile.TemporaryDirectory() as folder:
        for kind, data in [("jsonl", jsonl(rows)), ("csv", separated(rows) if rows else b"text\n")]:
            path = Path(folder) / f"x.{kind}"
            path.write_bytes(data)
            # CSV has no other way to say null than nothing; a row of one empty cell is written as "".
            wanted = [text or None for text in texts] if kind == "csv" else texts
            assert [row["text"] for row in khabar.read(path)] == wanted
