"""The map and the timeline as SVG: drawn once, readable without a script, each mark a link to its claim."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from typing import TYPE_CHECKING, Any

from khabar._html import attribute, escape
from khabar._outlines import outlines

if TYPE_CHECKING:
    from collections.abc import Sequence

    Row = dict[str, Any]
    Box = tuple[float, float, float, float]

WIDTH = 960
NAMED = 14
SOURCES = 8
# Days before the first report that the timeline goes back to.
BEFORE = 31


def place_rows(claims: Sequence[Row], names: dict[str, Row]) -> list[Row]:
    """Each place that claims are at, with how many; those without coordinates are left out."""
    found: dict[tuple[str, float, float], Row] = {}
    for claim in claims:
        if claim["lat"] is None:
            continue
        key = (claim["place_id"] or claim["place"], round(claim["lat"], 4), round(claim["lon"], 4))
        known = names.get(claim["place_id"] or "", {})
        row = found.setdefault(key, {
            "key": str(key[0]), "lat": key[1], "lon": key[2], "n": 0, "reports": set(),
            "name": known.get("name") or claim["place"], "name_ar": known.get("name_ar") or claim["place"],
            "kind": known.get("kind"), "precision": claim["precision"],
        })  # fmt: skip
        row["n"] += 1
        row["reports"].add(claim["doc"])
    return sorted(found.values(), key=lambda row: (-row["n"], row["name"]))


def map_svg(places: Sequence[Row], heading: str, countries: dict[str, str]) -> tuple[str, int]:
    """The map round most of the places, and how many lie outside it.

    `heading` is the id of what it stands under, which names it in the language of the page; `countries` has the Arabic
    name of some, by the outline's own.
    """
    box = window(places)
    west, south, east, north = box
    stretch = math.cos(math.radians((south + north) / 2))
    scale = WIDTH / ((east - west) * stretch)
    height = (north - south) * scale

    def at(lon: float, lat: float) -> tuple[float, float]:
        return (lon - west) * stretch * scale, (north - lat) * scale

    shown = [row for row in places if west <= row["lon"] <= east and south <= row["lat"] <= north]
    most = max((row["n"] for row in shown), default=1)
    taken: list[Box] = []

    def free(x: float, y: float, name: str) -> bool:
        """Whether a name has room in the middle above a point; then it is taken."""
        half = len(name) * 3.6
        spot = (x - half, y - 12, x + half, y + 3)
        if any(_meet(spot, other) for other in taken):
            return False
        taken.append(spot)
        return True

    # A district often lies where its city does: there the city is named.
    cities = sorted(shown, key=lambda row: row["kind"] in ("district", "site"))
    named = [row for row in cities if row["kind"] != "country"][:NAMED]
    names: list[str] = []
    for row in named:
        x, y = at(row["lon"], row["lat"])
        y -= _radius(row, most) + 4
        if free(x, y, row["name"]):
            where = f'x="{x:.1f}" y="{y:.1f}"'
            names.append(
                f'<text {where} data-in="en">{escape(row["name"])}</text>'
                f'<text {where} data-in="ar" lang="ar">{escape(row["name_ar"])}</text>'
            )
    labels = []
    for english, (lon, lat) in centres(box, 9 / (scale * stretch)).items():
        x, y = at(lon, lat)
        if not free(x, y, english):
            continue
        where = f'x="{x:.1f}" y="{y:.1f}"'
        arabic = countries.get(english)
        labels.append(f"<text {where}{' data-in=en' if arabic else ''}>{escape(english)}</text>")
        if arabic:
            labels.append(f'<text {where} data-in="ar" lang="ar">{escape(arabic)}</text>')
    circles: list[str] = []
    for row in shown:
        x, y = at(row["lon"], row["lat"])
        said = f"{row['name']} · {row['name_ar']} · {row['n']}"
        wide = ' class="wide"' if row["precision"] == 3 else ""
        circles.append(
            f'<a href="#claims" data-place="{attribute(row["key"])}" data-en="{attribute(row["name"])}" data-ar="{attribute(row["name_ar"])}" aria-label="{attribute(said)}"{wide}>'
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{_radius(row, most):.1f}"><title>{escape(said)}</title></circle></a>'
        )
    land = "".join(f'<path d="{path}"/>' for path in coasts(box, at))
    return (
        f'<div class="chart"><svg class="map" viewBox="0 0 {WIDTH} {height:.0f}" role="group" aria-labelledby="{heading}">'
        f'<g class="land">{land}</g><g class="countries" aria-hidden="true">{"".join(labels)}</g><g class="spots">{"".join(circles)}</g>'
        f'<g class="names" aria-hidden="true">{"".join(names)}</g></svg></div>'
    ), len(places) - len(shown)


def _radius(row: Row, most: int) -> float:
    return 4 + 20 * math.sqrt(row["n"] / most)


def window(places: Sequence[Row]) -> Box:
    """West, south, east and north of the map: nine in ten claims, and some room round them."""

    def most(axis: str) -> tuple[float, float]:
        ordered = sorted((row[axis], row["n"]) for row in places)
        total = sum(n for _, n in ordered)
        below, inside = 0, []
        for value, n in ordered:
            if below + n > total * 0.05 and below < total * 0.95:
                inside.append(value)
            below += n
        return inside[0], inside[-1]

    west, east = most("lon")
    south, north = most("lat")
    lon, lat = (west + east) / 2, (south + north) / 2
    # Wide enough to know the country by its outline, and twice as wide as high on paper.
    stretch = max(math.cos(math.radians(lat)), 0.2)
    wide = min(max((east - west) * 1.3, (north - south) * 1.3 * 2 / stretch, 10.0), 360.0)
    high = wide * stretch / 2
    return lon - wide / 2, lat - high / 2, lon + wide / 2, lat + high / 2


def coasts(box: Box, at: Any) -> list[str]:
    """Country by country, what of its outline is within the window and a little beyond."""
    west, south, east, north = box
    room = (east - west) * 0.02
    west, south, east, north = west - room, south - room, east + room, north + room
    paths = []
    for rings in outlines().values():
        drawn = []
        for ring in rings:
            if max(x for x, _ in ring) < west or min(x for x, _ in ring) > east:
                continue
            if max(y for _, y in ring) < south or min(y for _, y in ring) > north:
                continue
            # Moved to the edge, what lies beyond it neither shows nor tears the shape.
            points = [at(min(max(x, west), east), min(max(y, south), north)) for x, y in ring]
            kept = [f"{x:.1f},{y:.1f}" for x, y in points]
            drawn.append("M" + "L".join(a for a, b in zip(kept, [None, *kept], strict=False) if a != b) + "Z")
        if drawn:
            paths.append("".join(drawn))
    return paths


def centres(box: Box, letter: float) -> dict[str, tuple[float, float]]:
    """Where the name of each country may stand that is well within the window and wider than its name.

    `letter`: the degrees of longitude that a letter takes.
    """
    west, south, east, north = box
    found = {}
    for name, rings in outlines().items():
        points = [(x, y) for ring in rings for x, y in ring if west < x < east and south < y < north]
        widest = max(rings, key=len)
        lons = [x for x, _ in widest]
        if max(lons) - min(lons) < len(name) * letter:
            continue
        # Its outline's middle, where that is on the map; else the middle of what the map shows of it.
        x, y = ((min(axis) + max(axis)) / 2 for axis in zip(*widest, strict=True))
        if not (west < x < east and south < y < north):
            if len(points) < 20:
                continue
            x, y = (sum(axis) / len(points) for axis in zip(*points, strict=True))
        if min(x - west, east - x) > (east - west) * 0.05 and min(y - south, north - y) > (north - south) * 0.05:
            found[name] = (x, y)
    return found


def toll_rows(claims: Sequence[Row], kind: str) -> list[Row]:
    """The stated numbers of a kind that are not part of another, not denied or merely possible, and have a day."""
    return [
        claim for claim in claims
        if claim["casualty"] and claim["what"] == kind and claim["realis"] == "actual" and not claim["part"]
        and claim["day"] and (claim["low"] or claim["high"] or claim["count"])
    ]  # fmt: skip


def period(tolls: Sequence[Row], published: Sequence[dt.date]) -> list[Row]:
    """The tolls of the time that the reports are about: history they recall would leave no room for it."""
    days = sorted(published) or sorted(dt.date.fromisoformat(row["day"]) for row in tolls)
    first = (days[0] - dt.timedelta(days=BEFORE)).isoformat()
    return [row for row in tolls if first <= row["day"] <= days[-1].isoformat()]


def timeline_svg(tolls: Sequence[Row], sources: Sequence[str | None], heading: str) -> str:
    """Numbers by day, from lower to upper bound; a source's colour is its place in `sources`, `heading` as for the map."""
    width, height, left, bottom, margin = WIDTH, 300, 76, 36, 60
    days = [dt.date.fromisoformat(row["day"]) for row in tolls]
    first, last = min(days), max(days)
    span = max((last - first).days, 1)
    top = max(max(row[k] or 0 for k in ("low", "high", "count")) for row in tolls)
    # Equal ratios, equal distances: a battle's tolls run from one to thousands.
    tall = math.log10(top + 1) or 1

    def x(day: dt.date) -> float:
        return left + margin + (width - left - 2 * margin) * (day - first).days / span

    def y(value: float) -> float:
        return height - bottom - (height - bottom - 32) * math.log10(value + 1) / tall

    lines = []
    for value in ticks(top):
        lines.append(
            f'<line x1="{left}" x2="{width}" y1="{y(value):.1f}" y2="{y(value):.1f}"/>'
            f'<text x="{left - 6}" y="{y(value) + 4:.1f}" text-anchor="end">{value:,}</text>'
        )
    parts = min(span, 6)
    for day in sorted({first + dt.timedelta(days=round(span * n / parts)) for n in range(parts + 1)}):
        if day <= last:
            lines.append(f'<text x="{x(day):.1f}" y="{height - 12}" text-anchor="middle">{day.isoformat()}</text>')
    # Those of one day stand side by side, within the room that a day has.
    together = Counter(days)
    room = (width - left - 2 * margin) / span * 0.9 if span > 1 else 200
    beside: Counter[dt.date] = Counter()
    marks = []
    for row, day in sorted(zip(tolls, days, strict=True), key=lambda pair: (pair[1], pair[0]["count"] or 0)):
        step = min(9, room / together[day])
        marks.append(_toll(row, x(day) + (beside[day] - (together[day] - 1) / 2) * step, y, sources))
        beside[day] += 1
    return (
        f'<div class="chart"><svg class="tolls" viewBox="0 0 {width} {height}" role="group" aria-labelledby="{heading}">'
        f'<g class="grid" aria-hidden="true">{"".join(lines)}</g>{"".join(marks)}</svg></div>'
    )


def _toll(row: Row, across: float, y: Any, sources: Sequence[str | None]) -> str:
    low, high = row["low"], row["high"]
    value = row["count"] if row["count"] is not None else low if low is not None else high
    low, high = (value if low is None else low), (value if high is None else high)
    colour = sources.index(row["source"]) if row["source"] in sources else SOURCES
    said = " · ".join(
        str(part)
        for part in (
            row["day"],
            (row["figure"] or "").replace("_", " "),
            row["patient"],
            row["source"] or row["outlet"],
        )
        if part
    )
    parts = []
    if high != low:
        parts.append(f'<line x1="{across:.1f}" x2="{across:.1f}" y1="{y(low):.1f}" y2="{y(high):.1f}"/>')
    # Half open: the words give one bound, and the arrow says on which side the number may lie.
    for open_end, sign in ((row["high"], -1), (row["low"], 1)):
        if open_end is None and row["figure"]:
            tip = y(value) + sign * 16
            parts.append(
                f'<path d="M{across - 3:.1f} {tip - sign * 5:.1f}L{across:.1f} {tip:.1f}L{across + 3:.1f} {tip - sign * 5:.1f}M{across:.1f} {tip:.1f}V{y(value):.1f}"/>'
            )
    if row["cumulative"]:
        parts.append(f'<rect x="{across - 4:.1f}" y="{y(value) - 4:.1f}" width="8" height="8"/>')
    else:
        parts.append(f'<circle cx="{across:.1f}" cy="{y(value):.1f}" r="4.5"/>')
    return (
        f'<a href="#claims" data-claim="{attribute(row["id"])}" class="s{colour}" aria-label="{attribute(said)}">'
        f"<title>{escape(said)}</title>{''.join(parts)}</a>"
    )


def ticks(top: float) -> list[int]:
    """1, 3, 10, 30, … as far as there are numbers; the tens alone where they are many."""
    firsts = (1, 3) if top < 10_000 else (1,)
    return [value for power in range(12) for first in firsts if (value := first * 10**power) <= top] or [1]


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
