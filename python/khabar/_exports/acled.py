"""Rows in ACLED's columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from khabar._exports import losses
from khabar._exports.columns import Export, countries, mappings, table
from khabar._exports.source import ARMED, CIVIL, STATE, Source

if TYPE_CHECKING:
    from khabar._exports.source import Happening, Row
    from khabar._tables import Extraction

# ACLED's codes of actors.
STATE_FORCES, REBELS, PROTESTERS, CIVILIANS, EXTERNAL = 1, 2, 6, 7, 8


def to_acled(extraction: Extraction) -> Export:
    """Event rows in ACLED's columns; see docs/exports.md."""
    source = Source(extraction, "conservative")
    rows = [row for happening in source.happenings if (row := _row(source, happening))]
    for number, row in enumerate(rows, start=1):
        row["event_id_cnty"] = f"{countries().get(row.pop('code'), {}).get('alpha3', 'XXX')}{number}"
    return Export("acled", table("acled", rows), source.losses())


def _row(source: Source, happening: Happening) -> Row | None:
    mapping = mappings()["acled"]
    sub_event = mapping["types"].get(happening.what)
    place, days = source.place(happening), source.days(happening)
    reason = (
        f"ACLED has no event for {happening.what}" if sub_event is None
        else "no place: ACLED's events have one" if place is None or place["country"] is None
        else "no date: neither the claim nor its report has one" if days is None
        else "ACLED has no event for harm without one" if not happening.events and not happening.deaths
        else ""
    )  # fmt: skip
    if reason or place is None or days is None:
        source.refuse(happening, reason)
        return None
    agent, patient = source.agent(happening), source.patient(happening)
    civilians = bool(happening.classes & set(CIVIL)) and "combatant" not in happening.classes
    if happening.what == "capture" and agent and agent["type"] in STATE and agent["country"] == place["country"]:
        sub_event = "Government regains territory"
    if happening.what == "attack" and ((patient and patient["type"] in ARMED) or "combatant" in happening.classes):
        sub_event = "Armed clash"
    event = next(name for name, e in mapping["events"].items() if sub_event in e["sub_events"])
    code = place["country"]
    actor1, inter1 = _actor(agent, code)
    actor2, inter2 = _actor(patient, code)
    organizer: str | None = None
    if happening.what == "protest":
        actor1, inter1, organizer = f"Protesters ({source.country(code)})", PROTESTERS, actor1
    if civilians and (actor2 is None or event == "Violence against civilians"):
        actor2, inter2 = f"Civilians ({source.country(code)})", CIVILIANS
    losses.note(source, "acled", happening)
    first, last, told = days
    length = (last - first).days
    inters = sorted(i for i in (inter1, inter2) if i is not None)
    iso = countries().get(code, {}).get("numeric")
    return {
        "code": code,
        "event_date": first,
        "year": first.year,
        "time_precision": 2 if not told else 1 if length == 0 else 2 if length < 7 else 3,
        "disorder_type": mapping["events"][event]["disorder"],
        "event_type": event,
        "sub_event_type": sub_event,
        "actor1": actor1,
        "assoc_actor_1": organizer,
        "inter1": inter1,
        "actor2": actor2,
        "inter2": inter2,
        "interaction": inters[0] * 10 + (inters[1] if len(inters) > 1 else 0) if inters else None,
        "civilian_targeting": "Civilian targeting" if inter2 == CIVILIANS else None,
        "iso": None if iso is None else int(iso),
        "region": countries().get(code, {}).get("region") or None,
        "country": source.country(code),
        "admin1": place["admin1"],
        "location": place["name"] or place["text"],
        "latitude": place["lat"],
        "longitude": place["lon"],
        "geo_precision": place["geo_precision"],
        "source": "; ".join(source.outlets(happening)),
        "notes": source.notes(happening),
        "fatalities": sum(int(h["best"] or 0) for h in happening.deaths),
    }


def _actor(party: Row | None, code: str) -> tuple[str | None, int | None]:
    if party is None:
        return None, None
    known = {"armed_group": REBELS, "coalition": EXTERNAL, "organization": EXTERNAL}
    known |= dict.fromkeys(STATE, STATE_FORCES if party["country"] == code else EXTERNAL)
    return party["name"], known.get(party["type"] or "")
