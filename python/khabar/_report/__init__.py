"""One page that shows an extraction to whoever has a browser: nothing is fetched, nothing needs to be installed."""

from __future__ import annotations

import base64
import hashlib
import re
import tomllib
from collections import Counter
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from khabar._html import direction, escape
from khabar._report import charts, data
from khabar._report.agreement import grid
from khabar._sink import written

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    from khabar._tables import Extraction

    Row = dict[str, Any]
    Words = dict[str, dict[str, list[str]]]

TOLLS = ("killed", "injured")


def page(extraction: Extraction, title: str | None = None) -> str:
    """The page as HTML."""
    folder = files("khabar") / "_report"
    words: Words = tomllib.loads((folder / "labels.toml").read_text(encoding="utf-8"))
    script = (folder / "page.js").read_text(encoding="utf-8")
    claims = data.claim_rows(extraction)
    sections = [(name, made) for name, made in _sections(extraction, claims, words) if made]
    listed = [*(name for name, _ in sections), "claims", "sources", "places", "reports"]
    # Only this script runs, whatever the texts hold; and nothing can be asked for from anywhere.
    hashed = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    fields = {
        "policy": f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{hashed}'",
        "title": escape(title or words["page"]["title"][0]),
        "heading": f"<h1{direction(title)}>{escape(title)}</h1>" if title else f"<h1>{both(words, 'title')}</h1>",
        "style": (folder / "page.css").read_text(encoding="utf-8"),
        "script": script,
        "contents": "".join(f'<li><a href="#{name}">{both(words, name)}</a></li>' for name in listed),
        "sections": "".join(
            f'<section id="{name}"><h2 id="h-{name}">{both(words, name)}</h2>{made}</section>'
            for name, made in sections
        ),
        "language_en": escape(words["page"]["language"][0]),
        "language_ar": escape(words["page"]["language"][1]),
        "version": escape(_version()),
        "words": data.inert(words),
        "data": data.page_data(extraction, claims),
    }
    template = (folder / "page.html").read_text(encoding="utf-8")
    # One pass: what is put in is not looked through again.
    return re.sub(r"\{(\w+)\}", lambda m: fields[m[1]] if m[1] in fields else both(words, m[1]), template)


def both(words: Words, key: str, room: str = "page") -> str:
    """A label in both languages, of which the page shows one."""
    english, arabic = words[room].get(key, [key, key])
    return f'<span data-in="en">{escape(english)}</span><span data-in="ar" lang="ar">{escape(arabic)}</span>'


def _version() -> str:
    import khabar

    return khabar.__version__


def write(extraction: Extraction, path: str | os.PathLike[str], title: str | None = None) -> None:
    """Writes the page, all or nothing."""
    made = page(extraction, title)
    with written(path) as file:
        file.write(made)


def _sections(extraction: Extraction, claims: Sequence[Row], words: Words) -> list[tuple[str, str]]:
    return [
        ("summary", _summary(extraction, claims, words)),
        ("map", _map(extraction, claims, words)),
        ("timeline", _timeline(extraction, claims, words)),
        ("agreement", grid(extraction, data.places(extraction), lambda key, room: both(words, key, room))),
    ]


def _summary(extraction: Extraction, claims: Sequence[Row], words: Words) -> str:
    documents = extraction.documents.to_pylist()
    days = sorted(row["published"] for row in documents if row["published"])
    tiles = {
        "reports": len(documents),
        "outlets": len({row["outlet"] for row in documents if row["outlet"]}),
        "events": sum(not claim["casualty"] for claim in claims),
        "casualties": sum(claim["casualty"] for claim in claims),
        "sources": len({claim["source"] for claim in claims if claim["source"]}),
    }
    shown = "".join(f"<li><b>{n:,}</b>{both(words, name)}</li>" for name, n in tiles.items())
    period = f'<p class="meta">{both(words, "period")}: <bdi dir="ltr">{days[0]} – {days[-1]}</bdi></p>' if days else ""
    counts = Counter((claim["what"], claim["casualty"]) for claim in claims)
    most = max(counts.values(), default=1)
    bars = "".join(
        f'<li class="{"casualty" if casualty else "event"}"><span>{both(words, what, "values")}</span>'
        f'<i style="width:{100 * n / most:.1f}%"></i><span>{n:,}</span></li>'
        for (what, casualty), n in counts.most_common()
    )
    return f'<ul class="tiles">{shown}</ul>{period}<h3>{both(words, "by_type")}</h3><ul class="bars">{bars}</ul>'


def _map(extraction: Extraction, claims: Sequence[Row], words: Words) -> str:
    columns = ["place_id", "name", "name_ar", "country", "kind"]
    rows = extraction.locations.to_arrow().select(columns).to_pylist()
    places = charts.place_rows(claims, {row["place_id"]: row for row in rows if row["place_id"]})
    if not places:
        return ""
    drawn, outside = charts.map_svg(places, "h-map", {en: ar for en, ar in words["countries"].values()})
    note = f'<p class="meta">{both(words, "outside")}: {outside}</p>' if outside else ""
    return f'<p class="help">{both(words, "map_help")}</p>{drawn}{note}'


def _timeline(extraction: Extraction, claims: Sequence[Row], words: Words) -> str:
    parts = []
    published = [day for day in extraction.documents.to_arrow()["published"].to_pylist() if day]
    for kind in TOLLS:
        stated = charts.toll_rows(claims, kind)
        tolls = charts.period(stated, published) if stated else []
        if not tolls:
            continue
        left = len(stated) - len(tolls)
        note = f'<p class="meta">{left} {both(words, "other_times")}</p>' if left else ""
        sources = [source for source, _ in Counter(row["source"] for row in tolls).most_common(charts.SOURCES)]
        key = "".join(
            f'<li class="s{n}"><span{direction(source or "")}>{escape(source) if source else both(words, "sourceless")}</span></li>'
            for n, source in enumerate(sources)
        )
        if len({row["source"] for row in tolls}) > len(sources):
            key += f'<li class="s{charts.SOURCES}"><span>{both(words, "others")}</span></li>'
        drawn = charts.timeline_svg(tolls, sources, f"h-{kind}")
        parts.append(f'<h3 id="h-{kind}">{both(words, kind, "values")}</h3><ul class="key">{key}</ul>{drawn}{note}')
    return f'<p class="help">{both(words, "timeline_help")}</p>{"".join(parts)}' if parts else ""
