"""The grid of agreement: a row for each fact that several reports speak of, a column for each outlet."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from khabar._html import attribute, direction, escape

if TYPE_CHECKING:
    from collections.abc import Callable, Container

    from khabar._tables import Extraction

    Row = dict[str, Any]
    Label = Callable[[str, str], str]

# What a page has room for.
MOST = 400
COLUMNS = 12
LONGEST = 40
HEADS = ("fact", "place", "time", "relation", "grading", "range")


def grid(extraction: Extraction, places: Callable[[int], list[int] | None], label: Label) -> str:
    """The facts that several reports tell; those that most outlets tell come first.

    Args:
        extraction: whose facts.
        places: of a report's number, where its code points are in UTF-16; None where that is the same.
        label: of a key and the group of labels it belongs to, the words in both languages.
    """
    documents = extraction.documents.to_arrow().select(["doc_id"]).to_pydict()["doc_id"]
    number = {name: n for n, name in enumerate(documents)}
    facts = [row for row in extraction.agreement().to_pylist() if row["relation"] != "single"]
    facts.sort(key=lambda row: (-row["n_outlets"], -row["n_documents"], str(row["time_from"])))
    if not facts:
        return ""
    more = f'<p class="meta">{label("first_facts", "page")}: {len(facts):,}</p>' if len(facts) > MOST else ""
    facts = facts[:MOST]
    spoken = Counter(_outlet(value) for fact in facts for value in fact["values"])
    outlets = [name for name, _ in spoken.most_common(COLUMNS)]
    rest = {name for name in spoken if name not in outlets}

    def figure(fact: Row, value: Row, times: int) -> str:
        said = value["value"] if len(value["value"]) <= LONGEST else value["value"][: LONGEST - 1] + "…"
        # Types have a name in both languages; all else stands in the words of the report.
        shown = label(said, "values") if fact["aspect"] == "event" else f"<bdi{direction(said)}>{escape(said)}</bdi>"
        if value["claim_id"] is None:
            doc = number[value["doc_id"]]
            at = places(doc)
            start, end = (at[value[edge]] if at else value[edge] for edge in ("start", "end"))
            target = f'data-spot="{doc} {start} {end}"'
        else:
            target = f'data-claim="{attribute(value["claim_id"])}"'
        kind = "doubtful" if value["denied"] else "replaced" if value["superseded"] else ""
        source = f' title="{attribute(value["source"])}"' if value["source"] else ""
        count = f" <bdi>×{times}</bdi>" if times > 1 else ""
        return f'<button type="button" class="{kind}" {target}{source}>{shown}</button>{count}'

    def counted(fact: Row) -> str:
        """Who is counted: a class of people, or the noun of a quantity."""
        who = fact["counted"]
        if not who:
            return ""
        return f" · <bdi{direction(who)}>{escape(who)}</bdi>" if direction(who) else f" · {label(who, 'values')}"

    def cell(fact: Row, outlets: Container[str]) -> str:
        """What these outlets say, each figure once, leading to where it stands first."""
        said: dict[tuple[str, bool, bool], list[Row]] = {}
        for value in fact["values"]:
            if _outlet(value) in outlets:
                said.setdefault((value["value"], value["denied"], value["superseded"]), []).append(value)
        return f"<td>{'<br>'.join(figure(fact, values[0], len(values)) for values in said.values())}</td>"

    columns = [{name} for name in outlets] + ([rest] if rest else [])
    rows = "".join(
        f'<tr><th scope="row">{label(fact["what"], "values")}{counted(fact)}<br><small>{label(fact["aspect"], "columns")}</small></th>{_text(fact["place"])}'
        f'<td class="day">{str(fact["time_from"])[:10] if fact["time_from"] else ""}</td>'
        f'<td>{label(fact["relation"], "values")}</td><td class="grading">{label(fact["grading"], "values")}</td>'
        f'<td class="n">{_range(fact)}</td>{"".join(cell(fact, names) for names in columns)}</tr>'
        for fact in facts
    )
    head = "".join(f'<th scope="col">{label(name, "columns")}</th>' for name in HEADS)
    head += "".join(f'<th scope="col"{direction(name)}>{escape(name)}</th>' for name in outlets)
    head += f'<th scope="col">{label("other_outlets", "page")}</th>' if rest else ""
    return (
        f'<p class="help">{label("agreement_help", "page")}</p><div class="scroll" tabindex="0" role="region" '
        f'aria-labelledby="h-agreement"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>{more}'
    )


def _outlet(value: Row) -> str:
    name: str = value["outlet"] or value["doc_id"]
    return name


def _text(value: str | None) -> str:
    return "<td></td>" if value is None else f"<td{direction(value)}>{escape(value)}</td>"


def _range(fact: Row) -> str:
    low, high = (None if fact[bound] is None else f"{fact[bound]:,.10g}" for bound in ("low", "high"))
    if low is None and high is None:
        return "–"
    return low if low == high and low else f"{low or '…'}–{high or '…'}"
