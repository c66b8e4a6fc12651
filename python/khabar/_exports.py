"""Claims in the columns of other data sets: ACLED, UCDP GED, PLOVER.

These hold events, so the claims of several reports about one event are one row: the facts of `Extraction.agreement`. What a
target's columns cannot hold is not dropped in silence: it stands in `losses`, claim by claim.
"""

from __future__ import annotations

import datetime as dt
import math
import tomllib
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from khabar._tables import Table

if TYPE_CHECKING:
    import pyarrow as pa

    from khabar._tables import Extraction

    Row = dict[str, Any]

CIVIL = ("civilian", "child", "woman", "journalist", "medic", "migrant", "official", "prisoner")
STATE = ("state", "military")
ARMED = (*STATE, "armed_group", "coalition")
# ACLED's codes of actors.
STATE_FORCES, REBELS, PROTESTERS, CIVILIANS, EXTERNAL = 1, 2, 6, 7, 8
DAY = dt.timedelta(days=1)


class Export(Table):
    """Rows in the columns of another data set."""

    __slots__ = ("losses",)

    losses: Table
    """What those columns cannot hold: claim_id, doc_id, field (null: the whole claim), value, reason; a row each."""

    def __init__(self, name: str, source: Any, losses: Any) -> None:
        super().__init__(name, source)
        self.losses = losses if isinstance(losses, Table) else Table(f"{name} losses", losses)

    def __reduce__(self) -> tuple[Any, ...]:
        return Export, (self.name, self.to_arrow(), self.losses.to_arrow())


@cache
def mappings() -> dict[str, Any]:
    """The file that says how types are told elsewhere."""
    return tomllib.loads((Path(__file__).parent / "exports.toml").read_text(encoding="utf-8"))


@cache
def countries() -> dict[str, dict[str, str]]:
    """ISO 3166-1 codes and ACLED's regions, by alpha-2 code."""
    lines = (Path(__file__).parent / "countries.tsv").read_text(encoding="utf-8").splitlines()
    head = lines[0].split("\t")
    return {row[0]: dict(zip(head, row, strict=True)) for row in (line.split("\t") for line in lines[1:])}


@dataclass
class Happening:
    """One event: the claims that tell it, and the harm that it did."""

    what: str
    fact: Row
    events: list[Row]
    harms: list[Row] = field(default_factory=list)
    """Facts of casualties."""

    @property
    def claims(self) -> list[Row]:
        return [*self.events, *(claim for harm in self.harms for claim in harm["claims"])]


class Source:
    """An extraction as exports read it, and the losses noted on the way."""

    def __init__(self, extraction: Extraction, policy: str) -> None:
        self.documents = {row["doc_id"]: row for row in extraction.documents.to_pylist()}
        self.actors: dict[str, Row] = {}
        for row in extraction.actors.to_pylist():
            if row["actor_id"] is not None:
                self.actors.setdefault(row["actor_id"], row)
        self.places = {row["place_id"]: row for row in extraction.locations.to_pylist() if row["place_id"] is not None}
        self.events = {row["claim_id"]: row for row in extraction.events.to_pylist()}
        self.casualties = {row["claim_id"]: row for row in extraction.casualties.to_pylist()}
        self.lost: list[Row] = []
        self.happenings = self._happenings(extraction.agreement(policy).to_pylist())

    def lose(self, claim: Row, reason: str, name: str | None = None) -> None:
        value = None if name is None else claim[name]
        self.lost.append(
            {
                "claim_id": claim["claim_id"],
                "doc_id": claim["doc_id"],
                "field": name,
                "value": None if value is None else str(value),
                "reason": reason,
            }
        )

    def _happenings(self, facts: list[Row]) -> list[Happening]:
        happenings = []
        by_claim: dict[str, Happening] = {}
        for fact in facts:
            claims = [self.events[c] for c in fact["claim_ids"] if c in self.events]
            if fact["aspect"] == "event" and (stands := self._standing(claims)):
                happening = Happening(fact["what"], fact, stands)
                happenings.append(happening)
                by_claim |= {claim["claim_id"]: happening for claim in claims}
        for fact in facts:
            claims = [self.casualties[c] for c in fact["claim_ids"] if c in self.casualties]
            if fact["aspect"] != "count" or not (stands := self._standing(claims)):
                continue
            fact = fact | {"claims": stands}
            cause = next((by_claim[c["event_id"]] for c in stands if c["event_id"] in by_claim), None)
            if cause is None:
                kind = next((c["cause"] for c in stands if c["cause"]), "attack")
                cause = Happening(kind, fact, [])
                happenings.append(cause)
            cause.harms.append(fact)
        return happenings

    def _standing(self, claims: list[Row]) -> list[Row]:
        """The claims that say that something happened; the others are lost."""
        stands = []
        for claim in claims:
            if claim["negated"] or claim["realis"] == "denied":
                self.lose(claim, "it did not happen: the claim denies it")
            elif claim["realis"] == "planned":
                self.lose(claim, "it has not happened: planned")
            else:
                stands.append(claim)
                if claim["realis"] == "possible":
                    self.lose(claim, "told as fact: there is no column for what is only possible", "realis")
        return stands

    def place(self, happening: Happening) -> Row | None:
        """The most exact place of the claims: the row of `locations`, with the precision that the claim gives it."""
        told = [c for c in happening.claims if c["place_id"] in self.places and c["lat"] is not None]
        best = min(told, key=lambda c: c["geo_precision"] or 9, default=None)
        return None if best is None else self.places[best["place_id"]] | {"geo_precision": best["geo_precision"]}

    def days(self, happening: Happening) -> tuple[dt.date, dt.date, bool] | None:
        """First and last day, and whether a claim tells them; else the day of the earliest report."""
        told = [c for c in happening.claims if c["time_from"] is not None and c["time_to"] is not None]
        if told:
            best = min(told, key=lambda c: c["time_to"] - c["time_from"])
            last = (best["time_to"] - dt.timedelta(microseconds=1)).date()
            return best["time_from"].date(), max(last, best["time_from"].date()), True
        days = [self.documents[c["doc_id"]]["published"] for c in happening.claims]
        published = min((day for day in days if day is not None), default=None)
        return None if published is None else (published, published, False)

    def party(self, happening: Happening, text: str, actor: str) -> Row | None:
        """The first party in a role: name, type, country and id where the lexicon knows them."""
        named = sorted((c for c in happening.events if c[text]), key=lambda c: c[actor] is None)
        if not named:
            return None
        known = self.actors.get(named[0][actor] or "", {})
        return {"name": known.get("name") or named[0][text], "text": named[0][text], "id": named[0][actor]} | {
            key: known.get(key) for key in ("type", "country")
        }

    def harmed(self, happening: Happening, text: str, actor: str) -> Row | None:
        """The same in the role of a casualty row."""
        return self.party(Happening("", {}, [c for h in happening.harms for c in h["claims"]]), text, actor)

    def country(self, code: str | None) -> str | None:
        """A country's English name as the gazetteer has it, else its code."""
        return (countries().get(code, {}).get("name") or code) if code else None

    def outlets(self, happening: Happening) -> list[str]:
        named = [self.documents[c["doc_id"]]["outlet"] or c["doc_id"] for c in happening.claims]
        return list(dict.fromkeys(named))

    def sources(self, happening: Happening) -> list[str]:
        return list(dict.fromkeys(c["source"] for c in happening.claims if c["source"]))

    def notes(self, happening: Happening) -> str:
        """The sentences' own words, each once, with whoever they are from."""
        told = dict.fromkeys((c["text"], c["source"]) for c in happening.claims)
        return " | ".join(f"{text} ({source})" if source else text for text, source in told)

    def losses(self) -> pa.Table:
        import pyarrow as pa

        names = ("claim_id", "doc_id", "field", "value", "reason")
        return pa.Table.from_pylist(self.lost, schema=pa.schema([(name, pa.large_string()) for name in names]))


def to_acled(extraction: Extraction) -> Export:
    """Event rows in ACLED's columns; see docs/exports.md."""
    source = Source(extraction, "conservative")
    rows = [row for happening in source.happenings if (row := _acled(source, happening))]
    for number, row in enumerate(rows, start=1):
        row["event_id_cnty"] = f"{countries().get(row.pop('code'), {}).get('alpha3', 'XXX')}{number}"
    return Export("acled", _table("acled", rows), source.losses())


def _acled(source: Source, happening: Happening) -> Row | None:
    table = mappings()["acled"]
    sub_event = table["types"].get(happening.what)
    place, days = source.place(happening), source.days(happening)
    reason = (
        f"ACLED has no event for {happening.what}" if sub_event is None
        else "no place: ACLED's events have one" if place is None or place["country"] is None
        else "no date: neither the claim nor its report has one" if days is None
        else None
    )  # fmt: skip
    deaths = [h for h in happening.harms if h["what"] == "killed" and not h["cumulative"]]
    if reason is None and not happening.events and not deaths:
        reason = "ACLED has no event for harm without one"
    if reason is not None or place is None or days is None:
        for claim in happening.claims:
            source.lose(claim, reason or "")
        return None
    agent = source.party(happening, "agent", "agent_id") or source.harmed(happening, "perpetrator", "perpetrator_id")
    patient = source.party(happening, "patient", "patient_id") or source.harmed(
        happening, "victim_actor", "victim_actor_id"
    )
    classes = {c["victim_class"] for h in happening.harms for c in h["claims"]}
    civilians = bool(classes & set(CIVIL)) and "combatant" not in classes
    if happening.what == "capture" and agent and agent["type"] in STATE and agent["country"] == place["country"]:
        sub_event = "Government regains territory"
    if happening.what == "attack" and ((patient and patient["type"] in ARMED) or "combatant" in classes):
        sub_event = "Armed clash"
    event = next(name for name, e in table["events"].items() if sub_event in e["sub_events"])
    code = place["country"]
    actor1, inter1 = _acled_actor(agent, code, source)
    actor2, inter2 = _acled_actor(patient, code, source)
    organizer: str | None = None
    if happening.what == "protest":
        actor1, inter1, organizer = f"Protesters ({source.country(code)})", PROTESTERS, actor1
    if civilians and (actor2 is None or event == "Violence against civilians"):
        actor2, inter2 = f"Civilians ({source.country(code)})", CIVILIANS
    _acled_losses(source, happening, deaths)
    first, last, told = days
    length = (last - first).days
    inters = sorted(i for i in (inter1, inter2) if i is not None)
    return {
        "code": code,
        "event_date": first,
        "year": first.year,
        "time_precision": 2 if not told else 1 if length == 0 else 2 if length < 7 else 3,
        "disorder_type": table["events"][event]["disorder"],
        "event_type": event,
        "sub_event_type": sub_event,
        "actor1": actor1,
        "assoc_actor_1": organizer,
        "inter1": inter1,
        "actor2": actor2,
        "inter2": inter2,
        "interaction": inters[0] * 10 + (inters[1] if len(inters) > 1 else 0) if inters else None,
        "civilian_targeting": "Civilian targeting" if inter2 == CIVILIANS else None,
        "iso": _number(countries().get(code, {}).get("numeric")),
        "region": countries().get(code, {}).get("region") or None,
        "country": source.country(code),
        "admin1": place["admin1"],
        "location": place["name"] or place["text"],
        "latitude": place["lat"],
        "longitude": place["lon"],
        "geo_precision": place["geo_precision"],
        "source": "; ".join(source.outlets(happening)),
        "notes": source.notes(happening),
        "fatalities": sum(int(h["best"] or 0) for h in deaths if not _is_part(h)),
    }


def _acled_actor(party: Row | None, code: str, source: Source) -> tuple[str | None, int | None]:
    if party is None:
        return None, None
    known = {"armed_group": REBELS, "coalition": EXTERNAL, "organization": EXTERNAL}
    known |= dict.fromkeys(STATE, STATE_FORCES if party["country"] == code else EXTERNAL)
    return party["name"], known.get(party["type"] or "")


def _acled_losses(source: Source, happening: Happening, deaths: list[Row]) -> None:
    for harm in happening.harms:
        for claim in harm["claims"]:
            if harm["what"] != "killed":
                source.lose(claim, f"ACLED counts the dead alone: {harm['what']} has no column", "count")
            elif harm["cumulative"]:
                source.lose(claim, "a running toll is no event's: ACLED divides it over events", "count")
            elif _is_part(harm):
                source.lose(claim, "part of another count: ACLED does not tell groups apart", "victim_class")
            else:
                if claim["count"] is not None and claim["count"] != harm["best"]:
                    source.lose(claim, "ACLED keeps the smallest count of several", "count")
                if claim["modifier"] != "exact":
                    source.lose(claim, "ACLED has one number, without its bound", "modifier")
                if claim["upper"] is not None:
                    source.lose(claim, "ACLED has one number, without its range", "upper")
                if claim["victims"] is not None:
                    source.lose(claim, "ACLED does not tell who the dead were", "victims")
    for claim in happening.claims:
        if claim["source"] is not None:
            source.lose(claim, "ACLED names the outlet; who told it stands in the notes alone", "source")
    for claim in happening.events:
        for name in ("supporter", "weapon"):
            if claim[name] is not None:
                source.lose(claim, f"ACLED has no column for a {name}", name)


def _is_part(harm: Row) -> bool:
    return all(claim["subset_of"] is not None for claim in harm["claims"])


def to_ged(extraction: Extraction) -> Export:
    """Deadly events in the columns of UCDP GED; see docs/exports.md."""
    source = Source(extraction, "best")
    rows = [row for happening in source.happenings if (row := _ged(source, happening))]
    for number, row in enumerate(rows, start=1):
        row["id"] = number
    return Export("ged", _table("ged", rows), source.losses())


def _ged(source: Source, happening: Happening) -> Row | None:
    place, days = source.place(happening), source.days(happening)
    deaths = [h for h in happening.harms if h["what"] == "killed" and not h["cumulative"]]
    counted = [h for h in deaths if h["best"] and not _is_part(h)]
    agent = source.party(happening, "agent", "agent_id") or source.harmed(happening, "perpetrator", "perpetrator_id")
    patient = source.harmed(happening, "victim_actor", "victim_actor_id") or source.party(
        happening, "patient", "patient_id"
    )
    violence = _violence(agent, patient, counted)
    reason = (
        "GED holds events that killed somebody: none is counted" if not counted
        else "no place: GED's events have one" if place is None or place["country"] is None
        else "no date: neither the claim nor its report has one" if days is None
        else "GED holds the violence of organised actors: who did it to whom is not told" if violence is None
        else None
    )  # fmt: skip
    if reason is not None or place is None or days is None:
        for claim in happening.claims:
            source.lose(claim, reason or "")
        return None
    sides = [agent, patient if violence != 3 else {"name": "Civilians", "id": None}]
    groups: dict[str, int] = defaultdict(int)
    for harm in counted:
        groups[_side(harm, sides)] += int(harm["best"])
    _ged_losses(source, happening, deaths)
    first, last, told = days
    documents = [source.documents[c["doc_id"]] for c in happening.claims]
    published = [d["published"] for d in documents if d["published"] is not None]
    names = [side["name"] if side else None for side in sides]
    lat, lon = place["lat"], place["lon"]
    region = countries().get(place["country"], {}).get("region") or ""
    length = (last - first).days
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
        "date_prec": 5
        if not told and length > 31
        else 2
        if not told or 0 < length < 6
        else 1
        if length == 0
        else 3
        if length == 6
        else 4
        if length <= 31
        else 5,
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
    """1 state-based, 2 between groups, 3 one-sided."""
    classes = {c["victim_class"] for h in counted for c in h["claims"]}
    if agent is None or agent["type"] not in ARMED:
        return None
    if patient is None or patient["type"] not in ARMED:
        return 3 if classes & set(CIVIL) else None
    return 1 if {agent["type"], patient["type"]} & {*STATE, "coalition"} else 2


def _side(harm: Row, sides: list[Row | None]) -> str:
    classes = {c["victim_class"] for c in harm["claims"]}
    if classes & set(CIVIL):
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


def _ged_losses(source: Source, happening: Happening, deaths: list[Row]) -> None:
    for harm in happening.harms:
        for claim in harm["claims"]:
            if harm["what"] != "killed":
                source.lose(claim, f"GED counts the dead alone: {harm['what']} has no column", "count")
            elif harm["cumulative"]:
                source.lose(claim, "a running toll is no event's", "count")
            elif _is_part(harm):
                source.lose(claim, "part of another count: GED tells civilians from fighters, no more", "victim_class")
            elif harm["best"] is None:
                source.lose(claim, "no number: GED needs one", "anchor")
            elif claim["modifier"] not in ("exact", "range"):
                source.lose(claim, "GED has best, high and low, without the words' bound", "modifier")
    for claim in happening.events:
        for name in ("supporter", "weapon"):
            if claim[name] is not None:
                source.lose(claim, f"GED has no column for a {name}", name)


def to_plover(extraction: Extraction) -> Export:
    """Event records of PLOVER; see docs/exports.md."""
    source = Source(extraction, "best")
    rows = [row for happening in source.happenings if (row := _plover(source, happening))]
    return Export("plover", _table("plover", rows), source.losses())


def _plover(source: Source, happening: Happening) -> Row | None:
    table = mappings()["plover"]
    days = source.days(happening)
    agent = source.party(happening, "agent", "agent_id") or source.harmed(happening, "perpetrator", "perpetrator_id")
    patient = source.party(happening, "patient", "patient_id") or source.harmed(
        happening, "victim_actor", "victim_actor_id"
    )
    both = happening.what in ("clash", "talks", "agreement")
    reason = (
        f"PLOVER has no event for {happening.what}" if happening.what not in table["types"]
        else "no date: neither the claim nor its report has one" if days is None
        else "PLOVER's events have a source actor: none is named" if agent is None and not (both and patient)
        else None
    )  # fmt: skip
    if reason is not None or days is None:
        for claim in happening.claims:
            source.lose(claim, reason or "")
        return None
    event, mode, contexts = table["types"][happening.what]
    # In mutual events all actors are sources, and there is no recipient.
    sources, recipients = ([agent, patient], []) if both else ([agent], [patient])
    size: dict[str, int | None] = {"dead": None, "injured": None}
    for harm in happening.harms:
        name = {"killed": "dead", "injured": "injured"}.get(harm["what"])
        for claim in harm["claims"]:
            if name is None:
                source.lose(claim, f"PLOVER's size counts dead and injured: {harm['what']} has no field", "count")
            elif harm["cumulative"]:
                source.lose(claim, "a running toll is no event's", "count")
            elif _is_part(harm):
                source.lose(claim, "part of another count: PLOVER does not tell groups apart", "victim_class")
            elif claim["modifier"] != "exact":
                source.lose(claim, "PLOVER has one number, without its bound", "modifier")
        if name and harm["best"] is not None and not harm["cumulative"] and not _is_part(harm):
            size[name] = (size[name] or 0) + int(harm["best"])
    place = source.place(happening)
    for claim in happening.claims:
        if place is None and claim["place"] is not None:
            source.lose(claim, "a place without coordinates", "place")
    first, last, told = days
    claims = happening.claims
    return {
        "id": happening.fact["fact_id"],
        "date": first,
        "enddate": last if last > first else None,
        "source": [_plover_actor(a) for a in sources if a],
        "recipient": [_plover_actor(a) for a in recipients if a],
        "event": [event],
        "mode": mode or None,
        "context": contexts,
        "quad_code": table["quads"][event],
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
        "cite_info": [{"id": c["doc_id"], "publisher": source.documents[c["doc_id"]]["outlet"]} for c in claims[:1]],
        "comment": None if told else "date of the report",
    }


def _plover_actor(party: Row) -> Row:
    code = countries().get(party["country"] or "", {}).get("alpha3")
    return {
        "name": party["name"],
        "text": party["text"],
        "code": code,
        "sector": mappings()["plover"]["sectors"].get(party["type"] or ""),
    }


def _number(text: str | None) -> int | None:
    return None if text is None else int(text)


def _table(name: str, rows: list[Row]) -> pa.Table:
    """The rows in the order and with the types of the target's columns, whatever is in them."""
    import pyarrow as pa

    text, whole, real, day = pa.large_string(), pa.int64(), pa.float64(), pa.date32()
    actor = pa.list_(pa.struct([(n, text) for n in ("name", "text", "code", "sector")]))
    kinds: dict[str, pa.DataType] = {
        "event_date": day, "date_start": day, "date_end": day, "date": day, "enddate": day,
        "latitude": real, "longitude": real,
        "source": actor if name == "plover" else text, "recipient": actor,
        "event": pa.list_(text), "context": pa.list_(text), "event_text": pa.list_(text),
        "event_loc": pa.struct([("name", text), ("country", text), ("lat", real), ("lon", real)]),
        "size": pa.struct([("dead", whole), ("injured", whole)]),
        "cite_info": pa.list_(pa.struct([("id", text), ("publisher", text)])),
    }  # fmt: skip
    numbers = (
        "year time_precision inter1 inter2 interaction iso geo_precision fatalities timestamp active_year type_of_violence "
        "conflict_dset_id conflict_new_id dyad_dset_id dyad_new_id side_a_dset_id side_a_new_id side_b_dset_id side_b_new_id "
        "number_of_sources where_prec priogrid_gid country_id event_clarity date_prec deaths_a deaths_b deaths_civilians "
        "deaths_unknown best high low gwnoa gwnob quad_code"
    )
    kinds |= dict.fromkeys(numbers.split(), whole)
    if name == "ged":
        kinds["id"] = whole
    columns = mappings()[name]["columns"]
    return pa.Table.from_pylist(rows, schema=pa.schema([(c, kinds.get(c, text)) for c in columns]))
