"""Event records of PLOVER."""

from __future__ import annotations

from typing import TYPE_CHECKING

from khabar._exports import losses
from khabar._exports.columns import Export, countries, mappings, table
from khabar._exports.source import Source, is_part

if TYPE_CHECKING:
    import pyarrow as pa

    from khabar._exports.source import Happening, Row
    from khabar._tables import Extraction


def to_plover(extraction: Extraction) -> Export:
    """Event records of PLOVER; see docs/exports.md."""
    source = Source(extraction, "best")
    rows = [row for happening in source.happenings if (row := _row(source, happening))]
    return Export("plover", table("plover", rows, _nested()), source.losses())


def _row(source: Source, happening: Happening) -> Row | None:
    mapping = mappings()["plover"]
    days = source.days(happening)
    agent, patient = source.agent(happening), source.patient(happening)
    both = happening.what in mapping["mutual"]
    reason = (
        f"PLOVER has no event for {happening.what}" if happening.what not in mapping["types"]
        else "no date: neither the claim nor its report has one" if days is None
        else "PLOVER's events have a source actor: none is named" if agent is None and not (both and patient)
        else ""
    )  # fmt: skip
    if reason or days is None:
        source.refuse(happening, reason)
        return None
    event, mode, contexts = mapping["types"][happening.what]
    # In mutual events all actors are sources, and there is no recipient.
    sources, recipients = ([agent, patient], []) if both else ([agent], [patient])
    size: dict[str, int | None] = {"dead": None, "injured": None}
    for harm in happening.harms:
        name = {"killed": "dead", "injured": "injured"}.get(harm["what"])
        if name and harm["best"] is not None and not harm["cumulative"] and not is_part(harm):
            size[name] = (size[name] or 0) + int(harm["best"])
    losses.note(source, "plover", happening)
    place = source.place(happening)
    first, last, told = days
    documents = dict.fromkeys(c["doc_id"] for c in happening.claims)
    return {
        "id": happening.fact["fact_id"],
        "date": first,
        "enddate": last if last > first else None,
        "source": [_actor(a) for a in sources if a],
        "recipient": [_actor(a) for a in recipients if a],
        "event": [event],
        "mode": mode or None,
        "context": contexts,
        "quad_code": mapping["quads"][event],
        "event_loc": None
        if place is None
        else {
            "name": place["name"] or place["text"],
            "country": place["country"],
            "lat": place["lat"],
            "lon": place["lon"],
        },
        "size": size,
        "event_text": list(dict.fromkeys(c["trigger"] for c in happening.events)),
        "text": source.notes(happening),
        "cite_info": [{"id": doc, "publisher": source.documents[doc]["outlet"]} for doc in documents],
        "comment": None if told else "date of the report",
    }


def _actor(party: Row) -> Row:
    code = countries().get(party["country"] or "", {}).get("alpha3")
    sector = mappings()["plover"]["sectors"].get(party["type"] or "")
    return {"name": party["name"], "text": party["text"], "code": code, "sector": sector}


def _nested() -> dict[str, pa.DataType]:
    """The types of the columns that hold lists and records."""
    import pyarrow as pa

    text, whole, real = pa.large_string(), pa.int64(), pa.float64()
    actors = pa.list_(pa.struct([(name, text) for name in ("name", "text", "code", "sector")]))
    return {
        "source": actors,
        "recipient": actors,
        "event": pa.list_(text),
        "context": pa.list_(text),
        "event_text": pa.list_(text),
        "event_loc": pa.struct([("name", text), ("country", text), ("lat", real), ("lon", real)]),
        "size": pa.struct([("dead", whole), ("injured", whole)]),
        "cite_info": pa.list_(pa.struct([("id", text), ("publisher", text)])),
    }
