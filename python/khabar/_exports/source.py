"""What happened, out of an extraction: the facts of its agreement with their claims, as all targets read them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from khabar._exports.columns import countries

if TYPE_CHECKING:
    import pyarrow as pa

    from khabar._tables import Extraction

    Row = dict[str, Any]

CIVIL = ("civilian", "child", "woman", "journalist", "medic", "migrant", "official", "prisoner")
STATE = ("state", "military")
ARMED = (*STATE, "armed_group", "coalition")


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

    @property
    def deaths(self) -> list[Row]:
        """The counts of the dead that belong to the event alone and are no part of another."""
        return [h for h in self.harms if h["what"] == "killed" and not h["cumulative"] and not is_part(h)]

    @property
    def classes(self) -> set[str]:
        return {claim["victim_class"] for harm in self.harms for claim in harm["claims"]}


def is_part(harm: Row) -> bool:
    """Whether it counts some of those whom another number counts."""
    return all(claim["subset_of"] is not None for claim in harm["claims"])


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
        """Notes that a row has no room for a field of a claim, or for the claim."""
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

    def refuse(self, happening: Happening, reason: str) -> None:
        for claim in happening.claims:
            self.lose(claim, reason)

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

    @staticmethod
    def span(claim: Row) -> tuple[dt.date, dt.date]:
        """First and last day of a claim that has a time."""
        first = claim["time_from"].date()
        return first, max((claim["time_to"] - dt.timedelta(microseconds=1)).date(), first)

    def days(self, happening: Happening) -> tuple[dt.date, dt.date, bool] | None:
        """First and last day, and whether a claim tells them; else the day of the earliest report."""
        told = [c for c in happening.claims if c["time_from"] is not None and c["time_to"] is not None]
        if told:
            return *self.span(min(told, key=lambda c: c["time_to"] - c["time_from"])), True
        days = [self.documents[c["doc_id"]]["published"] for c in happening.claims]
        published = min((day for day in days if day is not None), default=None)
        return None if published is None else (published, published, False)

    def agent(self, happening: Happening) -> Row | None:
        """Who did it: name, words, id, and type and country where the lexicon knows them."""
        return self._party(happening.events, "agent") or self._party(_harmed(happening), "perpetrator")

    def patient(self, happening: Happening) -> Row | None:
        """To whom it was done."""
        return self._party(happening.events, "patient") or self.victim(happening)

    def victim(self, happening: Happening) -> Row | None:
        """The party of the dead and injured."""
        return self._party(_harmed(happening), "victim_actor")

    def _party(self, claims: list[Row], role: str) -> Row | None:
        named = sorted((c for c in claims if c[role]), key=lambda c: c[f"{role}_id"] is None)
        if not named:
            return None
        text, actor = named[0][role], named[0][f"{role}_id"]
        known = self.actors.get(actor or "", {})
        return {"name": known.get("name") or text, "text": text, "id": actor} | {
            key: known.get(key) for key in ("type", "country")
        }

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


def _harmed(happening: Happening) -> list[Row]:
    return [claim for harm in happening.harms for claim in harm["claims"]]
