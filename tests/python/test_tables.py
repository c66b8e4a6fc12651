"""The tables: their columns, their types, and every way out of them."""

import csv
import datetime as dt
import io
import json
import pickle
import re
from pathlib import Path

import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import khabar

MENTION = "doc_id sentence start end text"
CLAIM = f"claim_id {MENTION}"
SETTING = "place place_id lat lon geo_precision time time_from time_to time_precision source source_id attribution_id"
FOOTING = "negated realis rule confidence"
EVIDENCE = "place_start place_end time_start time_end polarity_start polarity_end"
CONTRACT = f"""
documents: doc_id outlet published title n_chars n_sentences warnings text
actors: {MENTION} actor_id name name_ar type country basis refers_to
locations: {MENTION} place_id name name_ar kind country admin1 lat lon geo_precision relation basis ambiguous
times: {MENTION} type value from to resolved
quantities: {MENTION} kind value low high modifier magnitude unit noun claim_id
attributions: attribution_id doc_id sentence source_start source_end source source_id source_kind cue_start cue_end cue
    cue_class direct content_start content_end parent stands_for stands_for_start stands_for_end rule
events: {CLAIM} type subtype trigger_start trigger_end trigger agent agent_id patient patient_id supporter weapon {SETTING} {FOOTING}
    agent_start agent_end patient_start patient_end supporter_start supporter_end weapon_start weapon_end {EVIDENCE}
casualties: {CLAIM} kind anchor_start anchor_end anchor count upper modifier magnitude low high victims victim_class
    victim_actor victim_actor_id perpetrator perpetrator_id cause event_id {SETTING} cumulative since subset_of {FOOTING}
    victims_start victims_end victim_actor_start victim_actor_end perpetrator_start perpetrator_end {EVIDENCE}
claims: {CLAIM} table type {SETTING} {FOOTING} {EVIDENCE}
"""
COLUMNS = {name: columns.split() for name, columns in re.findall(r"^(\w+): (.*(?:\n .*)*)", CONTRACT, re.M)}
TYPES = {
    pa.int32(), pa.int64(), pa.float64(), pa.bool_(), pa.date32(), pa.timestamp("us"), pa.large_string(),
    pa.list_(pa.large_string()),
}  # fmt: skip


@pytest.mark.parametrize("name", COLUMNS)
def test_columns_are_the_contract(extraction: khabar.Extraction, name: str) -> None:
    table = extraction.tables[name]
    assert table.column_names == COLUMNS[name]
    assert table.schema.names == COLUMNS[name]
    assert set(table.schema.types) <= TYPES
    assert table.schema == khabar.extract([]).tables[name].schema == table.to_arrow().schema


def test_tables_are_in_order(extraction: khabar.Extraction) -> None:
    assert list(extraction.tables) == list(COLUMNS)
    assert extraction.tables["claims"] is extraction.claims


def test_columns_and_rows_are_at_hand(extraction: khabar.Extraction) -> None:
    table = extraction.casualties
    assert table["count"].to_pylist() == [row["count"] for row in table]
    assert list(table) == table.to_pylist() != []
    with pytest.raises(KeyError, match="no column 'n' in casualties; there are claim_id, doc_id"):
        table["n"]
    frame = pd.DataFrame(table)
    assert frame["claim_id"].tolist() == table["claim_id"].to_pylist()


def test_claims_are_events_and_casualties(extraction: khabar.Extraction) -> None:
    claims = extraction.claims.to_pylist()
    assert len(claims) == len(extraction.events) + len(extraction.casualties)
    assert [c["start"] for c in claims] == sorted(c["start"] for c in claims)


@pytest.mark.parametrize("reports", [[], ["خبر", None]])
@pytest.mark.parametrize("name", COLUMNS)
def test_every_way_out(reports: list[str | None], name: str, tmp_path: Path) -> None:
    table = khabar.extract(reports, published="2017-07-01").tables[name]
    rows = table.to_pylist()
    assert len(table) == len(rows) == table.to_arrow().num_rows == len(table.to_pandas()) == len(table.to_polars())
    assert list(table.to_pandas().columns) == table.to_polars().columns == COLUMNS[name]
    assert pa.table(table).equals(table.to_arrow())
    assert pl.DataFrame(table).equals(table.to_polars())
    assert pa.RecordBatchReader.from_stream(table).read_all().equals(table.to_arrow())

    table.write_parquet(tmp_path / "t.parquet")
    assert pq.read_table(tmp_path / "t.parquet").to_pylist() == rows
    table.write_jsonl(tmp_path / "t.jsonl")
    lines = (tmp_path / "t.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line).keys() for line in lines] == [row.keys() for row in rows]
    table.write_csv(str(tmp_path / "t.csv"))
    with (tmp_path / "t.csv").open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file)) == COLUMNS[name]


def test_values_of_every_kind() -> None:
    documents = khabar.extract(["خبر", ""], published=["2017-07-01", None], titles=['a,"b"\nc', None]).documents
    assert documents.to_pylist()[0]["published"] == dt.date(2017, 7, 1)
    frame = documents.to_pandas()
    assert frame["published"][0] == pd.Timestamp("2017-07-01")
    assert pd.isna(frame["published"][1])
    assert frame["n_chars"].dtype == pd.Int32Dtype()

    out = io.StringIO()
    documents.write_csv(out)
    lines = list(csv.DictReader(io.StringIO(out.getvalue(), newline="")))
    assert lines[0] | {"n_sentences": "", "warnings": ""} == {
        "doc_id": "0", "outlet": "", "published": "2017-07-01", "title": 'a,"b"\nc', "n_chars": "3", "n_sentences": "", "warnings": "", "text": "خبر",
    }  # fmt: skip
    assert json.loads(lines[1]["warnings"]) == ["empty text"]

    out = io.StringIO()
    documents.write_jsonl(out)
    assert json.loads(out.getvalue().splitlines()[0])["published"] == "2017-07-01"


def test_times_come_as_datetimes(extraction: khabar.Extraction) -> None:
    for row in extraction.times.to_pylist():
        assert isinstance(row["from"], (dt.datetime, type(None)))
    frame = khabar.extract([]).claims.to_pandas()
    assert str(frame["time_from"].dtype) == "datetime64[us]"
    assert frame["negated"].dtype == pd.BooleanDtype()


def test_excel_needs_a_mark(tmp_path: Path) -> None:
    khabar.extract(["خبر"]).documents.write_csv(tmp_path / "t.csv", encoding="utf-8-sig")
    assert (tmp_path / "t.csv").read_bytes().startswith(b"\xef\xbb\xbfdoc_id,")


def test_html_is_escaped_and_right_to_left() -> None:
    title = '<script>alert(1)</script> خبر & "x"'
    page = khabar.extract(["خبر"], titles=[title]).documents._repr_html_()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    cell = re.search(r"<td([^>]*)>&lt;script", page)
    assert cell is not None
    assert 'dir="rtl" lang="ar"' in cell[1]
    assert "documents" in khabar.extract(["خبر"])._repr_html_()


def test_a_long_table_shows_its_beginning() -> None:
    documents = khabar.extract(["خبر"] * 50).documents
    assert documents._repr_html_().count("<tr>") == 21
    assert "50 rows, the first 20 shown" in documents._repr_html_()
    assert "… 30 more rows" in str(documents)
    assert repr(documents).startswith("<khabar.Table documents: 50 rows; doc_id, outlet, ")


def test_pickles(extraction: khabar.Extraction) -> None:
    again = pickle.loads(pickle.dumps(extraction))
    for name, table in extraction.tables.items():
        assert again.tables[name].to_arrow().equals(table.to_arrow())
        assert again.tables[name].schema == table.schema
    assert repr(again) == repr(extraction)


def test_an_extraction_does_not_change(extraction: khabar.Extraction) -> None:
    with pytest.raises(AttributeError):
        extraction.claims = None


def test_the_first_century_begins_where_dates_do() -> None:
    times = khabar.extract(["بني الحصن في القرن الأول ورمم في القرن الثالث."]).times.to_pylist()
    assert [(t["value"], str(t["from"])[:4], str(t["to"])[:4]) for t in times] == [
        ("00", "0001", "0100"),
        ("02", "0200", "0300"),
    ]
