"""The outlines of countries that come with the package."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files


@cache
def outlines() -> dict[str, list[list[tuple[float, float]]]]:
    """The outlines of countries, for maps that need no network.

    Returns:
        The rings of every country by its English name, as (longitude, latitude) in degrees, to about two kilometres. They
        are Natural Earth's at 1:50m (public domain); borders are as that source draws them. The same object every time:
        do not change it.

    Examples:
        >>> import khabar
        >>> len(khabar.outlines()["Syria"])
        1
    """
    made = json.loads((files("khabar") / "outline.json").read_text(encoding="utf-8"))
    step = made["step"]
    found: dict[str, list[list[tuple[float, float]]]] = {}
    for name, rings in made["countries"].items():
        found[name] = []
        for numbers in rings:
            x = y = 0
            ring = []
            for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
                x, y = x + dx, y + dy
                ring.append((x * step, y * step))
            found[name].append(ring)
    return found
