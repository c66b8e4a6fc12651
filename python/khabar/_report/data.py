"""What the page shows, as JSON that its script reads: every string once, offsets in UTF-16 as browsers count."""

from __future__ import annotations

import base64
import gzip
import json
from functools import cache
from typing import TYPE_CHECKING, Any

from khabar import _markup

if TYPE_CHECKING:
    from collections.abc import Callable

    from khabar._tables import Extraction

    Row = dict[str, Any]

KINDS = ("actor", "place", "time", "number", "cue")
# Of a claim on the page: its columns in the table, then what only its own panel shows.
CLAIM = (
    "id", "doc", "what", "figure", "agent", "patient", "place", "time", "source", "realis", "confidence", "rule",
    "start", "end", "anchor_start", "anchor_end", "casualty", "day", "place_id",
)  # fmt: skip


class Strings:
    """Each string once; a value is its number, and null is -1."""

    def __init__(self) -> None:
        self.all: list[str] = []
        self._numbers: dict[str, int] = {}

    def __call__(self, value: object) -> int:
        if value is None:
            return -1
        text = str(value)
        if text not in self._numbers:
            self._numbers[text] = len(self.all)
            self.all.append(text)
        return self._numbers[text]


def utf16(text: str) -> list[int] | None:
    """Where each code point begins in UTF-16; None where that is its own index."""
    if max(text, default="") <= "\uffff":
        return None
    places = [0]
    for letter in text:
        places.append(places[-1] + (2 if letter > "\uffff" else 1))
    return places


def places(extraction: Extraction) -> Callable[[int], list[int] | None]:
    """Where the code points of a report are, by its number."""
    texts = extraction.documents.to_arrow()["text"]
    return cache(lambda number: utf16(texts[number].as_py() or ""))


def claim_rows(extraction: Extraction) -> list[Row]:
    """Every claim with what the page says of it, report by report, in the order of the text."""
    found = []
    by_report = _markup.rows_by_report(extraction)
    for number, report in enumerate(extraction.documents.to_pylist()):
        for row in _markup.claims(by_report[report["doc_id"]]):
            casualty = "anchor" in row
            realis = "denied" if row["negated"] else row["realis"]
            # A toll that adds up days is as of its report; everything else is of its own day.
            day = report["published"] if casualty and row["cumulative"] else row["time_from"] or report["published"]
            found.append({
                "id": row["claim_id"], "doc": number, "what": row["kind"] if casualty else row["type"],
                "figure": _markup.figure_of(row) if casualty else None,
                "agent": row["perpetrator"] if casualty else row["agent"],
                "patient": row["victims"] if casualty else row["patient"],
                "place": row["place"], "time": row["time"], "source": row["source"],
                "realis": realis, "confidence": row["confidence"], "rule": row["rule"],
                "start": row["start"], "end": row["end"],
                "anchor_start": row["anchor_start" if casualty else "trigger_start"],
                "anchor_end": row["anchor_end" if casualty else "trigger_end"],
                "casualty": casualty, "day": None if day is None else day.isoformat()[:10],
                "place_id": row["place_id"], "lat": row["lat"], "lon": row["lon"], "precision": row["geo_precision"],
                "count": row["count"] if casualty else None, "low": row["low"] if casualty else None,
                "high": row["high"] if casualty else None, "cumulative": bool(casualty and row["cumulative"]),
                "part": bool(casualty and row["subset_of"]), "outlet": report["outlet"],
            })  # fmt: skip
    return found


def page_data(extraction: Extraction, claims: list[Row]) -> str:
    """The data of the page, as its script unpacks it."""
    strings = Strings()
    by_report = _markup.rows_by_report(extraction)
    reports = []
    place = places(extraction)
    for number, report in enumerate(extraction.documents.to_pylist()):
        text = report["text"] or ""
        at = place(number)
        published = report["published"]
        reports.append([
            report["doc_id"], report["outlet"], published and published.isoformat(), report["title"], text,
            _marks(by_report[report["doc_id"]], at, strings),
        ])  # fmt: skip
    rows = []
    for claim in claims:
        at = place(claim["doc"])
        row = []
        for name in CLAIM:
            value = claim[name]
            if isinstance(value, bool):
                value = int(value)
            elif name.endswith(("start", "end")) and value is not None:
                value = at[value] if at else value
            elif name == "confidence" and value is not None:
                value = round(value, 2)
            elif name != "doc":
                value = strings(value)
            row.append(value)
        rows.append(row)
    made: object = {"strings": strings.all, "reports": reports, "columns": CLAIM, "claims": rows, "kinds": KINDS}
    return packed(made)


def packed(value: object) -> str:
    """JSON, packed to a third: a page of two hundred reports is to be sent by mail."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    return base64.b64encode(gzip.compress(text, 9, mtime=0)).decode()


def inert(value: object) -> str:
    """JSON that cannot end the element it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    text = text.encode("utf-8", "replace").decode("utf-8")
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _marks(tables: dict[str, list[Row]], at: list[int] | None, strings: Strings) -> list[int]:
    """Start, end, kind and label of each mention, one after the other."""
    found: list[int] = []
    for mark in _markup.marks(tables, roles=False):
        if mark.kind in KINDS:
            start, end = (at[mark.start], at[mark.end]) if at else (mark.start, mark.end)
            found += [start, end, KINDS.index(mark.kind), strings(mark.label)]
    return found
