"""Every form that reports come in, and what is said of a form that will not do."""

import datetime as dt
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import khabar

TEXTS = ["خبر أول", None, "خبر ثالث"]

FORMS = {
    "list": TEXTS,
    "tuple": tuple(TEXTS),
    "iterator": None,
    "numpy": np.array(TEXTS, dtype=object),
    "pandas object": pd.Series(TEXTS, dtype=object),
    "pandas default": pd.Series(TEXTS, index=[7, 8, 9]),
    "pandas string": pd.Series(TEXTS, dtype="string"),
    "pandas category": pd.Series(TEXTS, dtype="category"),
    "polars": pl.Series(TEXTS),
    "arrow array": pa.array(TEXTS),
    "arrow large": pa.array(TEXTS, pa.large_string()),
    "arrow view": pa.array(TEXTS, pa.string_view()),
    "arrow dictionary": pa.array(TEXTS).dictionary_encode(),
    "chunked": pa.chunked_array([TEXTS[:1], TEXTS[1:]]),
}


def lengths(x: khabar.Extraction) -> list[int | None]:
    return [row["n_chars"] for row in x.documents.to_pylist()]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_many_texts(form: str) -> None:
    reports = iter(TEXTS) if form == "iterator" else FORMS[form]
    x = khabar.extract(reports)
    assert lengths(x) == [7, None, 8]
    assert [row["doc_id"] for row in x.documents.to_pylist()] == ["0", "1", "2"]


FRAME = {
    "doc_id": ["a", "b", "c"],
    "text": TEXTS,
    "published": ["2017-07-01", None, "2017-07-03"],
    "outlet": ["x", "y", None],
}
FRAMES = {
    "pandas": pd.DataFrame(FRAME),
    "polars": pl.DataFrame(FRAME),
    "arrow": pa.table(FRAME),
    "record batch": pa.RecordBatch.from_pydict(FRAME),
    "records": [dict(zip(FRAME, row, strict=True)) for row in zip(*FRAME.values(), strict=True)],
}


@pytest.mark.parametrize("form", FRAMES)
def test_every_form_of_a_frame(form: str) -> None:
    got = khabar.extract(FRAMES[form]).documents.to_pylist()
    assert [row["doc_id"] for row in got] == ["a", "b", "c"]
    assert [row["n_chars"] for row in got] == [7, None, 8]
    assert [row["published"] for row in got] == [dt.date(2017, 7, 1), None, dt.date(2017, 7, 3)]
    assert [row["outlet"] for row in got] == ["x", "y", None]


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pa.table])
def test_columns_may_be_called_otherwise(make: object) -> None:
    frame = make({"body": ["خبر"], "key": [5], "day": ["2017-07-01"], "paper": ["x"]})
    x = khabar.extract(frame, text="body", id="key", published="day", outlets="paper")
    assert x.documents.to_pylist() == [
        {"doc_id": "5", "outlet": "x", "published": dt.date(2017, 7, 1), "title": None, "n_chars": 3}
        | {key: x.documents.to_pylist()[0][key] for key in ("n_sentences", "warnings", "text")}
    ]


def test_a_frame_of_one_column_needs_no_name() -> None:
    assert lengths(khabar.extract(pd.DataFrame({"body": TEXTS}))) == [7, None, 8]


def test_a_frame_without_texts() -> None:
    with pytest.raises(ValueError, match=r"name the one that holds the reports by text=: a, b"):
        khabar.extract(pd.DataFrame({"a": ["x"], "b": ["y"]}))
    with pytest.raises(ValueError, match="no column 'c' for text; there are a, b"):
        khabar.extract(pd.DataFrame({"a": ["x"], "b": ["y"]}), text="c")


def test_a_bare_string_is_one_report() -> None:
    x = khabar.extract("خبر", ids="a", published=dt.date(2017, 7, 1), titles="t")
    assert [(r["doc_id"], r["n_chars"], r["title"]) for r in x.documents.to_pylist()] == [("a", 3, "t")]


@pytest.mark.parametrize("null", [None, float("nan"), np.nan, pd.NA, pd.NaT, np.float32("nan")])
def test_nulls_stay_rows(null: object) -> None:
    x = khabar.extract(["خبر", null], ids=["a", null], published=[null, null], outlets=[null, "x"], titles=[null, null])
    row = x.documents.to_pylist()[1]
    assert row == {
        "doc_id": "1",
        "outlet": "x",
        "published": None,
        "title": None,
        "n_chars": None,
        "n_sentences": None,
        "warnings": [],
        "text": None,
    }


DATES = {
    "iso": "2017-07-01",
    "iso time": "2017-07-01T23:59:00+03:00",
    "iso zulu": "2017-07-01T00:00:00Z",
    "spaces": " 2017-07-01 10:00 ",
    "date": dt.date(2017, 7, 1),
    "datetime": dt.datetime(2017, 7, 1, 23),
    "Timestamp": pd.Timestamp("2017-07-01 10:00"),
    "aware Timestamp": pd.Timestamp("2017-07-01 23:00", tz="Asia/Damascus"),
    "numpy ns": np.datetime64("2017-07-01T10:00:00", "ns"),
    "numpy day": np.datetime64("2017-07-01"),
}


@pytest.mark.parametrize("form", DATES)
def test_dates(form: str) -> None:
    for published in ([DATES[form]], DATES[form]):
        x = khabar.extract(["خبر"], published=published)
        assert x.documents.to_pylist()[0]["published"] == dt.date(2017, 7, 1)


def test_dates_as_columns() -> None:
    days = pd.to_datetime(["2017-07-01", None])
    for column in (pd.Series(days), days, pl.Series([dt.date(2017, 7, 1), None]), days.to_numpy(), pa.array(days)):
        x = khabar.extract(["خبر", "خبر"], published=column)
        assert [row["published"] for row in x.documents.to_pylist()] == [dt.date(2017, 7, 1), None]


@pytest.mark.parametrize("bad", ["last week", "2017-13-01", "٢٠١٧", 20170701, 1.5, ["x"]])
def test_a_date_that_cannot_be_read_names_row_and_value(bad: object) -> None:
    with pytest.raises(ValueError, match="published, row 1: ") as caught:
        khabar.extract(["a", "b"], published=["2017-07-01", bad])
    assert repr(bad) in str(caught.value)


@pytest.mark.parametrize("argument", ["ids", "published", "outlets", "titles"])
def test_wrong_lengths_name_the_lengths(argument: str) -> None:
    with pytest.raises(ValueError, match=f"{argument} has 2 values for 3 reports"):
        khabar.extract(["a", "b", "c"], **{argument: ["1", "2"]})


def test_ids_that_are_alike() -> None:
    with pytest.raises(ValueError, match="reports 0 and 2 are both 'a'"):
        khabar.extract(["x", "y", "z"], ids=["a", "b", "a"])


def test_ids_of_other_types() -> None:
    x = khabar.extract(["x", "y", "z"], ids=pd.Series([10, None, 12]))
    assert [row["doc_id"] for row in x.documents.to_pylist()] == ["10", "1", "12"]


def test_one_id_for_many_reports() -> None:
    with pytest.raises(TypeError, match="one value per report"):
        khabar.extract(["x", "y"], ids="a")


@pytest.mark.parametrize("bad", [b"bytes", 5, ["x"]])
def test_a_report_of_another_type_names_its_row(bad: object) -> None:
    with pytest.raises(TypeError, match=f"report 1 is {type(bad).__name__}"):
        khabar.extract(["x", bad])


def test_what_is_no_collection() -> None:
    with pytest.raises(TypeError, match="int is not a text, nor a list"):
        khabar.extract(5)
    with pytest.raises(TypeError, match="dict is not a text"):
        khabar.extract({"text": "x"})


def test_nothing_in() -> None:
    for nothing in (
        [],
        (),
        iter([]),
        pd.Series([], dtype=object),
        pd.DataFrame({"text": []}),
        pa.array([], pa.string()),
    ):
        assert len(khabar.extract(nothing).documents) == 0


FRAME = pd.DataFrame({"text": ["خبر"], "date": ["2017-07-05"]})


@pytest.mark.parametrize(
    ("given", "named", "error", "message"),
    [
        (FRAME, {"published": "dat"}, ValueError, "no column 'dat' for published; there are text, date"),
        (FRAME, {"ids": "url"}, ValueError, "no column 'url' for id; there are text, date"),
        (["خبر"], {"outlet": "A"}, TypeError, "outlet='A' names a column, and the reports are texts"),
        ("خبر".encode(), {}, TypeError, "decode it to a str first"),
        ({"text": "خبر"}, {}, TypeError, r"stands in a list: \[\{'text'"),
        (Path("reports.csv"), {}, TypeError, r"khabar\.read\(path\) reads files"),
        ([{"text": "خبر", "id": 1}, {"text": "خبر", "id": None}], {}, ValueError, r"both '1'.*called by its number"),
    ],
)
def test_what_was_meant_is_hinted_at(given: object, named: dict, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        khabar.extract(given, **named)


@pytest.mark.parametrize(
    ("how", "error", "message"),
    [
        ({"lexicons": '[[verb]]\nlemma = "x"'}, khabar.LexiconError, "the path of a file is needed, not its text"),
        ({"rules": 5}, TypeError, "a path or a list of paths is needed"),
        ({"profile": {"alef": "fold"}}, TypeError, r"the name of a profile or a khabar\.Normalizer is needed"),
    ],
)
def test_extractors_of_something_else(how: dict, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        khabar.Extractor(**how)


def test_reports_without_ids_are_found_by_their_numbers(tmp_path: Path) -> None:
    x = khabar.extract(["خبر", "خبر آخر"])
    assert x.document(1).text == "خبر آخر"
    with pytest.raises(KeyError, match="no report '2'; there are '0', '1'"):
        x.document(2)
    with pytest.raises(khabar.KeptError, match="a single one is written by its write_csv"):
        x.save(tmp_path / "out.csv")
    assert list(tmp_path.iterdir()) == []
