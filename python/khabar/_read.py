"""Reports from files: plain text, folders of it, and JSON lines."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

JSON_LINES = (".jsonl", ".ndjson")


class ReadError(Exception):
    """A file that cannot be read, and where in it."""


def read(paths: list[str]) -> list[dict[str, Any]]:
    """The reports of all paths, as mappings with text, id and whatever else a file says of them.

    A .txt file is a report named after the file, a folder all its .txt files, "-" one report on standard input.

    Raises:
        ReadError: naming the file, and the line where there is one.
    """
    reports = [report for path in paths for report in _read(path)]
    seen: dict[str, str] = {}
    for report in reports:
        source = report.pop(SOURCE)
        name = report.get("id")
        if name is not None and (other := seen.setdefault(str(name), source)) != source:
            raise ReadError(f"{source}: its id {name!r} is taken by {other}")
    return reports


SOURCE = "\0source"


def _read(path: str) -> Iterator[dict[str, Any]]:
    if path == "-":
        yield {"text": _decode(sys.stdin.buffer.read(), "standard input"), "id": "stdin", SOURCE: "standard input"}
        return
    file = Path(path)
    if file.is_dir():
        files = sorted(file.glob("*.txt"))
        if not files:
            raise ReadError(f"{path}: no .txt file in this folder")
        for one in files:
            yield from _read(str(one))
        return
    try:
        text = _decode(file.read_bytes(), path)
    except OSError as error:
        raise ReadError(f"{path}: {error.strerror}") from None
    if file.suffix.lower() in JSON_LINES:
        yield from _json_lines(text, path)
    elif file.suffix.lower() in (".txt", ""):
        yield {"text": text, "id": file.stem, SOURCE: path}
    else:
        raise ReadError(f"{path}: a .txt or .jsonl file or a folder of .txt files is needed")


def _json_lines(text: str, path: str) -> Iterator[dict[str, Any]]:
    from khabar._inputs import day

    # Not splitlines: a report may hold U+2028, which is no end of line in JSON.
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        where = f"{path}:{number}"
        try:
            record = json.loads(line)
        except ValueError as error:
            raise ReadError(f"{where}: not JSON: {error}") from None
        if not isinstance(record, dict) or "text" not in record:
            raise ReadError(f'{where}: an object with a "text" is needed')
        report = {key: record.get(key) for key in ("text", "published", "outlet", "title")}
        report["id"] = record.get("id", record.get("doc_id"))
        if not isinstance(report["text"], (str, type(None))):
            raise ReadError(f'{where}: "text" is {type(report["text"]).__name__}; a string or null is needed')
        try:
            day(report["published"])
        except ValueError as error:
            raise ReadError(f'{where}: "published": {error}') from None
        yield report | {SOURCE: where}


def _decode(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ReadError(f"{name}:{line}: not UTF-8") from None
