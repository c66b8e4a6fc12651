"""Tables as HTML for notebooks: inline styles, everything escaped, Arabic from right to left."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

from khabar._agreement import cell as said
from khabar._markup import END, ISOLATE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from khabar._tables import Extraction, Table

ROWS = 20
# A cell longer than this is cut; the whole is in its title.
LONGEST = 80
ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\u0870-\u08ff\ufb50-\ufdff\ufe70-\ufefc]")
# What HTML has no place for, and the controls that would turn round what stands beside them.
FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
CELL = "padding:.2em .6em;vertical-align:top;border-bottom:1px solid #8884"
NUMBER = f"{CELL};text-align:right;font-variant-numeric:tabular-nums"

CLAIM_COLUMNS = (
    "claim_id", "type", "kind", "count", "modifier", "agent", "patient", "victims", "perpetrator", "place", "time",
    "source", "negated", "realis", "rule", "confidence", "text",
)  # fmt: skip


def escape(value: object) -> str:
    """Text between tags."""
    return html.escape(FORBIDDEN.sub("\ufffd", str(value)), quote=False)


def attribute(value: object) -> str:
    """Text within double quotes; line ends are kept."""
    return html.escape(FORBIDDEN.sub("\ufffd", str(value)), quote=True).replace("\n", "&#10;")


def direction(value: object) -> str:
    """What an element with Arabic in it must say of itself."""
    return ' dir="rtl" lang="ar"' if ARABIC.search(str(value)) else ""


def render(table: Table) -> str:
    """The first rows, and how many there are."""
    more = f", the first {ROWS} shown" if len(table) > ROWS else ""
    caption = f"<b>{escape(table.name)}</b> · {len(table):,} {'row' if len(table) == 1 else 'rows'}{more}"
    return rows_table(table.to_arrow().slice(0, ROWS).to_pylist(), table.column_names, table.name, caption)


def rows_table(rows: Iterable[dict[str, Any]], names: Sequence[str], label: str, caption: str = "") -> str:
    """Rows under the columns; a value that a row lacks is null. `label` names them to who hears them."""
    rows = list(rows)
    sides = {name: _side(rows, name) for name in names}
    head = "".join(f'<th scope="col" style="{CELL};text-align:{sides[name]}">{escape(name)}</th>' for name in names)
    body = "".join(f"<tr>{''.join(_cell(row.get(name), sides[name]) for name in names)}</tr>" for row in rows)
    above = f'<caption style="text-align:start">{caption}</caption>' if caption else ""
    return (
        # What is wider than its place is moved by the arrow keys too, once it can be reached.
        f'<div style="overflow-x:auto" tabindex="0" role="region" aria-label="{attribute(label)}"><table style="border-collapse:collapse">{above}'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def overview(extraction: Extraction) -> str:
    """Every table and its size."""
    rows = "".join(
        f'<tr><th scope="row" style="{CELL};text-align:start;font-weight:normal">{name}</th>'
        f'<td style="{NUMBER}">{len(table):,}</td></tr>'
        for name, table in extraction.tables.items()
    )
    return f'<table style="border-collapse:collapse"><tbody>{rows}</tbody></table>'


def _side(rows: Sequence[dict[str, Any]], name: str) -> str:
    """Numbers and Arabic stand below the end of their head, all else below its beginning."""
    values = [row.get(name) for row in rows]
    return "right" if any(is_number(value) or direction(brief(value)) for value in values) else "left"


def is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def brief(value: object) -> str:
    """A value in words; what outlets say and where it stands (columns of agreement) without the names of their fields."""
    if isinstance(value, list):
        return "; ".join(map(brief, value))
    if isinstance(value, dict):
        if "value" in value:
            return f"{ISOLATE}{value['outlet'] or value['doc_id']}{END}: {ISOLATE}{said(value)}{END}"
        return f"{ISOLATE}{value['doc_id']}{END} {value['start']}–{value['end']}"
    return str(value)


def _cell(value: Any, side: str) -> str:
    if value is None:
        return f'<td style="{CELL};text-align:{side};opacity:.4">–</td>'
    if isinstance(value, bool):
        return f'<td style="{CELL};text-align:{side}">{"yes" if value else "no"}</td>'
    if is_number(value):
        return f'<td style="{NUMBER}">{f"{value:.10g}" if isinstance(value, float) else value}</td>'
    text = brief(value)
    whole = ""
    room = ";min-width:14em" if len(text) > 24 else ";white-space:nowrap"
    if len(text) > LONGEST:
        whole = f' title="{attribute(text)}"'
        text = (text[:LONGEST].rpartition(" ")[0] or text[: LONGEST - 1]) + "…"
    return f'<td{direction(text)}{whole} style="{CELL};text-align:{side}{room}">{escape(text)}</td>'
