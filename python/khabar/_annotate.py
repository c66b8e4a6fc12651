"""Exports for annotation tools: tasks of Label Studio, and brat's standoff files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from khabar import _markup

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

    from khabar._tables import Extraction

    Row = dict[str, Any]

COLOURS = {"actor": "#4285f4", "place": "#34a853", "time": "#ab47bc", "number": "#ffa000", "source": "#00acc1", "event": "#1a7fd4", "casualty": "#d93025"}  # fmt: skip

# Set up a project with this, and the tasks of `to_label_studio` are imported as predictions.
LABEL_STUDIO_CONFIG = (
    '<View style="direction: rtl"><Relations>'
    + "".join(f'<Relation value="{role}"/>' for role in _markup.ROLES)
    + '</Relations><Labels name="label" toName="text">'
    + "".join(f'<Label value="{name}" background="{colour}"/>' for name, colour in COLOURS.items())
    + '</Labels><Text name="text" value="$text" granularity="symbol"/></View>'
)  # fmt: skip


def to_label_studio(extraction: Extraction, path: str | os.PathLike[str] | None = None) -> list[Row]:
    """The reports as tasks of Label Studio, with mentions, claims and roles as predictions to correct.

    Mentions are labelled actor, place, time, number; a claim's evidence event or casualty, with its type and figures in `meta`;
    relations named by role lead from a claim to the mentions that fill it. `khabar.LABEL_STUDIO_CONFIG` is the labelling interface.

    Args:
        extraction: whose reports; missing ones are left out.
        path: where to write the tasks as JSON, for Label Studio's import; None to write nothing.

    Returns:
        A task per report: `data` with text, doc_id, outlet, published and title, and one prediction. Offsets are code points.

    Examples:
        >>> import khabar
        >>> tasks = khabar.to_label_studio(khabar.extract(khabar.demo()))
        >>> len(tasks), tasks[0]["predictions"][0]["result"][0]["type"]
        (5, 'labels')
    """
    tasks = [_task(report, tables, list(_regions(report, tables))) for report, tables in _read(extraction)]
    if path is not None:
        Path(path).write_text(json.dumps(tasks, ensure_ascii=False, indent=1), encoding="utf-8")
    return tasks


def _task(report: Row, tables: dict[str, list[Row]], regions: list[Row]) -> Row:
    import khabar

    published = report["published"]
    data = {"text": report["text"], "doc_id": report["doc_id"], "outlet": report["outlet"], "title": report["title"]}
    return {
        "data": data | {"published": published and published.isoformat()},
        "predictions": [{"model_version": f"khabar {khabar.__version__}", "result": regions}],
    }


def _regions(report: Row, tables: dict[str, list[Row]]) -> Iterator[Row]:
    names: dict[tuple[str, int, int], str] = {}

    def region(name: str, row: Row, label: str, meta: list[str]) -> Row:
        value = {"start": row["start"], "end": row["end"], "text": row["text"], "labels": [label]}
        made = {"id": name, "from_name": "label", "to_name": "text", "type": "labels", "value": value}
        return made | ({"meta": {"text": meta}} if meta else {})

    for table, kind in _markup.MENTIONS.items():
        for n, row in enumerate(tables[table]):
            names[table, row["start"], row["end"]] = name = f"{kind}{n}"
            known = row.get("actor_id") or row.get("place_id") or row.get("value")
            yield region(name, row, kind, [] if known is None else [str(known)])
    for row in _markup.claims(tables):
        kind = "casualty" if "anchor" in row else "event"
        yield region(row["claim_id"], row, kind, [_markup.describe(row)])
        for role, (table, mention) in _markup.fillers(row, tables).items():
            yield {
                "type": "relation", "from_id": row["claim_id"], "to_id": names[table, mention["start"], mention["end"]],
                "direction": "right", "labels": [role],
            }  # fmt: skip


def to_brat(extraction: Extraction, folder: str | os.PathLike[str]) -> None:
    """Writes the reports for brat: a .txt and an .ann file each, and annotation.conf and visual.conf (from right to left).

    Mentions are text-bound annotations (Actor, Place, Time, Number); a claim is an event of its type, whose arguments are
    the mentions that fill its roles; negation and realis are attributes, the figures and the rule a note.

    Args:
        extraction: whose reports; missing ones are left out.
        folder: it is made where it is not there. Files are called by doc_id, with what no file may be called as %XX.

    Raises:
        OSError: a file cannot be written.
    """
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    types: set[str] = set()
    for report, tables in _read(extraction):
        name = quote(report["doc_id"], safe=" ()+,;=@").replace(".", "%2E")
        # newline="": brat counts every letter, and so do the offsets.
        with (target / f"{name}.txt").open("w", encoding="utf-8", newline="") as file:
            file.write(report["text"])
        with (target / f"{name}.ann").open("w", encoding="utf-8", newline="") as file:
            file.writelines(f"{line}\n" for line in _standoff(report["text"], tables))
        types |= {_type(row) for row in _markup.claims(tables)}
    (target / "annotation.conf").write_text(_configuration(types), encoding="utf-8")
    (target / "visual.conf").write_text(_look(types), encoding="utf-8")


def _standoff(text: str, tables: dict[str, list[Row]]) -> Iterator[str]:
    bound: dict[tuple[str, int, int], str] = {}

    def mention(label: str, start: int, end: int) -> str:
        """A text-bound annotation; where it runs over a line's end it is one of several parts, as brat wants it."""
        parts = []
        at = start
        for line in text[start:end].split("\n"):
            if line:
                parts.append((at, at + len(line)))
            at += len(line) + 1
        spans = ";".join(f"{a} {b}" for a, b in parts)
        return f"{label} {spans}\t{' '.join(text[a:b] for a, b in parts)}"

    for table, kind in _markup.MENTIONS.items():
        for row in tables[table]:
            key = (table, row["start"], row["end"])
            if key not in bound:
                bound[key] = f"T{len(bound) + 1}"
                yield f"{bound[key]}\t{mention(kind.capitalize(), row['start'], row['end'])}"
    triggers = len(bound)
    doubts = 0
    for number, row in enumerate(_markup.claims(tables), start=1):
        casualty = "anchor" in row
        start, end = (row[f"{'anchor' if casualty else 'trigger'}_{edge}"] for edge in ("start", "end"))
        trigger = f"T{triggers + number}"
        yield f"{trigger}\t{mention(_type(row), start, end)}"
        filled = _markup.fillers(row, tables).items()
        arguments = "".join(f" {role.capitalize()}:{bound[t, m['start'], m['end']]}" for role, (t, m) in filled)
        yield f"E{number}\t{_type(row)}:{trigger}{arguments}"
        if row["negated"]:
            doubts += 1
            yield f"A{doubts}\tNegated E{number}"
        if row["realis"] not in (None, "actual"):
            doubts += 1
            yield f"A{doubts}\tRealis E{number} {row['realis']}"
        note = _markup.describe(row).replace(_markup.ISOLATE, "").replace(_markup.END, "")
        yield f"#{number}\tAnnotatorNotes E{number}\t{' '.join(note.split())}"


def _type(row: Row) -> str:
    kind: str = row["kind"] if "anchor" in row else row["type"]
    return kind.capitalize()


def _configuration(types: set[str]) -> str:
    roles = ", ".join(f"{role.capitalize()}?:<ENTITY>" for role in _markup.ROLES)
    events = "".join(f"{name}\t{roles}\n" for name in sorted(types))
    entities = "".join(f"{kind.capitalize()}\n" for kind in _markup.MENTIONS.values())
    return (
        # A number may stand within a time, a place within the name of an actor.
        f"[entities]\n{entities}\n[relations]\n<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>\n\n"
        f"[events]\n{events}\n[attributes]\n"
        "Negated\tArg:<EVENT>\nRealis\tArg:<EVENT>, Value:planned|possible|denied\n"
    )


def _look(types: set[str]) -> str:
    colours = {kind.capitalize(): COLOURS[kind] for kind in _markup.MENTIONS.values()}
    drawn = "".join(f"{name}\tbgColor:{colour}\n" for name, colour in colours.items())
    names = "".join(f"{name} | {name}\n" for name in (*colours, *sorted(types)))
    spans = "SPAN_DEFAULT\tfgColor:black, bgColor:#d7e7f7, borderColor:darken\n"
    return (
        f"[options]\nText\tdirection:rtl\n\n[labels]\n{names}\n[drawing]\n{spans}ARC_DEFAULT\tcolor:black\n"
        f"ATTRIBUTE_DEFAULT\tglyph:*\n{drawn}"
    )


def _read(extraction: Extraction) -> Iterator[tuple[Row, dict[str, list[Row]]]]:
    by_report = _markup.rows_by_report(extraction)
    for report in extraction.documents.to_pylist():
        if report["text"] is not None:
            yield report, by_report[report["doc_id"]]
