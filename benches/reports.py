"""Reports to measure with, one at a time."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import khabar

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def reports(path: Path | None) -> Iterator[dict[str, Any]]:
    """The reports of a file, one at a time; of none, those of the demonstration."""
    if path is None:
        for row in khabar.demo():
            yield {"text": row["text"], "published": str(row["published"])}
        return
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row.get("text"):
                yield {"text": row["text"], "published": row.get("published")}


def endless(path: Path | None) -> Iterator[dict[str, Any]]:
    while True:
        yield from reports(path)
