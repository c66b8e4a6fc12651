"""Tables as HTML for notebooks: inline styles, everything escaped, Arabic from right to left."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from khabar._tables import Extraction, Table

ROWS = 20
ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\u0870-\u08ff\ufb50-\ufdff\ufe70-\ufefc]")
# Not "collapse" alone: some notebooks style every table.
CELL = "padding:.2em .6em;vertical-align:top;border-bottom:1px solid #8884"
NUMBER = f"{CELL};text-align:right"


def render(table: Table) -> str:
    """The first rows, and how many there are."""
    names = table.column_names
    head = "".join(f'<th style="{CELL};text-align:left">{escape(name)}</th>' for name in names)
    shown = table.to_arrow().slice(0, ROWS).to_pylist()
    body = "".join(f"<tr>{''.join(_cell(row[name]) for name in names)}</tr>" for row in shown)
    more = f", the first {ROWS} shown" if len(table) > ROWS else ""
    return (
        f'<div style="overflow-x:auto"><table style="border-collapse:collapse"><caption style="text-align:left">'
        f"<b>{escape(table.name)}</b> · {len(table):,} {'row' if len(table) == 1 else 'rows'}{more}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def overview(extraction: Extraction) -> str:
    """Every table and its size."""
    rows = "".join(
        f'<tr><td style="{CELL}">{name}</td><td style="{NUMBER}">{len(table):,}</td></tr>'
        for name, table in extraction.tables.items()
    )
    return f'<table style="border-collapse:collapse"><tbody>{rows}</tbody></table>'


def _cell(value: Any) -> str:
    if value is None:
        return f'<td style="{CELL};opacity:.4">–</td>'
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return (
            f'<td style="{NUMBER}">{value:g}</td>' if isinstance(value, float) else f'<td style="{NUMBER}">{value}</td>'
        )
    text = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    direction = ' dir="rtl" lang="ar"' if ARABIC.search(text) else ""
    return f'<td{direction} style="{CELL};text-align:start">{escape(text)}</td>'
