"""spaCy: reports as Docs with mentions and claims as spans."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from khabar import _markup

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.language import Language
    from spacy.tokens import Doc, Span

    from khabar._tables import Extraction

NUMBERS = {"percent": "PERCENT", "money": "MONEY", "ordinal": "ORDINAL", "measure": "QUANTITY"}
PEOPLED = {"country", "region", "city", "town", "village", "governorate", "province", "district", "camp"}


def to_spacy(extraction: Extraction, nlp: Language) -> Iterator[Doc]:
    """The reports as spaCy Docs, tokenized by `nlp`.

    `doc.spans` has a group for each of actors, locations, times, quantities, events, casualties and attributions, labelled by
    type; `doc.ents` the mentions that do not overlap, longest first, with OntoNotes' labels (PERSON, ORG, GPE, LOC, DATE,
    CARDINAL …). A span's `kb_id_` is the actor's or place's id, the `span_id` of a claim its claim_id. A span that ends within a token (a clitic
    is no token of its own) grows to the token's edge.

    Args:
        extraction: whose reports.
        nlp: a pipeline, of which the tokenizer alone is used: `spacy.blank("ar")` will do.

    Yields:
        A Doc per report, with `doc.user_data["doc_id"]`; a missing report has no letters.

    Raises:
        ImportError: spaCy is not installed.

    Examples:
        >>> import khabar, spacy  # doctest: +SKIP
        >>> docs = khabar.to_spacy(khabar.extract(khabar.demo()), spacy.blank("ar"))  # doctest: +SKIP
        >>> [span.text for span in next(docs).spans["locations"]]  # doctest: +SKIP
    """
    by_report = _markup.rows_by_report(extraction)
    for report in extraction.documents.to_pylist():
        yield _doc(report, by_report[report["doc_id"]], nlp)


def _doc(report: dict[str, Any], tables: dict[str, list[dict[str, Any]]], nlp: Language) -> Doc:
    from spacy.util import filter_spans

    doc: Doc = nlp.make_doc(report["text"] or "")
    doc.user_data["doc_id"] = report["doc_id"]

    def span(row: dict[str, Any], label: str, kb_id: str | None = None, span_id: str = "") -> Span | None:
        found: Span | None = doc.char_span(
            row["start"], row["end"], label=label, kb_id=kb_id or "", span_id=span_id, alignment_mode="expand"
        )
        return found

    groups = {
        "actors": [span(row, row["type"], row["actor_id"]) for row in tables["actors"]],
        "locations": [span(row, row["kind"], row["place_id"]) for row in tables["locations"]],
        "times": [span(row, row["type"]) for row in tables["times"]],
        "quantities": [span(row, row["kind"]) for row in tables["quantities"]],
        "events": [span(row, row["type"], None, row["claim_id"]) for row in tables["events"]],
        "casualties": [span(row, row["kind"], None, row["claim_id"]) for row in tables["casualties"]],
        "attributions": [
            span({"start": row["content_start"], "end": row["content_end"]}, row["cue_class"], row["source_id"], row["attribution_id"])
            for row in tables["attributions"]
            if row["content_start"] is not None
        ],
    }  # fmt: skip
    for name, spans in groups.items():
        doc.spans[name] = [found for found in spans if found is not None]
    named = [
        span(row, _label(table, row), row.get("actor_id") or row.get("place_id"))
        for table in _markup.MENTIONS
        for row in tables[table]
    ]
    doc.ents = filter_spans([found for found in named if found is not None])
    return doc


def _label(table: str, row: dict[str, Any]) -> str:
    match table:
        case "actors":
            return "PERSON" if row["type"] == "person" else "ORG"
        case "locations":
            return "GPE" if row["kind"] in PEOPLED else "LOC"
        case "times":
            return "TIME" if row["type"] == "TIME" else "DATE"
        case _:
            return NUMBERS.get(row["kind"], "CARDINAL")
