"""Writes python/khabar/_report/outline.json from Natural Earth's countries at 1:50m, as the npm package world-atlas packs them.

    npm pack world-atlas@2 && tar xzf world-atlas-2*.tgz
    python docs/outline.py package/countries-50m.json

Natural Earth is in the public domain. Borders are drawn as that source has them, and say nothing of whose they ought to be.
"""

import itertools
import json
import sys
from pathlib import Path

STEP = 0.02  # degrees: about two kilometres, less than a hair's breadth on a page
TARGET = Path(__file__).parents[1] / "python" / "khabar" / "_report" / "outline.json"


def main(source: str) -> None:
    atlas = json.loads(Path(source).read_text(encoding="utf-8"))
    (sx, sy), (tx, ty) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    arcs = []
    for arc in atlas["arcs"]:
        x = y = 0
        points: list[tuple[int, int]] = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            point = (round((x * sx + tx) / STEP), round((y * sy + ty) / STEP))
            if not points or points[-1] != point:
                points.append(point)
        arcs.append(points)
    countries = {}
    for country in atlas["objects"]["countries"]["geometries"]:
        shapes = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
        rings = [ring for shape in shapes for ring in shape]
        countries[country["properties"]["name"]] = [numbers for ring in rings if (numbers := outline(ring, arcs))]
    countries.pop("Antarctica")
    countries = {name: rings for name, rings in countries.items() if rings}
    made = {
        "source": "Natural Earth 1:50m (public domain), by the npm package world-atlas 2.0.2",
        "step": STEP,
        "countries": countries,
    }
    TARGET.write_text(json.dumps(made, separators=(",", ":"), ensure_ascii=False) + "\n", encoding="utf-8")


def outline(ring: list[int], arcs: list[list[tuple[int, int]]]) -> list[int]:
    """A ring as x, y, then the way to each next point; nothing where it is too small to be seen."""
    points: list[tuple[int, int]] = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc if not points else arc[1:]
    if len(points) < 4:
        return []
    first = list(points[0])
    return first + [n for (ax, ay), (bx, by) in itertools.pairwise(points) for n in (bx - ax, by - ay)]


main(sys.argv[1])
