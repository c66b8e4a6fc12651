"""One report with its evidence marked, for notebooks: right to left, inline styles, everything escaped.

Marks are made of backgrounds alone: padding or a box of its own would tear letters that are joined.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from khabar import _markup
from khabar._html import CELL, CLAIM_COLUMNS, attribute, direction, escape, rows_table

if TYPE_CHECKING:
    import os

    from khabar._markup import Mark, Piece
    from khabar._tables import Extraction

# Translucent, so that they serve on light and dark pages alike.
COLOURS = {
    "actor": "66,133,244,.30",
    "place": "52,168,83,.30",
    "time": "171,71,188,.30",
    "number": "255,160,0,.34",
    "cue": "0,172,193,.34",
}
LINES = {"event": "#1a7fd4", "casualty": "#d93025"}
LANES = 3
NAMES = {"actor": "actor", "place": "place", "time": "time", "number": "number", "cue": "says", "event": "event", "casualty": "casualty"}  # fmt: skip


class Document:
    """A report as it was read, its mentions coloured by kind and its claims underlined; shows itself in notebooks.

    Hovering shows a mention's kind, name and role, and a claim's roles, source and rule. Below stand the claims as a table.

    Attributes:
        doc_id: the report's name.
        text: the report; None where it was missing.
    """

    def __init__(self, extraction: Extraction, doc_id: str) -> None:
        self._row, self._tables = _markup.rows_of(extraction, doc_id)
        self.doc_id = doc_id
        self.text: str | None = self._row["text"]

    def __repr__(self) -> str:
        claims = len(self._tables["events"]) + len(self._tables["casualties"])
        return f"<khabar.Document {self.doc_id}: {len(self.text or ''):,} characters, {claims} claims>"

    def _repr_html_(self) -> str:
        return self._html(2)

    def _html(self, level: int) -> str:
        """The view, with its heading on that level."""
        told = _markup.claims(self._tables)
        columns = [name for name in CLAIM_COLUMNS if any(row.get(name) is not None for row in told)]
        found = _markup.marks(self._tables)
        return (
            f'<div class="khabar-document" style="max-width:60em">{self._head(level)}{_legend({m.kind for m in found})}'
            f'<div dir="rtl" lang="ar" style="white-space:pre-wrap;line-height:2.3;font-size:1.1em;text-align:right">'
            f"{marked(self.text or '', found)}</div>"
            f'<details style="margin-top:.6em"><summary>{len(told)} claims</summary>'
            f"{rows_table(told, columns, 'claims')}</details></div>"
        )

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes the view as an HTML page that needs nothing else."""
        page = (
            '<!doctype html><html lang="en"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">'
            f"<title>{escape(self._row['title'] or self.doc_id)}</title></head>"
            f'<body style="background:Canvas;color:CanvasText;font-family:sans-serif;margin:2em auto;padding:0 1em;max-width:60em"><main>{self._html(1)}</main></body></html>'
        )
        with open(path, "w", encoding="utf-8") as file:  # noqa: PTH123 - takes whatever a path is
            file.write(page)

    def _head(self, level: int) -> str:
        title = self._row["title"] or self.doc_id
        heading = (
            f'<div role="heading" aria-level="{level}"{direction(title)} style="font-weight:bold;font-size:1.2em">'
            f"{escape(title)}</div>"
        )
        known = [self.doc_id if self._row["title"] else None, self._row["outlet"], self._row["published"]]
        shown = " · ".join(f"<bdi>{escape(value)}</bdi>" for value in known if value is not None)
        doubts = "".join(f"<div><em>{escape(warning)}</em></div>" for warning in self._row["warnings"])
        return f'{heading}<div style="opacity:.75">{shown}</div>{doubts}'


def marked(text: str, found: list[Mark]) -> str:
    """The text with a span round each piece that is marked."""
    return "".join(_piece(text, piece) for piece in _markup.pieces(len(text), found))


def _piece(text: str, piece: Piece) -> str:
    shown = escape(text[piece.start : piece.end])
    if not piece.marks:
        return shown
    labels = list(dict.fromkeys(mark.label for mark in reversed(piece.marks) if mark.label))
    # The innermost mention gives the colour.
    mentions = [mark for mark in piece.marks if mark.kind in COLOURS]
    inner = min(mentions, key=lambda mark: mark.end - mark.start, default=None)
    styles = [f"background:rgba({COLOURS[inner.kind]})"] if inner else []
    triggers = {mark.claim for mark in piece.marks if mark.kind == "trigger"}
    lanes = {min(mark.lane, LANES - 1): mark for mark in piece.marks if mark.kind in LINES}
    styles += [_line(mark, lane, mark.claim in triggers) for lane, mark in lanes.items()]
    # A line is the decoration of an element of its own: they lie below each other, and below the letters.
    for style in styles[1:]:
        shown = f'<span style="{style}">{shown}</span>'
    return f'<span title="{attribute(chr(10).join(labels))}" style="{styles[0] if styles else ""}">{shown}</span>'


def _line(mark: Mark, lane: int, trigger: bool) -> str:
    return (
        f"text-decoration:underline {'dotted' if mark.doubtful else 'solid'} {LINES[mark.kind]} {4 if trigger else 2}px;"
        f"text-underline-offset:{0.35 + 0.3 * lane:.2f}em;text-decoration-skip-ink:none"
    )


def _legend(kinds: set[str]) -> str:
    def sample(kind: str) -> str:
        if kind in COLOURS:
            return f"background:rgba({COLOURS[kind]})"
        return f"text-decoration:underline {LINES[kind]} 2px;text-underline-offset:.35em"

    shown: list[Any] = [
        f'<span style="{sample(kind)};padding:0 .4em;margin-inline-end:.6em">{name}</span>'
        for kind, name in NAMES.items()
        if kind in kinds
    ]
    return f'<div style="margin:.4em 0;{CELL};padding-inline:0">{"".join(shown)}</div>' if shown else ""
