"""Tables aligned in a terminal, with Arabic in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from wcwidth import wcswidth, wcwidth

from khabar._html import brief
from khabar._markup import END, ISOLATE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from khabar._tables import Table

GAP = "  "
NARROWEST = 8
ARABIC = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
# Keeps a terminal that orders text by direction from swapping two Arabic cells that stand side by side.
LEFT_TO_RIGHT = "\u200e"


def render(
    table: Table, columns: Sequence[str] | None = None, rows: int = 20, width: int | None = None, marks: bool = False
) -> str:
    """The first rows of a table in aligned columns, none wider than the terminal allows.

    Args:
        table: what to show.
        columns: which columns; all by default. Those that do not fit are named below the table.
        rows: how many rows at most.
        width: of the terminal, in cells; found out by default.
        marks: whether direction marks are put after Arabic cells, for terminals that reorder text.
    """
    if width is None:
        import shutil

        width = shutil.get_terminal_size((100, 24)).columns
    names = list(columns or table.column_names)
    shown = table.to_arrow().slice(0, rows).select(names).to_pylist()
    cells = [names] + [[text(row[name]) for name in names] for row in shown]
    numeric = [all(isinstance(row[name], (int, float, type(None))) for row in shown) for name in names]
    widths, hidden = _fit([max(wcswidth(line[i]) for line in cells) for i in range(len(names))], width)
    lines = []
    for number, line in enumerate(cells):
        parts = []
        for i, room in enumerate(widths):
            cell = cut(line[i], room)
            pad = " " * (room - wcswidth(cell))
            mark = LEFT_TO_RIGHT if marks and ARABIC.search(cell) else ""
            parts.append(pad + cell if numeric[i] and not ARABIC.search(cell) else cell + mark + pad)
        lines.append(GAP.join(parts).rstrip())
        if number == 0:
            lines.append(GAP.join("─" * room for room in widths))
    if not shown:
        lines.append("(no rows)")
    if len(table) > len(shown):
        lines.append(f"… {len(table) - len(shown):,} more rows")
    if hidden:
        lines.append(f"… columns that do not fit: {', '.join(names[len(widths) :])}")
    return "\n".join(lines)


def text(value: Any) -> str:
    """A value in one line, without anything that a terminal would obey."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, (list, dict)):
        # A terminal shows isolates as boxes where it does not know them.
        value = brief(value).replace(ISOLATE, "").replace(END, "")
    line = " ".join(str(value).split())
    return "".join(c if wcwidth(c) >= 0 else "\ufffd" for c in line)


def cut(cell: str, room: int) -> str:
    """The cell itself, or as much of it as fits before an ellipsis."""
    if wcswidth(cell) <= room:
        return cell
    end = used = 0
    for end, letter in enumerate(cell):  # noqa: B007 - read after the loop
        used += wcwidth(letter)
        if used > room - 1:
            break
    kept = cell[:end].rstrip() + "…"
    # A sequence can be wider as a whole than letter by letter (emoji with a selector).
    return kept if wcswidth(kept) <= room else cut(cell[: end - 1], room)


def _fit(wanted: list[int], width: int) -> tuple[list[int], int]:
    """Column widths within `width`: the widest give way first, and where nothing can give, the last columns go."""
    widths = list(wanted)
    while len(widths) > 1 and sum(min(w, NARROWEST) for w in widths) + len(GAP) * (len(widths) - 1) > width:
        widths.pop()
    room = width - len(GAP) * (len(widths) - 1)
    while sum(widths) > room and max(widths) > 1:
        widths[widths.index(max(widths))] -= 1
    return widths, len(wanted) - len(widths)
