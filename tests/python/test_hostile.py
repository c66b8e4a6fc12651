"""What nobody hands in with good intent, through every door: a list of strings, an Arrow column, the command line.

The pieces are repeated a two-hundredth of what tests/hostile.toml says; KHABAR_HOSTILE=1 repeats them as often as it says.
"""

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from test_texts import assert_evidence, warnings

import khabar

CASES = tomllib.loads((Path(__file__).parents[1] / "hostile.toml").read_text(encoding="utf-8"))["case"]


PART = int(os.environ.get("KHABAR_HOSTILE", "200"))


def text(case: dict[str, object]) -> str:
    points = [chr(point) for first, last in case.get("blocks", []) for point in range(first, last + 1)]
    blocks = "".join(f"{c} ب{c} " for c in points)
    return blocks + "".join(piece * max(1, times // PART) for piece, times in case["pieces"])


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return {case["about"]: text(case) for case in CASES}


@pytest.fixture(scope="module")
def by_list(texts: dict[str, str]) -> khabar.Extraction:
    return khabar.extract(list(texts.values()), ids=list(texts), published="2017-07-05")


def test_a_list(texts: dict[str, str], by_list: khabar.Extraction) -> None:
    assert [row["n_chars"] for row in by_list.documents.to_pylist()] == [len(t) for t in texts.values()]
    assert not [w for row in warnings(by_list) for w in row if "failed" in w]
    assert_evidence(by_list, texts)


@pytest.mark.parametrize("type", [pa.string(), pa.large_string()])
def test_an_arrow_column(texts: dict[str, str], by_list: khabar.Extraction, type: pa.DataType) -> None:
    table = pa.table({"id": list(texts), "text": pa.array(list(texts.values()), type)})
    x = khabar.extract(table, published="2017-07-05")
    for name, rows in by_list.tables.items():
        assert x.tables[name].to_arrow().equals(rows.to_arrow()), name


def khabar_command(*arguments: object, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "khabar", *map(str, arguments)]
    return subprocess.run(command, input=given, capture_output=True, check=False, timeout=300)


def test_the_command_line(texts: dict[str, str], by_list: khabar.Extraction, tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    lines = (
        json.dumps({"id": id, "text": t, "published": "2017-07-05"}, ensure_ascii=False) for id, t in texts.items()
    )
    path.write_text("\n".join(lines), encoding="utf-8")
    done = khabar_command("extract", path, "-o", tmp_path / "out")
    assert (done.returncode, done.stdout) == (0, b""), done.stderr
    for name in ("documents", "claims", "quantities"):
        assert pq.read_table(tmp_path / "out" / f"{name}.parquet").to_pylist() == by_list.tables[name].to_pylist(), name


@pytest.mark.parametrize("profile", ["light", "search", "social"])
def test_normalization(texts: dict[str, str], profile: str) -> None:
    n = khabar.Normalizer(profile)
    done = n(list(texts.values()))
    assert n(done) == done
    assert n(pa.array(list(texts.values()))).to_pylist() == done


SURROGATES = {
    "leads": "\ud83d" * 100_000,
    "tails": "\udc00" * 100_000,
    "tails before leads": "\udc00\ud83d" * 50_000,
    "between letters": "ق\ud800ت\udfffل ثلاثة مدنيين " * 5_000,
    "in and out of pairs": "😀\ud83d😀\ude00 قتل ثلاثة " * 5_000,
}


@pytest.mark.parametrize("case", SURROGATES)
def test_unpaired_surrogates(case: str) -> None:
    given = SURROGATES[case]
    x = khabar.extract([given], ids=["a"], titles=[given], outlets=[given])
    count = sum("\ud800" <= c <= "\udfff" for c in given)
    assert f"{count} lone surrogates read as U+FFFD" in warnings(x)[0]
    assert x.documents.to_pylist()[0]["n_chars"] == len(given)
    assert_evidence(x, {"a": given})
    assert khabar.Normalizer("lossless")(given).count("\ud800") == given.count("\ud800")


BROKEN = "خبر".encode() + b"\xff" + "خبر".encode()


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize(
    ("name", "before", "place"),
    [
        ("a.txt", b"", ""),
        ("a.jsonl", b'{"text": "a"}\n{"text": "', ":2"),
        ("a.csv", b"text\na\n", ":3"),
    ],
)
def test_bytes_that_are_no_text_are_named(name: str, before: bytes, place: str, mark: bytes, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(mark + before + BROKEN)
    offset = len(mark + before) + BROKEN.index(b"\xff")
    message = f"{path}{place}: not UTF-8: byte 0xff at offset {offset}"
    with pytest.raises(khabar.ReadError) as caught:
        khabar.read(path)
    assert str(caught.value) == message
    done = khabar_command("extract", path, "-o", tmp_path / "out.csv")
    assert (done.returncode, done.stderr.decode()) == (1, f"Error: {message}\n")


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_lexicon_that_is_no_text(mark: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(mark + b"# \n# " + BROKEN)
    with pytest.raises(khabar.LexiconError, match=f":2: not UTF-8: byte 0xff at offset {len(mark) + 11}$"):
        khabar.Extractor([path])


def column(values: list[bytes]) -> pa.Array:
    """A column of strings that nobody has checked, as readers of files make them."""
    return pa.array(values, pa.binary()).view(pa.string())


def test_an_arrow_column_that_is_no_text() -> None:
    given = column(["خبر".encode(), None, BROKEN])
    for work in (khabar.extract, khabar.normalize):
        with pytest.raises(ValueError, match="row 2: not UTF-8: byte 0xff at offset 6"):
            work(given)
    # Both halves of a letter that a boundary of rows cuts are wrong, though the column as a whole is not.
    letter = "خ".encode()
    with pytest.raises(ValueError, match="row 0: not UTF-8: byte 0xd8 at offset 0"):
        khabar.normalize(column([letter[:1], letter[1:]]))
    # What lies under a null is nobody's business.
    hidden = pa.array([b"\xff", b"a"], pa.binary())
    mask = pa.py_buffer(b"\x02")
    hidden = pa.Array.from_buffers(pa.string(), 2, [mask, *hidden.buffers()[1:]])
    assert khabar.normalize(hidden).to_pylist() == [None, "a"]


# ── files of strangers ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("argument", ["lexicons", "rules"])
def test_a_lexicon_without_end(argument: str, tmp_path: Path) -> None:
    path = tmp_path / "long.toml"
    with path.open("wb") as file:
        file.truncate(1 << 40)
    with pytest.raises(khabar.LexiconError, match="larger than 16 MiB, the most that a lexicon file may have"):
        khabar.Extractor(**{argument: [path]})
    option = {"lexicons": "--lexicon", "rules": "--rule"}[argument]
    done = khabar_command("extract", "-", "-o", "-", option, path, given="خبر".encode())
    assert (done.returncode, done.stderr.decode()) == (
        1,
        f"Error: {path}: larger than 16 MiB, the most that a lexicon file may have\n",
    )


LEXICONS = {
    "nested arrays": "word = " + "[" * 100_000,
    "nested tables": "\n".join("[" + ".".join("a" * n) + "]" for n in range(1, 500)),
    "nested inline tables": "word = " + "{a=" * 100_000,
    "one long key": "a" * 1_000_000 + " = 1",
    "a string without end": 'a = "' + "ا" * 500_000,
    "rows without end, all empty": "[[word]]\n" * (10_000_000 // max(10, PART)),
    "no rows at all": "\0" * 1000,
}


@pytest.mark.parametrize("argument", ["lexicons", "rules"])
@pytest.mark.parametrize("case", LEXICONS)
def test_lexicons_made_to_harm(case: str, argument: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(LEXICONS[case], encoding="utf-8")
    with pytest.raises(khabar.LexiconError) as caught:
        khabar.Extractor(**{argument: [path]})
    assert caught.value.file == str(path)


LONG = "x" * 5000
WORDY = {
    "an id": (
        "mine.toml",
        f'[[actor]]\nid = "{LONG}"\nname = "a"\nname_ar = "سرايا الوادي"\ntype = "armed_group"\n',
        2,
    ),
    "a name": ("mine.toml", f'[[verb]]\nlemma = "قتل"\nmasdar = ["a", "{LONG}"]\n', 3),
    "a place's id": ("mine.csv", f"name_ar,kind,place_id\nالوادي,city,a\nالرابية,city,{LONG}\n", 3),
    "a rule's name": ("rule.toml", f'[[time]]\nname = "{LONG}"\ngloss = "g"\npattern = "a"\nexamples = ["[a]"]\n', 1),
    "a frame's event": ("rule.toml", f'\n[[frame]]\nname = "a"\nevent = "{LONG}"\nexample = "e"\n', 2),
}


@pytest.mark.parametrize("case", WORDY)
def test_what_every_row_would_repeat_is_short(case: str, tmp_path: Path) -> None:
    name, content, line = WORDY[case]
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(khabar.LexiconError, match="a value of 5000 bytes: at most 1000") as caught:
        khabar.Extractor(**{"rules" if name.startswith("rule") else "lexicons": [path]})
    assert (caught.value.file, caught.value.line) == (str(path), line)


SECTIONS = {
    "a pattern without end": ("pattern", '"' + "كلمة " * 20_000 + '"', "more than 10000 parts"),
    "brackets without end": ("pattern", '"' + "(" * 100_000 + '"', "nested more than 32 deep"),
    "repeats without end": ("pattern", '"كلمة{33}"', "33 times: at most 32"),
    "a value that is none": (
        "set",
        '{ make = "constant", value = "' + "9" * 100_000 + '" }',
        "rule mine: set.(value|modifier) is ",
    ),
    "a bound that is none": ("set", '{ modifier = "' + "x" * 100_000 + '" }', "rule mine: "),
    "a set without end": ("set", "{a=" * 100_000, "recurs"),
    "no example": ("examples", "[" + '"",' * 100_000 + "]", "rule mine: an example marks what is taken"),
}


@pytest.mark.parametrize("section", ["time", "quantity"])
@pytest.mark.parametrize("case", SECTIONS)
def test_rules_made_to_harm(case: str, section: str, tmp_path: Path) -> None:
    field, value, message = SECTIONS[case]
    rule = {
        "name": '"mine"',
        "gloss": '"g"',
        "pattern": '"كلمة"',
        "set": '{ modifier = "at_most" }' if section == "quantity" else '{ make = "constant", value = "2016-05-15" }',
        "examples": '["[كلمة]"]',
    } | {field: value}
    path = tmp_path / "mine.toml"
    path.write_text(f"[[{section}]]\n" + "".join(f"{k} = {v}\n" for k, v in rule.items()), encoding="utf-8")
    with pytest.raises(khabar.LexiconError, match=message) as caught:
        khabar.Extractor(rules=[path])
    assert caught.value.file == str(path)


def test_names_of_files_are_not_run(tmp_path: Path) -> None:
    path = tmp_path / "$(touch x); `touch x` | touch x.txt"
    path.write_text("قتل ثلاثة مدنيين.", encoding="utf-8")
    assert [row["doc_id"] for row in khabar.extract(khabar.read(tmp_path)).documents.to_pylist()] == [path.stem]
    assert list(tmp_path.iterdir()) == [path]
