"""Kept extractions: what is read back, what a crash leaves, and what a file from a stranger can do."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from contextlib import nullcontext
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import khabar
from khabar import _keep, _khabar, _limits

KINDS = ["kept", "kept.duckdb"]
SENTENCES = [
    "قتل خمسة مدنيين في قصف على الرقة أمس، وفق المرصد السوري لحقوق الإنسان.",
    "سيطر الجيش العراقي على حي الكرادة في بغداد.",
    "تقدمت القوات نحو 400 متر.",
    "",
    "\u0000 خبر \ud800 🌍",
    "أصيب عشرات في تظاهرة بمدينة تعز يوم الجمعة.",
]


def same(a: khabar.Extraction, b: khabar.Extraction) -> None:
    for name, table in a.tables.items():
        assert table.schema == b.tables[name].schema
        assert table.to_pylist() == b.tables[name].to_pylist(), name


def reports(numbers: list[int]) -> khabar.Extraction:
    texts = [None if n == 3 else SENTENCES[n % len(SENTENCES)] + f" {n}" for n in numbers]
    return khabar.extract(texts, ids=[f"r{n}" for n in numbers], published="2017-07-05", outlets="A")


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_saved_is_read_back(extraction: khabar.Extraction, tmp_path: Path, kind: str) -> None:
    assert extraction.save(tmp_path / kind) == 3
    again = khabar.load(tmp_path / kind)
    same(extraction, again)
    assert again.agreement().to_pylist() == extraction.agreement().to_pylist()
    assert extraction.save(str(tmp_path / kind)) == 3
    same(extraction, khabar.load(str(tmp_path / kind)))
    assert again == extraction
    assert again != khabar.extract(["خبر آخر"])
    assert again != "kept"


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_kept_too(tmp_path: Path, kind: str) -> None:
    assert khabar.extract([]).save(tmp_path / kind) == 0
    same(khabar.extract([]), khabar.load(tmp_path / kind))


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=12, deadline=None)
@given(batches=st.lists(st.lists(st.integers(0, 11), unique=True, max_size=5), min_size=1, max_size=4))
def test_appending_in_any_parts_keeps_each_report_once(kind: str, batches: list[list[int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / kind
        seen: list[int] = []
        for batch in batches:
            new = [n for n in batch if n not in seen]
            assert reports(batch).save(path, append=True) == len(new)
            seen += new
            same(reports(seen), khabar.load(path))


@pytest.mark.parametrize("kind", KINDS)
def test_one_id_with_two_texts_is_refused(tmp_path: Path, kind: str) -> None:
    path = tmp_path / kind
    khabar.extract(["خبر أول"]).save(path)
    with pytest.raises(khabar.KeptError, match=r"a report '0' with another text is kept already"):
        khabar.extract(["خبر ثان"]).save(path, append=True)
    same(khabar.extract(["خبر أول"]), khabar.load(path))


def test_parts_are_parquet_that_others_read(tmp_path: Path) -> None:
    reports([0]).save(tmp_path / "kept")
    reports([1]).save(tmp_path / "kept", append=True)
    parts = sorted(p.name for p in (tmp_path / "kept").glob("documents-*.parquet"))
    assert parts == ["documents-1.parquet", "documents-2.parquet"]
    assert pq.read_table(tmp_path / "kept" / parts[1])["doc_id"].to_pylist() == ["r1"]
    with duckdb.connect() as con:
        count = con.execute(f"select count(*) from '{tmp_path}/kept/claims-*.parquet'").fetchone()
    assert count == (len(khabar.load(tmp_path / "kept").claims),)


def test_what_the_command_wrote_is_read(tmp_path: Path, extraction: khabar.Extraction) -> None:
    for name, table in extraction.tables.items():
        table.write_parquet(tmp_path / f"{name}.parquet")
    same(extraction, khabar.load(tmp_path))


CRASH = """
import os, signal, sys
import khabar
from khabar import _keep

step = int(sys.argv[2])
x = khabar.load(sys.argv[3])

def counted(real):
    def call(*arguments, **named):
        global step
        step -= 1
        if step == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*arguments, **named)
    return call

for name in ("_write", "_sync_folder", "_commit", "_connect"):
    setattr(_keep, name, counted(getattr(_keep, name)))
for name in ("write", "close"):
    setattr(_keep.Filling, name, counted(getattr(_keep.Filling, name)))
x.save(sys.argv[1], append=True)
"""


@pytest.mark.parametrize("kind", KINDS)
def test_a_crash_leaves_the_old_or_the_new(tmp_path: Path, kind: str) -> None:
    old = reports([0, 1])
    khabar.extract(SENTENCES[:2], ids=["new", "newer"]).save(tmp_path / "new")
    ids = []
    for step in range(1, 30):
        path = tmp_path / str(step) / kind
        path.parent.mkdir()
        old.save(path)
        done = subprocess.run([sys.executable, "-c", CRASH, str(path), str(step), str(tmp_path / "new")], check=False)
        ids.append([row["doc_id"] for row in khabar.load(path).documents.to_pylist()])
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL
        # Whatever is left over does not stand in the way.
        reports([2]).save(path, append=True)
        assert len(khabar.load(path).documents) == len(ids[-1]) + 1
        if kind == "kept.duckdb":
            assert [p.name for p in path.parent.iterdir()] == [kind]
        if kind == "kept":
            manifest = json.loads((path / "khabar.json").read_text(encoding="utf-8"))
            named = {file for files in manifest["tables"].values() for file in files}
            assert {p.name for p in path.iterdir()} == named | {"khabar.json"}
    assert step > 3
    assert [i for n, i in enumerate(ids) if n == 0 or i != ids[n - 1]] == [["r0", "r1"], ["r0", "r1", "new", "newer"]]


APPENDS = """
import sys
import khabar

for n in range(6):
    x = khabar.extract([f"تظاهر {n + 3} آلاف في تعز."], ids=[f"{sys.argv[2]}{n}"])
    assert x.save(sys.argv[1], append=True) == 1
"""


@pytest.mark.parametrize("kind", KINDS)
def test_two_writers_wait_for_each_other(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "folder" / kind
    writers = [subprocess.Popen([sys.executable, "-c", APPENDS, str(path), name]) for name in "ab"]
    assert [writer.wait() for writer in writers] == [0, 0]
    kept = khabar.load(path).documents.to_arrow()["doc_id"].to_pylist()
    assert sorted(kept) == [f"{name}{n}" for name in "ab" for n in range(6)]


@pytest.mark.parametrize("kind", KINDS)
def test_without_locks_the_second_writer_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    path = tmp_path / kind
    reports([0]).save(path)
    monkeypatch.setattr(_keep, "_alone", lambda folder: nullcontext())
    step = "_sync_folder" if kind == "kept" else "_connect"
    real = getattr(_keep, step)
    # A process of another number.
    parts = iter(range(10**6, 10**6 + 9))
    monkeypatch.setattr(_keep, "_part", lambda p: p.with_name(f".{p.name}.{next(parts)}.part"))
    monkeypatch.setattr(_keep, "_is_running", lambda process: True)

    def meanwhile(*given: object, **named: object) -> object:
        if kind == "kept" or not named:
            monkeypatch.setattr(_keep, step, real)
            reports([1]).save(path, append=True)
        return real(*given, **named)

    monkeypatch.setattr(_keep, step, meanwhile)
    with pytest.raises((khabar.KeptError, FileExistsError)):
        reports([2]).save(path, append=True)
    assert [row["doc_id"] for row in khabar.load(path).documents.to_pylist()] == ["r0", "r1"]


def test_lexicons_of_ones_own_are_kept_as_they_read(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        '[[actor]]\nid = "falcons"\nname = "Falcons"\nname_ar = "صقور الجبل"\ntype = "armed_group"\n', encoding="utf-8"
    )
    text = "سيطرت صقور الجبل على مدينة الباب أمس."
    for kind in KINDS:
        path = tmp_path / kind
        mine = khabar.Extractor([own])([text], ids=["mine"], published="2017-07-05")
        built_in = khabar.extract([text], ids=["built in"], published="2017-07-05")
        mine.save(path)
        assert built_in.save(path, append=True) == 1
        kept = khabar.load(path).events.to_pylist()
        assert kept == mine.events.to_pylist() + built_in.events.to_pylist()
        assert [row["agent_id"] for row in kept] == ["falcons", None]


@pytest.mark.parametrize("kind", KINDS)
def test_a_newer_schema_is_named(tmp_path: Path, kind: str) -> None:
    path = tmp_path / kind
    reports([0]).save(path)
    if kind == "kept":
        manifest = path / "khabar.json"
        manifest.write_text(manifest.read_text().replace('"schema": 1', '"schema": 7'), encoding="utf-8")
    else:
        with duckdb.connect(str(path)) as con:
            con.execute("update khabar set value = '7' where key = 'schema'")
    for use in (lambda: khabar.load(path), lambda: reports([1]).save(path, append=True)):
        with pytest.raises(
            khabar.KeptError, match=r"written by a newer khabar .*: schema 7, and this one reads up to 1; update khabar"
        ):
            use()


@pytest.mark.parametrize(
    "name",
    ["../outside.parquet", "/etc/passwd", "events-1.parquet/../../x", "claims-1.parquet", "events-1.PARQUET", 1, None],
)
def test_a_strangers_manifest_names_no_other_files(tmp_path: Path, name: object) -> None:
    path = tmp_path / "kept"
    reports([0]).save(path)
    (tmp_path / "outside.parquet").write_bytes((path / "events-1.parquet").read_bytes())
    manifest = json.loads((path / "khabar.json").read_text(encoding="utf-8"))
    manifest["tables"]["events"] = [name]
    (path / "khabar.json").write_text(json.dumps(manifest), encoding="utf-8")
    before = sorted(p.name for p in tmp_path.rglob("*"))
    for use in (lambda: khabar.load(path), lambda: reports([1]).save(path, append=True)):
        with pytest.raises(khabar.KeptError, match="is no name of a file of the table events"):
            use()
    assert sorted(p.name for p in tmp_path.rglob("*")) == before


def test_a_strangers_link_is_not_written_through(tmp_path: Path) -> None:
    path, target = tmp_path / "kept", tmp_path / "target"
    reports([0]).save(path)
    target.write_text("mine", encoding="utf-8")
    (path / "events-2.parquet").symlink_to(target)
    (path / f".khabar.json.{os.getpid()}.part").symlink_to(target)
    reports([1]).save(path, append=True)
    assert target.read_text(encoding="utf-8") == "mine"
    assert len(khabar.load(path).documents) == 2


def test_a_strangers_database_runs_nothing(tmp_path: Path) -> None:
    path, secret = tmp_path / "kept.duckdb", tmp_path / "secret.csv"
    secret.write_text("a\n1\n", encoding="utf-8")
    reports([0]).save(path)
    with duckdb.connect(str(path)) as con:
        con.execute("alter table events rename to kept_events")
        con.execute(f"create view events as select * from read_csv('{secret}')")
    with pytest.raises(khabar.KeptError, match="there is no table events"):
        khabar.load(path)
    with duckdb.connect(str(path)) as con:
        con.execute("drop view events")
        con.execute("create table events as select 1 as claim_id")
    with pytest.raises(khabar.KeptError, match=r"events: (there is no column doc_id|the column claim_id)"):
        khabar.load(path)


@pytest.mark.parametrize(
    ("manifest", "message"),
    [
        ("{", "not JSON"),
        ("[]", "not written by khabar"),
        ('{"format": "khabar"}', "does not say which schema"),
        ('{"format": "khabar", "schema": true}', "does not say which schema"),
        ('{"format": "khabar", "schema": 1}', "no files of the table documents"),
        ('{"format": "khabar", "schema": 1, "tables": {"documents": []}}', "no files of the table documents"),
    ],
)
def test_a_damaged_manifest_is_named(tmp_path: Path, manifest: str, message: str) -> None:
    (tmp_path / "khabar.json").write_text(manifest, encoding="utf-8")
    with pytest.raises(khabar.KeptError, match=message):
        khabar.load(tmp_path)


def test_damaged_parts_are_named(tmp_path: Path) -> None:
    reports([0]).save(tmp_path)
    events = tmp_path / "events-1.parquet"
    whole = events.read_bytes()
    events.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(khabar.KeptError, match=r"events-1\.parquet: cannot be read"):
        khabar.load(tmp_path)
    pq.write_table(pa.table({"claim_id": [1.5]}), events)
    with pytest.raises(khabar.KeptError, match=r"events-1\.parquet: there is no column doc_id"):
        khabar.load(tmp_path)
    events.unlink()
    with pytest.raises(khabar.KeptError, match=r"events-1\.parquet is missing"):
        khabar.load(tmp_path)


def test_bytes_that_are_no_text_are_not_taken_for_it(tmp_path: Path) -> None:
    kept = reports([0])
    kept.save(tmp_path)
    path = tmp_path / "events-1.parquet"
    events = pq.read_table(path)
    broken = pa.array([b"\xffa"] * len(events), pa.large_binary()).view(pa.large_string())
    events = events.set_column(events.column_names.index("trigger"), "trigger", broken)
    pq.write_table(events, path)
    with pytest.raises(khabar.KeptError, match=r"events-1\.parquet: cannot be read: .*UTF"):
        khabar.load(tmp_path)
    # Tables that came another way are looked at as well.
    others = {name: table.to_arrow() for name, table in kept.tables.items()}
    with pytest.raises(ValueError, match=r"events: column trigger: .*UTF"):
        _khabar.agreement(others | {"events": events}, "best", None, [])


@pytest.mark.parametrize("kind", KINDS)
def test_more_than_the_memory_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    path = tmp_path / kind
    reports([0]).save(path)
    monkeypatch.setattr(_limits, "memory", lambda: 100)
    with pytest.raises(
        khabar.KeptError, match=r"documents.*: [\d,]+ bytes when unpacked, and there are 100 bytes of memory"
    ):
        khabar.load(path)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("column", ["trigger", "warnings"])
def test_one_long_string_in_every_row_is_not_written_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, column: str
) -> None:
    # A dictionary names it once, however many rows there are: a small file that would fill any memory.
    path, rows = tmp_path / kind, 300
    kept = reports([0])
    kept.save(path)
    name, long = ("documents", ["س" * 500_000]) if column == "warnings" else ("events", "س" * 500_000)
    many = pa.concat_tables([kept.tables[name].to_arrow().slice(0, 1)] * rows)
    if name == "documents":
        many = many.append_column("text_sha256", pa.array(["0"] * rows, pa.large_string()))
    place = many.column_names.index(column)
    many = many.set_column(place, many.field(place), pa.array([long] * rows, many.field(place).type))
    if kind == "kept":
        pq.write_table(many, path / f"{name}-1.parquet", compression="zstd")
    else:
        with duckdb.connect(str(path)) as con:
            con.execute(f"delete from {name}")
            con.execute(f"insert into {name} select * from many")
    monkeypatch.setattr(_limits, "memory", lambda: 1 << 28)
    with pytest.raises(khabar.KeptError, match=rf"{name}.*: 300,\d\d\d,\d\d\d bytes when unpacked"):
        khabar.load(path)


def test_a_column_that_is_not_there_yet_is_null(tmp_path: Path) -> None:
    reports([0]).save(tmp_path)
    path = tmp_path / "events-1.parquet"
    pq.write_table(pq.read_table(path).drop_columns(["weapon"]), path)
    events = khabar.load(tmp_path).events
    assert events.schema == khabar.extract([]).events.schema
    assert {row["weapon"] for row in events.to_pylist()} <= {None}


def test_nothing_else_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(khabar.KeptError, match="the folder holds something else"):
        reports([0]).save(tmp_path)
    other = tmp_path / "other.duckdb"
    with duckdb.connect(str(other)) as con:
        con.execute("create table mine as select 1 as a")
    with pytest.raises(khabar.KeptError, match="no kept extraction: there is no table khabar"):
        reports([0]).save(other)
    other.write_bytes(b"no database")
    with pytest.raises(khabar.KeptError, match="cannot be read"):
        khabar.load(other)
    assert (tmp_path / "letter.txt").read_text(encoding="utf-8") == "mine"


def test_what_is_not_there_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        khabar.load(tmp_path / "none")
    with pytest.raises(khabar.KeptError, match=r"there is no khabar\.json"):
        khabar.load(tmp_path)


def test_without_duckdb_the_way_to_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(ImportError, match=r"pip install 'khabar\[duckdb\]'"):
        reports([0]).save(tmp_path / "kept.duckdb")


@pytest.mark.parametrize("name", ["kept.csv", "kept.xlsx", "kept.jsonl.gz"])
def test_a_file_of_one_table_is_no_place_for_all(tmp_path: Path, name: str) -> None:
    with pytest.raises(khabar.KeptError, match=r"a folder or a \.duckdb file"):
        khabar.extract([]).save(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_holds_one_table_is_not_loaded(tmp_path: Path) -> None:
    path = tmp_path / "claims.parquet"
    khabar.extract([]).claims.write_parquet(path)
    with pytest.raises(khabar.KeptError, match=r"no kept extraction: that is a folder or a \.duckdb file"):
        khabar.load(path)
