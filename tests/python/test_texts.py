"""Odd texts: nothing is lost, nothing crashes, and offsets are indices into the string as given."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import khabar
from khabar import demo

SPANS = {
    "actors": [("start", "end", "text")],
    "locations": [("start", "end", "text")],
    "times": [("start", "end", "text")],
    "quantities": [("start", "end", "text")],
    "attributions": [("source_start", "source_end", "source"), ("cue_start", "cue_end", "cue")],
    "events": [("start", "end", "text"), ("trigger_start", "trigger_end", "trigger")],
    "casualties": [("start", "end", "text"), ("anchor_start", "anchor_end", "anchor")],
    "claims": [("start", "end", "text")],
}


def readable(text: str) -> str:
    """The text as the tables can hold it: UTF-8 has no lone surrogates."""
    return "".join("\ufffd" if "\ud800" <= letter <= "\udfff" else letter for letter in text)


def assert_evidence(x: khabar.Extraction, texts: dict[str, str | None]) -> None:
    for name, spans in SPANS.items():
        for row in getattr(x, name).to_pylist():
            text = texts[row["doc_id"]]
            for start, end, copy in spans:
                if row[start] is not None:
                    assert readable(text[row[start] : row[end]]) == row[copy], (name, row)


def warnings(x: khabar.Extraction) -> list[list[str]]:
    return [row["warnings"] for row in x.documents.to_pylist()]


def test_the_evidence_of_a_report(extraction: khabar.Extraction, report: str) -> None:
    assert_evidence(extraction, {"a": report, "b": None, "c": ""})


PIECES = st.sampled_from(
    [
        "قتل 17 مدنياً", "في الرقة", "قال المرصد السوري", "أمس", "لم", "و", "،", ".", "\n", " ", "«", "»", "(", ")", "(١٢)", "%",
        "قُتِلَ", "مـــدنيين", "ﻻ", "\u200f", "\u202b", "\x00", "\ufeff", "😀", "👩\u200d🚀", "\ud83d", "\udc00", "e\u0301", "1٬000", "٣٫٥", "عشرات",
        "بينهم خمسة أطفال", "قوات سوريا الديمقراطية", "2017", "abc",
    ]
)  # fmt: skip


@settings(deadline=None, max_examples=300)
@given(st.lists(PIECES, max_size=40).map("".join) | st.lists(PIECES, max_size=40).map(" ".join))
@example("\ud83d\ude00 قتل 17 مدنياً")
def test_offsets_hold_in_any_text(text: str) -> None:
    x = khabar.extract([text], ids=["a"], published="2017-07-05")
    assert x.documents.to_pylist()[0]["n_chars"] == len(text)
    assert_evidence(x, {"a": text})


@settings(deadline=None, max_examples=200)
@given(st.lists(st.none() | st.text(st.characters(), max_size=60), max_size=8))
def test_any_text_at_all(texts: list[str | None]) -> None:
    x = khabar.extract(texts)
    assert [row["n_chars"] for row in x.documents.to_pylist()] == [None if t is None else len(t) for t in texts]
    assert not [w for row in warnings(x) for w in row if "failed" in w]
    assert_evidence(x, {str(i): t for i, t in enumerate(texts)})


def test_lone_surrogates_are_told_and_shift_nothing(report: str) -> None:
    whole, broken = "😀 " + report, "\ud83d " + report
    x = khabar.extract([whole, broken], ids=["whole", "broken"], published="2017-07-05")
    assert "1 lone surrogate read as U+FFFD" in warnings(x)[1]
    assert_evidence(x, {"whole": whole, "broken": broken})
    for name, spans in SPANS.items():
        starts = {
            id: [row[spans[0][0]] for row in getattr(x, name).to_pylist() if row["doc_id"] == id]
            for id in ("whole", "broken")
        }
        assert starts["whole"] == starts["broken"], name


def test_surrogates_in_what_is_known_of_a_report() -> None:
    row = khabar.extract(["خبر"], ids=["\ud800"], titles=["a\udfff"]).documents.to_pylist()[0]
    assert (row["doc_id"], row["title"]) == ("\ufffd", "a\ufffd")


@pytest.mark.parametrize("text", ["", " ", "\n\t\u00a0\u3000"])
def test_nothing_but_space(text: str) -> None:
    x = khabar.extract([text])
    assert warnings(x) == [["empty text"]]
    assert len(x.claims) == 0


@pytest.mark.parametrize("text", ["Five killed in Raqqa", "12345", "пятеро", "\x00", "\x00\x00 ."])
def test_no_arabic(text: str) -> None:
    x = khabar.extract([text])
    assert warnings(x) == [["no Arabic letters"]]


def test_a_nul_in_a_report(report: str) -> None:
    text = report.replace(" ", "\x00", 3) + "\x00"
    x = khabar.extract([text], ids=["a"])
    assert x.documents.to_pylist()[0]["n_chars"] == len(text)
    assert_evidence(x, {"a": text})


def test_more_reports_than_a_batch_keep_their_order() -> None:
    texts = ["خبر " * (i % 7) for i in range(1000)]
    got = khabar.extract(texts).documents.to_pylist()
    assert [(row["doc_id"], row["n_chars"]) for row in got] == [(str(i), len(t)) for i, t in enumerate(texts)]


def test_the_evidence_of_the_demonstration() -> None:
    reports = demo()
    x = khabar.extract(reports)
    for table in x.tables.values():
        assert len(table) > 0
    assert_evidence(x, {str(row["id"]): row["text"] for row in reports})


DEMO = [row["text"] for row in demo()]


@st.composite
def spoiled_reports(draw: st.DrawFn) -> str:
    """A demonstration's report with odd characters put in and stretches cut out."""
    text = draw(st.sampled_from(DEMO))
    for _ in range(draw(st.integers(0, 8))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(PIECES) + text[at + draw(st.integers(0, 30)) :]
    return text


@settings(deadline=None, max_examples=100)
@given(spoiled_reports())
def test_offsets_hold_in_spoiled_reports(text: str) -> None:
    x = khabar.extract([text], ids=["a"], published="2017-07-13")
    assert not [w for row in warnings(x) for w in row if "failed" in w]
    assert_evidence(x, {"a": text})
