"""What stands where in a report: its mentions and claims as layers over the text, for whoever draws them.

Nothing here knows HTML. Offsets are code points of the report as given.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from khabar._tables import Extraction

    Row = dict[str, Any]

# The tables that a report is drawn from, and what a mention of each is called.
MENTIONS = {"actors": "actor", "locations": "place", "times": "time", "quantities": "number"}
# Columns of a claim that name somebody or something in the text.
ROLES = ("agent", "patient", "victims", "perpetrator", "supporter", "weapon", "place", "time", "source")
# Indefinite plurals, by their magnitude.
SIZES = {10: "in tens", 100: "in hundreds", 1000: "in thousands"}
# Keeps the letters of one direction together within a line of the other, where no markup can.
ISOLATE, END = "\u2068", "\u2069"


@dataclass(frozen=True)
class Mark:
    """A stretch of the text and what it is."""

    start: int
    end: int
    kind: str
    """`actor`, `place`, `time`, `number`, `cue`, `event`, `casualty` or `trigger`."""
    label: str
    """What to say of it: a line."""
    claim: str | None = None
    """The claim that it is the evidence or the trigger of."""
    doubtful: bool = False
    """Of a claim: denied, planned or merely possible."""
    lane: int = 0
    """Of a claim: which of the lines below the text is free for it."""


@dataclass
class Piece:
    """A stretch of the text over which no mark begins or ends."""

    start: int
    end: int
    marks: list[Mark] = field(default_factory=list)


def rows_by_report(extraction: Extraction) -> dict[str, dict[str, list[Row]]]:
    """The rows of every table, by report and table. A report without rows has empty lists."""
    names = (*MENTIONS, "attributions", "events", "casualties")
    found: dict[str, dict[str, list[Row]]] = {
        str(name): {table: [] for table in names} for name in extraction.documents.to_arrow()["doc_id"].to_pylist()
    }
    for table in names:
        for row in extraction.tables[table].to_pylist():
            found[row["doc_id"]][table].append(row)
    return found


def rows_of(extraction: Extraction, doc_id: str) -> tuple[Row, dict[str, list[Row]]]:
    """One report's own row, and its rows in the other tables.

    Raises:
        KeyError: there is no such report.
    """
    import pyarrow.compute as pc

    # Reports without ids are called by their numbers, as strings.
    doc_id = str(doc_id)

    def chosen(table: str) -> list[Row]:
        arrow = extraction.tables[table].to_arrow()
        rows: list[Row] = arrow.filter(pc.equal(arrow["doc_id"], doc_id)).to_pylist()
        return rows

    own = chosen("documents")
    if not own:
        known = extraction.documents["doc_id"].to_pylist()
        more = f" and {len(known) - 10:,} more" if len(known) > 10 else ""
        raise KeyError(f"no report {doc_id!r}; there are {', '.join(map(repr, known[:10]))}{more}")
    return own[0], {table: chosen(table) for table in (*MENTIONS, "attributions", "events", "casualties")}


def claims(tables: dict[str, list[Row]]) -> list[Row]:
    """A report's events and casualties in the order of the text, as in the table of claims."""
    return sorted(tables["events"] + tables["casualties"], key=lambda row: (row["start"], -row["end"]))


def marks(tables: dict[str, list[Row]], roles: bool = True) -> list[Mark]:
    """Everything that is to be seen in a report, in the order of the text, the longer before the shorter.

    `roles`: whether a mention's label says which part it has in which claim.
    """
    told = claims(tables)
    parts = _parts(told) if roles else {}
    found = [
        Mark(row["start"], row["end"], kind, _mention(kind, row) + _roles(row, parts))
        for table, kind in MENTIONS.items()
        for row in tables[table]
    ]
    for row in tables["attributions"]:
        if row["cue_start"] is not None:
            label = _line("cue", row["cue_class"], "direct" if row["direct"] else None, ("source", row["source"]))
            found.append(Mark(row["cue_start"], row["cue_end"], "cue", label))
    free: list[int] = []
    for row in told:
        lane = next((n for n, end in enumerate(free) if end <= row["start"]), len(free))
        free[lane : lane + 1] = [row["end"]]
        kind = "casualty" if "anchor" in row else "event"
        doubtful = bool(row["negated"]) or row["realis"] not in (None, "actual")
        label = describe(row)
        found.append(Mark(row["start"], row["end"], kind, label, row["claim_id"], doubtful, lane))
        start, end = (row[f"{'anchor' if kind == 'casualty' else 'trigger'}_{edge}"] for edge in ("start", "end"))
        if start is not None:
            found.append(Mark(start, end, "trigger", "", row["claim_id"], doubtful, lane))
    return sorted(found, key=lambda mark: (mark.start, -mark.end))


def pieces(length: int, found: Iterable[Mark]) -> Iterator[Piece]:
    """The text from beginning to end, cut wherever a mark begins or ends, each piece with the marks over it."""
    found = [mark for mark in found if 0 <= mark.start < mark.end <= length]
    cuts = sorted({0, length, *(mark.start for mark in found), *(mark.end for mark in found)})
    begin: dict[int, list[Mark]] = {}
    for mark in found:
        begin.setdefault(mark.start, []).append(mark)
    over: list[Mark] = []
    for start, end in pairwise(cuts):
        over = [mark for mark in over if mark.end > start] + begin.get(start, [])
        yield Piece(start, end, over)


def describe(row: Row) -> str:
    """A claim in a line: what, who and what in which role, by whose account, by which rule."""
    figure = figure_of(row) if "anchor" in row else None
    doubt = [word for word in ("negated" if row["negated"] else None, row["realis"]) if word not in (None, "actual")]
    return _line(
        row["kind"] if "anchor" in row else row["type"],
        figure,
        *doubt,
        *((role, row[role]) for role in ROLES if row.get(role) is not None),
        ("rule", row["rule"]),
        None if row["confidence"] is None else ("confidence", f"{row['confidence']:.2f}"),
        ("claim", row["claim_id"]),
    )


def figure_of(row: Row) -> str | None:
    """How many, as it is worded: 14, at_least 14, 5–8, in tens."""
    if row["count"] is None:
        size = row["magnitude"]
        return None if size is None else SIZES.get(size, f"in multiples of {size:,}")
    number = f"{row['count']:,}" if row["upper"] in (None, row["count"]) else f"{row['count']:,}–{row['upper']:,}"
    return number if row["modifier"] in (None, "exact", "range") else f"{row['modifier']} {number}"


def _parts(told: list[Row]) -> dict[tuple[int, str], list[str]]:
    """Which words are which role of which claim, by sentence: tables give a role's words, not where they stand."""
    found: dict[tuple[int, str], list[str]] = {}
    for row in told:
        what = row["kind"] if "anchor" in row else row["type"]
        for role in ROLES:
            if row.get(role) is not None:
                found.setdefault((row["sentence"], row[role]), []).append(f"{role} of {what} ({row['claim_id']})")
    return found


def _roles(row: Row, parts: dict[tuple[int, str], list[str]]) -> str:
    return "".join(f"\n  {part}" for part in parts.get((row["sentence"], row["text"]), ()))


def _mention(kind: str, row: Row) -> str:
    match kind:
        case "actor":
            return _line(kind, row["name"], row["actor_id"], row["type"], row["country"], ("basis", row["basis"]))
        case "place":
            known = None if row["lat"] is None else f"{row['lat']:.3f}, {row['lon']:.3f}"
            return _line(
                kind, row["name"], row["place_id"], row["kind"], row["country"], known, row["relation"],
                ("precision", row["geo_precision"]), ("basis", row["basis"]),
            )  # fmt: skip
        case "time":
            return _line(kind, row["value"], row["type"])
        case _:
            value = SIZES.get(row["magnitude"]) if row["value"] is None else f"{row['value']:.10g}"
            modifier = None if row["modifier"] == "exact" else row["modifier"]
            return _line(kind, row["kind"], modifier, value, row["unit"], ("of", row["noun"]))


def _line(*parts: Any) -> str:
    shown = []
    for part in parts:
        name, value = part if isinstance(part, tuple) else (None, part)
        if value is not None:
            shown.append(f"{name}: {ISOLATE}{value}{END}" if name else str(value))
    return " · ".join(shown)


def fillers(claim: Row, tables: dict[str, list[Row]]) -> dict[str, tuple[str, Row]]:
    """The mention that fills each role of a claim, with its table: of those with the role's words the nearest in the sentence."""
    found: dict[str, tuple[str, Row]] = {}
    for role in ROLES:
        words = claim.get(role)
        near = [
            (abs(row["start"] - claim["start"]), n, table, row)
            for n, table in enumerate(MENTIONS)
            for row in tables[table]
            if row["sentence"] == claim["sentence"] and row["text"] == words
        ]
        if words is not None and near:
            _, _, table, row = min(near, key=lambda item: item[:2])
            found[role] = (table, row)
    return found
