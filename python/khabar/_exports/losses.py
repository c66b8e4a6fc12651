"""What a row cannot hold of the claims that it stands for, claim by claim and field by field.

Which numbers and fields a target has room for, and what is said of the others, stands in `exports.toml`.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from khabar._exports.columns import mappings
from khabar._exports.source import is_part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from khabar._exports.source import Happening, Row, Source

# The roles of a party in the rows of events and of casualties.
ROLES = {"agent": "agent", "perpetrator": "agent", "patient": "patient", "victim_actor": "patient"}


def note(source: Source, target: str, happening: Happening) -> None:
    """Notes all that the row of a happening leaves out."""
    said = mappings()["losses"] | mappings()[target]["losses"]
    for harm in happening.harms:
        for claim in harm["claims"]:
            for key, name in _numbers(harm, claim, mappings()[target]["holds"]):
                if key in said:
                    source.lose(claim, said[key].format(what=harm["what"]), name)
    one = {"agent": source.agent(happening), "patient": source.patient(happening)}
    place, days = source.place(happening), source.days(happening)
    for claim in happening.claims:
        for name in ("source", "supporter", "weapon"):
            if name in said and claim.get(name) is not None:
                source.lose(claim, said[name], name)
        if claim["place"] is not None and (place is None or claim["place_id"] != place["place_id"]):
            source.lose(claim, said["nowhere" if place is None else "place"], "place")
        if claim["time"] is not None and claim["time_from"] is not None:
            if days is None or source.span(claim) != days[:2]:
                source.lose(claim, said["time"], "time")
            elif claim["time_to"] - claim["time_from"] < dt.timedelta(days=1):
                source.lose(claim, said["hour"], "time")
        for name, role in ROLES.items():
            party = one[role]
            if claim.get(name) is not None and party is not None and _is_other(claim, name, party):
                source.lose(claim, said["party"], name)


def _numbers(harm: Row, claim: Row, holds: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What is lost of a count: the reason's key, and the field."""
    number = "count" if claim["count"] is not None else "text"
    if harm["what"] not in holds["harms"]:
        yield "harm", number
    elif harm["cumulative"]:
        yield "cumulative", number
    elif is_part(harm):
        yield "part", "victim_class"
    elif harm["best"] is None:
        yield "number", "text"
    else:
        if claim["count"] is not None and claim["count"] not in {harm[name] for name in holds["numbers"]}:
            yield "count", "count"
        if claim["modifier"] not in holds["modifiers"]:
            yield "modifier", "modifier"
        for name in ("upper", "victims"):
            if claim[name] is not None:
                yield name, name


def _is_other(claim: Row, name: str, party: Row) -> bool:
    actor = claim[f"{name}_id"]
    return bool(actor != party["id"] if actor or party["id"] else claim[name] != party["text"])
