"""Why a claim is there: its words, its rule, what fills each role and where that stands, and who says so."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import khabar._html as page

if TYPE_CHECKING:
    from khabar._tables import Extraction

ROLES = ("agent", "patient", "supporter", "weapon", "victims", "victim_actor", "perpetrator", "place", "time")
# How a trigger stands in its clause: the second half of a rule's name.
SHAPES = {
    "active": "a verb: its subject did it",
    "passive": "a passive verb: its subject suffered it",
    "verb": "a verb that may be active or passive",
    "masdar": "a verbal noun: its genitive is a role",
    "noun": "a noun",
    "active_participle": "an active participle",
    "passive_participle": "a passive participle",
}
# What each rule of attribution saw.
SAYING = {
    "verb_subject": "the verb, and its subject behind it",
    "subject_verb": "the subject, and its verb behind it",
    "elided_speaker": "a verb without a subject: the last speaker that agrees with it",
    "same_speaker": "a participle that goes on with the speaker of the sentence",
    "quoted_saying": "a verbal noun of saying: the speaker is its pronoun",
    "told_by": "a verbal noun of saying with its speaker in the genitive, and what is said right behind",
    "told_in": "a verb and the preposition that brings the source: “it stood in a statement”",
    "headline": "a speaker at the head of a line, and a colon",
    "according_to": "words that bring a source",
    "as_said": "“as”, and a verb of saying with its subject",
    "claimed": "the attack, and the verb that claims it",
}


class UnknownClaimError(KeyError):
    """There is no claim of this id; the message names ids that are like it."""

    def __init__(self, claim_id: str, near: list[str]) -> None:
        super().__init__(claim_id)
        self.claim_id = claim_id
        self.near = near

    def __str__(self) -> str:
        hint = f"; near it are {', '.join(map(repr, self.near))}" if self.near else "; there are no claims"
        return f"no claim is called {self.claim_id!r}{hint}"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of the report: `start` and `end` count its characters from 0, `end` is not included."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Role:
    """What fills a role: its value, the words it was read from, and what these stand for where they only refer to it."""

    name: str
    value: str
    evidence: Evidence
    antecedent: Evidence | None
    sentence: int
    """The sentence of the evidence; another than the claim's where it was carried over."""


@dataclass(frozen=True, slots=True)
class Said:
    """A source, the word that says that it said so, and what is its words."""

    source: str
    evidence: Evidence
    stands_for: Evidence | None
    kind: str | None
    cue: Evidence
    cue_class: str
    direct: bool
    content: Evidence | None
    rule: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """The derivation of a claim, from what the tables record. Printed it is a page to read; `to_dict()` is plain data."""

    claim_id: str
    doc_id: str
    table: str
    type: str
    sentence: int
    evidence: Evidence
    trigger: Evidence
    rule: str
    count: dict[str, Any] | None
    """Of a casualty: `count`, `upper`, `modifier`, `low`, `high`, `victim_class`, `cumulative`."""
    roles: tuple[Role, ...]
    negated: bool
    realis: str
    polarity: Evidence | None
    """The word that negates the claim, or keeps it from being actual."""
    sources: tuple[Said, ...]
    """From the innermost source outwards; empty where the outlet speaks for itself."""
    links: dict[str, str]
    """Claims that this one hangs on: its `event_id`, the group that it is part of (`subset_of`)."""
    confidence: float

    def to_dict(self) -> dict[str, Any]:
        """The same as dicts, lists, strings and numbers."""
        return asdict(self)

    def __repr__(self) -> str:
        return f"<khabar.Explanation {self.claim_id}: {self.type}, {self.rule}>"

    def __str__(self) -> str:
        lines = [f"{self.claim_id}: {self.type} ({self.table}, sentence {self.sentence})"]
        width = max(len(label) for label, _, _ in self._lines())
        for label, words, note in self._lines():
            lines.append(f"  {label:<{width}}  {' · '.join(part for part in (words, note) if part)}")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        head = f"<b>{page.escape(self.claim_id)}</b> · {page.escape(self.type)} · {page.escape(self.rule)}"
        rows = "".join(
            f'<tr><th scope="row" style="{page.CELL};text-align:start">{page.escape(label)}</th>'
            f'<td style="{page.CELL}"><bdi{page.direction(words)}>{page.escape(words)}</bdi></td>'
            f'<td style="{page.CELL}"><bdi>{page.escape(note)}</bdi></td></tr>'
            for label, words, note in self._lines()
        )
        return (
            f'<table style="border-collapse:collapse"><caption style="text-align:start">{head}</caption>'
            f"<tbody>{rows}</tbody></table>"
        )

    def _lines(self) -> list[tuple[str, str, str]]:
        """What is printed: a label, words of the report, and what is to be said of them."""
        shape = SHAPES.get(self.rule.rpartition(".")[2], "")
        out = [
            ("text", self.evidence.text, _at(self.evidence)),
            ("trigger" if self.table == "events" else "anchor", self.trigger.text, _at(self.trigger)),
            ("rule", "", f"{self.rule}{f': {shape}' if shape else ''}"),
        ]
        if self.count is not None:
            given = (
                f"{name} {value}" for name, value in self.count.items() if value is not None and value is not False
            )
            out.append(("count", "", ", ".join(given)))
        for role in self.roles:
            notes = [_at(role.evidence)]
            if role.sentence != self.sentence:
                notes.append(f"from sentence {role.sentence}")
            if role.antecedent is not None:
                notes.append(f"stands for {role.antecedent.text} at {_at(role.antecedent)}")
            elif role.value != role.evidence.text:
                notes.append(f"named in full {role.value}")
            out.append((role.name, role.evidence.text, ", ".join(notes)))
        if self.negated or self.realis != "actual":
            state = "negated" if self.negated and self.realis == "actual" else self.realis
            words = self.polarity.text if self.polarity else ""
            out.append(
                ("polarity", words, f"{state}{f', by the word at {_at(self.polarity)}' if self.polarity else ''}")
            )
        for depth, said in enumerate(self.sources):
            speech = "direct" if said.direct else "indirect"
            out.append(("source" if depth == 0 else "quoted by", said.evidence.text, _at(said.evidence)))
            if said.stands_for is not None:
                out.append(("  stands for", said.stands_for.text, _at(said.stands_for)))
            out.append(
                ("  cue", said.cue.text, f"{said.cue_class} at {_at(said.cue)}, {SAYING.get(said.rule, said.rule)}")
            )
            if said.content is not None:
                out.append(("  says", said.content.text, f"{speech}, {_at(said.content)}"))
        if not self.sources:
            out.append(("source", "", "none: the outlet speaks for itself"))
        out += [(name, "", claim) for name, claim in self.links.items()]
        out.append(("confidence", "", f"{self.confidence:.2f}"))
        return out


def _at(words: Evidence) -> str:
    return f"{words.start}–{words.end}"


def explain(extraction: Extraction, claim_id: str) -> Explanation:
    """The derivation of one claim, from the tables alone."""
    found = next(
        ((name, row) for name in ("events", "casualties") for row in _rows(extraction, name, "claim_id", claim_id)),
        None,
    )
    if found is None:
        raise UnknownClaimError(claim_id, _near(extraction, claim_id))
    table, row = found
    text: str = _rows(extraction, "documents", "doc_id", row["doc_id"])[0]["text"]

    def words(start: int | None, end: int | None) -> Evidence | None:
        return None if start is None or end is None else Evidence(text[start:end], start, end)

    def sure(start: int, end: int) -> Evidence:
        return Evidence(text[start:end], start, end)

    mentions = _rows(extraction, "actors", "doc_id", row["doc_id"])
    by_start = {mention["start"]: mention for mention in mentions}
    sentences = _sentences(extraction, row["doc_id"])

    def role(name: str) -> Role | None:
        evidence = words(row.get(f"{name}_start"), row.get(f"{name}_end"))
        if evidence is None:
            return None
        inside = [m for m in mentions if evidence.start <= m["start"] and m["end"] <= evidence.end]
        refers = next((m["refers_to"] for m in inside if m["refers_to"] is not None), None)
        antecedent = by_start.get(refers)
        return Role(
            name,
            row[name] or evidence.text,
            evidence,
            sure(antecedent["start"], antecedent["end"]) if antecedent else None,
            next((s for start, end, s in sentences if start <= evidence.start < end), row["sentence"]),
        )

    attributions = {a["attribution_id"]: a for a in _rows(extraction, "attributions", "doc_id", row["doc_id"])}
    sources = []
    at = row["attribution_id"]
    while at is not None and at in attributions:
        a = attributions.pop(at)
        sources.append(
            Said(
                a["stands_for"] or a["source"],
                sure(a["source_start"], a["source_end"]),
                words(a["stands_for_start"], a["stands_for_end"]),
                a["source_kind"],
                sure(a["cue_start"], a["cue_end"]),
                a["cue_class"],
                a["direct"],
                words(a["content_start"], a["content_end"]),
                a["rule"],
            )
        )
        at = a["parent"]
    harm = table == "casualties"
    counted = ("count", "upper", "modifier", "low", "high", "victim_class", "cumulative")
    first = "anchor" if harm else "trigger"
    return Explanation(
        claim_id=claim_id,
        doc_id=row["doc_id"],
        table=table,
        type=row["kind" if harm else "type"],
        sentence=row["sentence"],
        evidence=sure(row["start"], row["end"]),
        trigger=sure(row[f"{first}_start"], row[f"{first}_end"]),
        rule=row["rule"],
        count={name: row[name] for name in counted} if harm else None,
        roles=tuple(r for r in map(role, ROLES) if r is not None),
        negated=row["negated"],
        realis=row["realis"],
        polarity=words(row["polarity_start"], row["polarity_end"]),
        sources=tuple(sources),
        links={name: row[name] for name in ("event_id", "subset_of") if row.get(name)},
        confidence=row["confidence"],
    )


def _rows(extraction: Extraction, name: str, column: str, value: str) -> list[dict[str, Any]]:
    import pyarrow.compute as pc

    table = extraction.tables[name].to_arrow()
    rows: list[dict[str, Any]] = table.filter(pc.equal(table[column], value)).to_pylist()
    return rows


def _sentences(extraction: Extraction, doc_id: str) -> list[tuple[int, int, int]]:
    """Stretches that are known to lie in one sentence: those of its mentions."""
    names = ("actors", "locations", "times", "quantities", "claims")
    rows = (row for name in names for row in _rows(extraction, name, "doc_id", doc_id))
    return [(row["start"], row["end"], row["sentence"]) for row in rows]


def _near(extraction: Extraction, claim_id: str) -> list[str]:
    from difflib import get_close_matches

    ids: list[str] = extraction.claims.to_arrow()["claim_id"].to_pylist()
    # Those of the same report first: mostly the number is wrong.
    report = str(claim_id).rpartition("#")[0]
    ids = [one for one in ids if report and one.startswith(f"{report}#")] or ids
    return get_close_matches(str(claim_id), ids, n=3, cutoff=0) if len(ids) < 10_000 else ids[:3]
