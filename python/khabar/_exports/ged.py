"""Deadly events in the columns of UCDP GED."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

from khabar._exports import losses
from khabar._exports.columns import Export, countries, mappings, table
from khabar._exports.source import ARMED, CIVIL, STATE, Source

if TYPE_CHECKING:
    from khabar._exports.source import Happening, Row
    from khabar._tables import Extraction

STATE_BASED, NON_STATE, ONE_SIDED = 1, 2, 3


def to_ged(extraction: Extraction) -> Export:
    """Deadly events in the columns of UCDP GED; see docs/exports.md."""
    source = Source(extraction, "best")
    rows = [row for happening in source.happenings if (row := _row(source, happening))]
    for number, row in enumerate(rows, start=1):
        row["id"] = number
    return Export("ged", table("ged", rows), source.losses())


def _row(source: Source, happening: Happening) -> Row | None:
    place, days = source.place(happening), source.days(happening)
    counted = [harm for harm in happening.deaths if harm["best"]]
    agent, patient = source.agent(happening), source.victim(happening) or source.patient(happening)
    violence = _violence(agent, patient, counted)
    reason = (
        "GED holds events that killed somebody: none is counted" if not counted
        else "no place: GED's events have one" if place is None or place["country"] is None
        else "no date: neither the claim nor its report has one" if days is None
        else "GED holds the violence of organised actors: who did it to whom is not told" if violence is None
        else ""
    )  # fmt: skip
    if reason or place is None or days is None:
        source.refuse(happening, reason)
        return None
    sides = [agent, patient if violence != ONE_SIDED else {"name": "Civilians", "id": None}]
    groups: dict[str, int] = defaultdict(int)
    for harm in counted:
        groups[_side(harm, sides)] += int(harm["best"])
    losses.note(source, "ged", happening)
    first, last, told = days
    documents = [source.documents[c["doc_id"]] for c in happening.claims]
    published = [d["published"] for d in documents if d["published"] is not None]
    names = [side["name"] if side else None for side in sides]
    lat, lon = place["lat"], place["lon"]
    region = countries().get(place["country"], {}).get("region") or ""
    return {
        "relid": happening.fact["fact_id"],
        "year": first.year,
        "active_year": None,
        "code_status": "Clear" if told else "Check",
        "type_of_violence": violence,
        "dyad_name": " - ".join(name for name in names if name),
        "side_a": names[0],
        "side_b": names[1],
        "number_of_sources": len({c["doc_id"] for c in happening.claims}),
        "source_article": "; ".join(dict.fromkeys(d["doc_id"] for d in documents)),
        "source_office": "; ".join(source.outlets(happening)),
        "source_date": min(published).isoformat() if published else None,
        "source_headline": next((d["title"] for d in documents if d["title"]), None),
        "source_original": "; ".join(source.sources(happening)) or None,
        "where_prec": _where(place),
        "where_coordinates": place["name"] or place["text"],
        "where_description": next((c["place"] for c in happening.claims if c["place"]), None),
        "adm_1": place["admin1"],
        "latitude": lat,
        "longitude": lon,
        "geom_wkt": f"POINT ({lon:g} {lat:g})",
        # PRIO-GRID cells are half a degree wide and counted from the south-west, 720 to a row.
        "priogrid_gid": math.floor((lat + 90) * 2) * 720 + math.floor((lon + 180) * 2) + 1,
        "country": source.country(place["country"]),
        "region": mappings()["ged"]["regions"].get(region),
        "event_clarity": 1,
        "date_prec": _date_precision((last - first).days, told),
        "date_start": first,
        "date_end": last,
        "deaths_a": groups["a"],
        "deaths_b": groups["b"],
        "deaths_civilians": groups["civilians"],
        "deaths_unknown": groups["unknown"],
        "best": sum(groups.values()),
        "high": sum(int(h["high"] if h["high"] is not None else h["best"]) for h in counted),
        "low": sum(int(h["low"] if h["low"] is not None else h["best"]) for h in counted),
    }


def _violence(agent: Row | None, patient: Row | None, counted: list[Row]) -> int | None:
    classes = {c["victim_class"] for h in counted for c in h["claims"]}
    if agent is None or agent["type"] not in ARMED:
        return None
    if patient is None or patient["type"] not in ARMED:
        return ONE_SIDED if classes & set(CIVIL) else None
    return STATE_BASED if {agent["type"], patient["type"]} & {*STATE, "coalition"} else NON_STATE


def _side(harm: Row, sides: list[Row | None]) -> str:
    if {c["victim_class"] for c in harm["claims"]} & set(CIVIL):
        return "civilians"
    ids = {c["victim_actor_id"] for c in harm["claims"]} - {None}
    for name, side in zip("ab", sides, strict=True):
        if side and side["id"] in ids:
            return name
    return "unknown"


def _where(place: Row) -> int:
    """UCDP's precision: 1 the place itself, 2 near it, 4 a province, 5 a river or a road, 6 a country."""
    if place["kind"] in ("country", "region", "natural"):
        return {"country": 6, "region": 4, "natural": 5}[place["kind"]]
    return 1 if place["geo_precision"] == 1 else 2


def _date_precision(days: int, told: bool) -> int:
    """1 a day, 2 two to six days, 3 a week, 4 up to a month, 5 up to a year; `days` is how long after the first the last is."""
    if not told:
        return 2
    return next((precision for precision, longest in enumerate((0, 5, 6, 30), start=1) if days <= longest), 5)
