"""The command line, by its exit codes and what it writes."""

import contextlib
import csv
import gzip
import io
import json
import os
import pty
import re
import signal
import subprocess
import sys
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from wcwidth import wcswidth

import khabar
from khabar import _terminal
from khabar._cli import COMMANDS, main
from khabar._commands import reports


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    def run(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["khabar", *map(str, arguments)])
        with pytest.raises(SystemExit) as end:
            main()
        out, err = capsys.readouterr()
        return int(end.value.code or 0), out, err

    return run


@pytest.fixture
def folder(tmp_path: Path, report: str) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").write_text(report, encoding="utf-8")
    (folder / "b.txt").write_text("\ufeff" + report, encoding="utf-8")
    return folder


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "parquet"])
def test_one_table_to_a_file(run, folder: Path, tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"out.{suffix}"
    assert run("extract", folder, "-o", out, "--table", "documents") == (0, "", "")
    if suffix == "parquet":
        assert pq.read_table(out)["doc_id"].to_pylist() == ["a", "b"]
    else:
        assert len(out.read_text(encoding="utf-8").splitlines()) == (3 if suffix == "csv" else 2)


def test_all_tables_to_a_folder(run, folder: Path, tmp_path: Path) -> None:
    assert run("extract", folder / "a.txt", folder / "b.txt", "-o", tmp_path / "out")[0] == 0
    assert {p.stem for p in (tmp_path / "out").iterdir()} == set(khabar.extract([]).tables)
    documents = pq.read_table(tmp_path / "out" / "documents.parquet")
    # A byte order mark is no part of a text.
    assert len(set(documents["n_chars"].to_pylist())) == 1


def test_standard_input_to_standard_output(run, report: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(report.encode())))
    code, out, _ = run("extract", "-", "-o", "-", "--table", "documents")
    assert code == 0
    assert json.loads(out)["n_chars"] == len(report)


def test_all_tables_to_a_duckdb_file(run, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.duckdb"
    for _ in range(2):
        assert run("extract", folder, "-o", out) == (0, "", "")
    found, wanted = khabar.load(out), khabar.extract(khabar.read(folder))
    for name, table in wanted.tables.items():
        assert found.tables[name].to_pylist() == table.to_pylist(), name
    assert len(found.claims) > 0
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out.duckdb", "reports"]


def test_what_is_no_kept_extraction_is_not_overwritten(run, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.db"
    with duckdb.connect(str(out)) as con:
        con.execute("create table mine as select 1 as a")
    before = out.read_bytes()
    code, _, err = run("extract", folder, "-o", out)
    assert (code, f"{out}: no kept extraction: there is no table khabar" in err) == (1, True)
    assert out.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out.db", "reports"]
    assert run("extract", folder, "-o", tmp_path / "no" / "out.duckdb")[2].endswith(
        "out.duckdb: No such file or directory\n"
    )


def test_without_duckdb_the_way_to_it_is_told(run, folder: Path, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    code, _, err = run("extract", folder, "-o", tmp_path / "out.duckdb")
    assert (code, err) == (1, "Error: a .duckdb file needs the package duckdb: pip install 'khabar[duckdb]'\n")


def test_json_lines(run, tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    lines = [
        {"text": "خبر\u2028خبر", "id": 7, "published": "2017-07-01", "outlet": "x"},
        {"text": None},
        {"text": "abc", "doc_id": "z"},
    ]
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines[:7]), encoding="utf-8")
    code, out, err = run("extract", path, "-o", "-", "--table", "documents")
    assert code == 0
    rows = [json.loads(line) for line in out.removesuffix("\n").split("\n")]
    assert [(r["doc_id"], r["published"], r["n_chars"]) for r in rows] == [
        ("7", "2017-07-01", 7),
        ("1", None, None),
        ("z", None, 3),
    ]
    assert err == "z: no Arabic letters\n"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'{"text": "a"}\n{"text"', ":2: not JSON"),
        (b'{"text": "a"}\n\n["a"]', ":3: an object is needed, not list"),
        (b'{"body": "a"}', ":1: no 'text'; there are 'body'"),
        (b'{"text": 5}', ":1: text is int"),
        (b'{"text": "a", "published": "soon"}', ":1: published: 'soon' is not"),
        (b'{"text": "a"}\n{"text": "\xff"}', ":2: not UTF-8: byte 0xff at offset 24"),
        (b'{"text": "a", "id": "x"}\n{"text": "b", "id": "x"}', ":2: its id 'x' is taken by "),
    ],
)
def test_errors_name_file_and_line(run, tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "in.jsonl"
    path.write_bytes(content)
    code, out, err = run("extract", path, "-o", tmp_path / "out.csv")
    assert (code, out) == (1, "")
    assert f"{path}{message}" in err
    assert "Traceback" not in err


def test_a_file_given_twice_is_named(run, tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    # More than a batch: no two of one batch are alike.
    path.write_text("".join(json.dumps({"text": "خبر", "id": n}) + "\n" for n in range(700)), encoding="utf-8")
    code, _, err = run("extract", path, path, "-o", tmp_path / "out.csv")
    assert (code, err) == (1, f"Error: {path}:1: the file is given twice\n")
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize(
    ("name", "content", "hint"),
    [
        ("in.csv", "id;text\n1;خبر\n", "parted by commas"),
        ("in.csv", "id,body\n1,خبر\n", "on the command line by --text"),
        ("folder/in.jsonl", "{}", "folder/*.jsonl"),
    ],
)
def test_what_to_do_is_told(run, tmp_path: Path, name: str, content: str, hint: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(content, encoding="utf-8")
    given = path.parent if "/" in name else path
    code, _, err = run("extract", given, "-o", "-")
    assert (code, hint in err) == (1, True)


def test_a_day_for_all_reports(run, folder: Path, tmp_path: Path) -> None:
    def times(*given: object) -> list[str]:
        code, out, _ = run("extract", *given, "-o", "-", "--table", "times")
        assert code == 0
        return [json.loads(line)["value"] for line in out.splitlines() if json.loads(line)["text"] == "أمس"]

    assert times(folder / "a.txt") == [None]
    assert times(folder / "a.txt", "--published", "2017-07-12") == ["2017-07-11"]
    rows = tmp_path / "in.csv"
    rows.write_text("text,day\nقصف أمس,2017-07-02\n", encoding="utf-8")
    assert times(rows, "--published", "2017-07-12") == ["2017-07-11"]
    assert times(rows, "--published", "day") == ["2017-07-01"]
    for path, message in ((folder / "a.txt", "plain text has no column 'soon'"), (rows, "no 'soon' for published")):
        code, _, err = run("extract", path, "--published", "soon", "-o", "-")
        assert (code, message in err) == (1, True)


@pytest.mark.parametrize("arguments", [("extract", "--table", "documents"), ("agree", "--single")])
def test_a_table_for_excel(run, folder: Path, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    out = tmp_path / "out.csv"
    assert run(*arguments, folder, "--excel", "-o", out) == (0, "", "")
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    assert out.read_bytes().count(b"\xef\xbb\xbf") == 1
    code, _, err = run(*arguments, folder, "--excel", "-o", tmp_path / "out.jsonl")
    assert (code, "--excel is for .csv files" in err) == (2, True)


def test_columns_of_a_csv_into_a_packed_file(run, tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text("url,body,day\nu,خبر,2017-07-01\n", encoding="utf-8")
    out = tmp_path / "out.jsonl.gz"
    options = ["--text", "body", "--id", "url", "--published", "day", "--table", "documents"]
    assert run("extract", path, *options, "-o", out) == (0, "", "")
    row = json.loads(gzip.decompress(out.read_bytes()))
    assert (row["doc_id"], row["published"], row["text"]) == ("u", "2017-07-01", "خبر")


def test_more_than_one_batch_is_one_table(run, tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text('{"text": "خبر"}\n' * 2500, encoding="utf-8")
    for suffix in ("csv", "parquet"):
        assert run("extract", path, "--table", "documents", "-o", tmp_path / f"out.{suffix}") == (0, "", "")
    assert run("extract", path, "-o", tmp_path / "out.duckdb") == (0, "", "")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text(encoding="utf-8"))))
    assert [row["doc_id"] for row in rows] == [str(n) for n in range(2500)]
    assert pq.read_table(tmp_path / "out.parquet")["doc_id"].to_pylist() == [row["doc_id"] for row in rows]
    kept = khabar.load(tmp_path / "out.duckdb").documents.to_arrow()
    assert kept["doc_id"].to_pylist() == [row["doc_id"] for row in rows]


def test_some_tables_to_a_folder(run, folder: Path, tmp_path: Path) -> None:
    assert run("extract", folder, "--table", "actors", "--table", "times", "-o", tmp_path / "out")[0] == 0
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["actors.parquet", "times.parquet"]


def test_no_reports_still_make_columns(run, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text("")
    assert run("extract", tmp_path / "in.jsonl", "-o", tmp_path / "out.csv") == (0, "", "")
    assert (tmp_path / "out.csv").read_text(encoding="utf-8").startswith("claim_id,doc_id,")


@pytest.mark.parametrize("suffix", ["csv", "duckdb"])
def test_an_error_leaves_what_was_there(run, tmp_path: Path, suffix: str) -> None:
    path, out = tmp_path / "in.jsonl", tmp_path / f"out.{suffix}"
    out.write_text("before") if suffix == "csv" else khabar.extract(["خبر"], ids=["before"]).save(out)
    before = out.read_bytes()
    path.write_text('{"text": "خبر"}\n' * 1500 + "{", encoding="utf-8")
    code, _, err = run("extract", path, "-o", out)
    assert (code, f"{path}:1501: not JSON" in err) == (1, True)
    assert out.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in.jsonl", out.name]


def command(*arguments: object, **how: object) -> subprocess.Popen:
    call = [sys.executable, "-m", "khabar", *map(str, arguments)]
    return subprocess.Popen(call, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **how)


@pytest.mark.parametrize("suffix", ["csv", "jsonl.gz", "parquet", "duckdb"])
def test_ctrl_c_leaves_what_is_done(tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"out.{suffix}"
    table = () if suffix == "duckdb" else ("--table", "documents")
    with command("extract", "-", "--from", "jsonl", *table, "-o", out) as run:
        # A text without Arabic is warned of when its batch has been written; then the next batch is waited for.
        line = b'{"text": "%s"}\n'
        run.stdin.write(line % b"abc" + line % "خبر".encode() * 699 + b" " * (1 << 20))
        run.stdin.flush()
        assert run.stderr.readline() == b"0: no Arabic letters\n"
        run.send_signal(signal.SIGINT)
        assert b"stopped; 500 reports are in " in run.stderr.read()
        assert run.wait() == 130
    read = {
        "csv": lambda: list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8")))),
        "jsonl.gz": lambda: gzip.decompress(out.read_bytes()).splitlines(),
        "parquet": lambda: pq.read_table(out).to_pylist(),
        "duckdb": lambda: khabar.load(out).documents.to_pylist(),
    }
    assert len(read[suffix]()) == 500
    assert [p.name for p in tmp_path.iterdir()] == [out.name]


@pytest.mark.parametrize("suffix", ["jsonl", "parquet", "pipe"])
def test_a_terminal_sees_how_far_it_is(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"in.{suffix}"
    letters = "".join(map(chr, range(0x4E00, 0x5E00)))
    texts = [letters[n:] + letters[:n] for n in range(1300)]
    if suffix == "parquet":
        pq.write_table(pa.table({"text": texts}), path, row_group_size=200)
    else:
        path.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), encoding="utf-8")
    paths = ["-", "--from", "jsonl"] if suffix == "pipe" else [path]
    ours, theirs = pty.openpty()
    call = [sys.executable, "-m", "khabar", "extract", *paths, "--table", "times", "-o", tmp_path / "out.csv"]
    with path.open("rb") as given, subprocess.Popen(call, stdin=given, stdout=theirs, stderr=theirs) as run:
        os.close(theirs)
        shown = b""
        # A terminal whose other side is closed answers with an error on Linux and with nothing elsewhere.
        with contextlib.suppress(OSError):
            while piece := os.read(ours, 1 << 16):
                shown += piece
        os.close(ours)
        assert run.wait() == 0
    steps = [line for line in shown.decode().split("\r") if re.search(r" reports, [\d,]+/s", line)]
    if suffix == "pipe":
        assert [step.split()[1] for step in steps] == ["500", "1,000", "1,300"]
        return
    # What is read is counted when it is done, not before: by it the time left is reckoned (shown after a second).
    shares = [int(step.split("%")[0].split()[-1]) for step in steps]
    assert shares == sorted(shares)
    assert 30 <= shares[steps.index(next(step for step in steps if " 500 reports" in step))] <= 50
    assert "100%  1,300 reports" in steps[-1]


def test_what_takes_longer_than_a_second_is_counted(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.0]
    monkeypatch.setattr(reports.time, "monotonic", lambda: now[0])
    with reports._Count() as count:
        for now[0], done in ((0.5, 100), (2.0, 400), (9.0, 1000)):
            count(done, 1000)
    assert capsys.readouterr().err == (
        "\rkhabar  400 of 1,000 reports, 200/s, 00:00:03 left \rkhabar  1,000 of 1,000 reports, 111/s, 00:00:00 left \n"
    )
    with reports._Count() as count:
        count(5, 5)
    assert capsys.readouterr().err == ""


def test_shell_completion(run, monkeypatch: pytest.MonkeyPatch) -> None:
    for shell in ("bash", "zsh", "fish"):
        code, out, _ = run("completion", shell)
        assert (code, "_KHABAR_COMPLETE" in out) == (0, True)
    monkeypatch.setenv("_KHABAR_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "khabar extract --t")
    monkeypatch.setenv("COMP_CWORD", "2")
    assert {line.split(",")[1] for line in run()[1].splitlines()} == {"--text", "--title", "--table", "--threads"}


def test_every_command_has_help_and_those_that_take_files_examples(run) -> None:
    code, listed, _ = run("--help")
    assert code == 0
    for name in COMMANDS:
        assert f"  {name} " in listed
        code, out, _ = run(name, "--help")
        assert (code, "Usage: khabar " + name in out) == (0, True)
        if "PATH" in out:
            assert re.search(rf"Examples:\n +khabar {name} ", out)


def test_files_that_are_not_there(run, tmp_path: Path) -> None:
    assert run("extract", tmp_path / "no.txt", "-o", "-") == (
        1,
        "",
        f"Error: {tmp_path / 'no.txt'}: No such file or directory\n",
    )
    assert run("extract", tmp_path, "-o", "-")[0] == 1
    (tmp_path / "a.txt").write_text("خبر", encoding="utf-8")
    code, _, err = run("extract", tmp_path / "a.txt", "-o", tmp_path / "no" / "out.csv")
    assert code == 1
    assert "out.csv: No such file" in err
    code, _, err = run("extract", tmp_path / "a.txt", "-o", "-", "--lexicon", tmp_path / "x.toml")
    assert code == 1
    assert "x.toml: No such file" in err


@pytest.mark.parametrize(
    "arguments",
    [
        ["extract"],
        ["extract", "a.txt"],
        ["nothing"],
        ["extract", "a.txt", "-o", "out.xlsx"],
        ["extract", "a.txt", "-o", "out.duckdb", "--table", "claims"],
        ["extract", "a.txt", "-o", "out.csv", "--table", "claims", "--table", "times"],
    ],
)
def test_wrong_usage(run, arguments: list[str]) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert "Usage" in err


def test_the_demonstration(run) -> None:
    code, out, _ = run("demo")
    assert code == 0
    for table in ("actors", "casualties", "locations"):
        assert f"{table} · " in out


def titled() -> khabar.Table:
    titles = ["قُتِلَ خمسةُ أطفال", "short", "👩\u200d🚀 e\u0301" * 30, "a\x1b[31mb\nc", "خبر " * 50]
    return khabar.extract(["خبر"] * 5, titles=titles, outlets=["وكالة", None, "b", "c", "د"]).documents


@pytest.mark.parametrize("width", [40, 60, 100, 400])
def test_columns_are_aligned_with_arabic_in_them(width: int) -> None:
    lines = _terminal.render(titled(), ["doc_id", "title", "n_chars"], width=width).splitlines()
    assert len(lines) == 7
    assert "\x1b" not in "".join(lines)
    assert {wcswidth(line) for line in lines} == {wcswidth(lines[1])}
    assert wcswidth(lines[1]) <= width


@pytest.mark.parametrize("width", [1, 5, 10, 20, 30])
def test_no_row_is_wider_than_the_terminal(width: int) -> None:
    lines = _terminal.render(titled(), ["title", "outlet", "doc_id"], width=width).splitlines()
    assert all(wcswidth(line) <= width for line in lines[:7])


def test_columns_that_do_not_fit_are_named() -> None:
    text = _terminal.render(khabar.extract(["خبر"]).claims, width=40)
    assert "columns that do not fit: " in text
    assert "confidence" in text.splitlines()[-1]


@pytest.mark.parametrize(
    ("arguments", "given", "expected"),
    [
        ([], "قُصِفَت الرَّقّة\nعام ٢٠١٧\n", "قصفت الرقه\nعام 2017\n"),
        (["-"], "\ufeffأ\r\n\nإ", "ا\n\nا\n"),
        (["--profile", "light", "--option", "digits=western"], "مدينة ٢٠١٧\n", "مدينة 2017\n"),
        (
            ["--profile", "lossless", "--option", "max_repeat=2", "--option", 'table={"ب":"ت"}'],
            "راااائع ب\n",
            "راائع ت\n",
        ),
        (["--option", "alef=null"], "أ\n", "أ\n"),
        (["--profile", "light", "--whole"], "أ\n\n ب\n", "أ\nب\n"),
    ],
)
def test_normalize_from_standard_input(
    run, monkeypatch: pytest.MonkeyPatch, arguments: list[str], given: str, expected: str
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given.encode())))
    assert run("normalize", *arguments) == (0, expected, "")


def test_normalize_files_to_a_file(run, folder: Path, tmp_path: Path, report: str) -> None:
    out = tmp_path / "out.txt"
    assert run("normalize", folder / "a.txt", folder / "b.txt", "-o", out) == (0, "", "")
    assert out.read_text(encoding="utf-8") == (khabar.normalize(report) + "\n") * 2


def test_a_file_normalized_into_itself(run, folder: Path, report: str) -> None:
    path = folder / "a.txt"
    assert run("normalize", path, "-o", path) == (0, "", "")
    assert path.read_text(encoding="utf-8") == khabar.normalize(report) + "\n"
    before = path.read_bytes()
    (folder / "c.txt").write_bytes(b"\xff\n")
    assert run("normalize", folder / "b.txt", folder / "c.txt", "-o", path)[0] == 1
    assert path.read_bytes() == before
    assert sorted(p.name for p in folder.iterdir()) == ["a.txt", "b.txt", "c.txt"]


def test_a_device_is_not_replaced(run, folder: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    assert run("normalize", folder / "a.txt", "-o", pipe) == (0, "", "")
    assert os.read(reader, 1 << 16).decode().startswith("قالت قوات")
    os.close(reader)
    assert pipe.is_fifo()


def test_a_reader_that_has_enough_is_no_error() -> None:
    with command("extract", "-", "--table", "documents", "-o", "-") as run:
        run.stdout.close()
        _, err = run.communicate("خبر".encode())
        assert (err, run.returncode) == (b"", 1)


def test_any_command_is_stopped_by_ctrl_c() -> None:
    with command("normalize") as run:
        # Some megabytes of lines are answered together, in few letters; then more are waited for.
        run.stdin.write(("ـ" * 499 + "أ\n").encode() * 8400)
        run.stdin.flush()
        assert run.stdout.read(3) == "ا\n".encode()
        run.send_signal(signal.SIGINT)
        assert run.stderr.read() == b"\nkhabar: stopped\n"
        assert run.wait() == 130


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--profile", "strict"], "unknown profile `strict`"),
        (["--option", "alef"], "NAME=VALUE is needed"),
        (["--option", "alef=flod"], "expected `keep` or `fold`"),
    ],
)
def test_normalize_used_wrongly(run, arguments: list[str], message: str) -> None:
    code, out, err = run("normalize", *arguments)
    assert (code, out) == (2, "")
    assert message in err


def test_normalize_what_is_not_there_or_no_text(run, tmp_path: Path) -> None:
    code, _, err = run("normalize", tmp_path / "no.txt")
    assert code == 1
    assert "no.txt: No such file" in err
    (tmp_path / "a.txt").write_bytes("أ\n".encode() + b"\xff\n")
    code, _, err = run("normalize", tmp_path / "a.txt")
    assert code == 1
    assert "a.txt:2: not UTF-8" in err


@pytest.mark.parametrize("options", [(), ("--facts", "--single"), ("--policy", "minmax")])
def test_agree_shows_what_reports_share(run, folder: Path, tmp_path: Path, options: tuple[str, ...]) -> None:
    code, out, err = run("agree", folder, *options)
    assert (code, err) == (0, "")
    assert "killed" in out
    code, out, _ = run("agree", folder, *options, "-o", "-")
    assert (code, [json.loads(line)["what"] for line in out.splitlines()].count("killed") > 0) == (0, True)
    assert run("agree", folder, *options, "-o", tmp_path / "facts.csv")[0] == 0
    assert "killed" in (tmp_path / "facts.csv").read_text(encoding="utf-8")


def test_agree_refuses_what_it_cannot_write(run, folder: Path, tmp_path: Path) -> None:
    assert run("agree", folder, "-o", tmp_path / "facts.xlsx")[0] == 2
    assert run("agree", folder, "--joins", tmp_path / "none.toml", "-o", tmp_path / "facts.csv")[0] == 1
    assert [path.name for path in tmp_path.iterdir()] == ["reports"]
