"""Reports from files: plain text, folders of it, JSON lines, CSV and Parquet, also compressed.

`read` gives them all at once, `scan` one after the other. A report is a mapping with text, id, published, outlet and title,
as `khabar.extract` takes it.
"""

from __future__ import annotations

import csv
import json
import os
import sys
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from khabar import _limits
from khabar._errors import ReadError, not_utf8
from khabar._inputs import FIELDS, day, is_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import BinaryIO

    Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]
    Report = dict[str, Any]
    # The mapping of a report, and where it stands for messages.
    Found = Iterator[tuple[Report, str]]

KINDS = {
    ".txt": "txt", ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".tsv": "tsv", ".parquet": "parquet",
}  # fmt: skip
PACKED = {".gz": "gzip", ".zst": "zstd"}
STDIN = "standard input"
# Bytes that are read and unpacked together.
PIECE = 1 << 20


def read(
    paths: Paths,
    *,
    text: str | None = None,
    id: str | None = None,
    published: str | None = None,
    outlet: str | None = None,
    title: str | None = None,
    format: str | None = None,
) -> list[Report]:
    """Reads the reports of one or more files, ready for `khabar.extract`.

    Args:
        paths: a path, or several. `.txt` is one report, called by its file's name; a folder is all `.txt` files in it and
            below, called by their paths within it; `.jsonl` (or `.ndjson`), `.csv`, `.tsv` and `.parquet` hold a report a
            row, in columns `text` and, where present, `id` or `doc_id`, `published`, `outlet`, `title`. Each may end in `.gz` or `.zst`.
            "-" is standard input.
        text, id, published, outlet, title: the columns (or keys), where they are called otherwise. `published` may be a day as
            2017-07-01, which stands for all reports.
        format: `txt`, `jsonl`, `csv`, `tsv` or `parquet`, whatever the file is called.

    Returns:
        A mapping per report, with the keys text, id, published, outlet and title. What a file does not say is None, and an
        empty cell of a CSV is None.

    Raises:
        ReadError: a file is missing or cannot be read as what its name says; it is not UTF-8 (with the byte's offset from 0,
            in the unpacked file); a row has no text, or a date that is none; two reports have one id; a report takes more than
            256 MiB, or all of them more than the memory. The message names file and line or row.

    Examples:
        >>> import khabar, tempfile, pathlib
        >>> path = pathlib.Path(tempfile.mkdtemp()) / "news.csv"
        >>> _ = path.write_text("id,body,published\\na,خبر,2017-07-01\\n", encoding="utf-8")
        >>> khabar.read(path, text="body")
        [{'text': 'خبر', 'id': 'a', 'published': '2017-07-01', 'outlet': None, 'title': None}]
    """
    names = {"text": text, "id": id, "published": published, "outlet": outlet, "title": title}
    found, size, most = [], 0, _limits.memory()
    for report in reports(paths, names, format):
        found.append(report)
        size += len(report["text"] or "")
        if size > most:
            raise ReadError(
                f"{size:,} letters in the first {len(found):,} reports, and there are {most:,} bytes of memory: "
                "khabar.scan reads one report after the other"
            )
    return found


def scan(
    paths: Paths,
    *,
    text: str | None = None,
    id: str | None = None,
    published: str | None = None,
    outlet: str | None = None,
    title: str | None = None,
    format: str | None = None,
) -> Iterator[Report]:
    """Reads reports one after the other, holding no more than a file's piece, for `Extractor.stream`.

    Arguments, results and errors are those of `khabar.read`; an error comes when its row is reached.

    Examples:
        >>> import khabar
        >>> for x in khabar.Extractor().stream(khabar.scan([])):
        ...     print(len(x.claims))
    """
    names = {"text": text, "id": id, "published": published, "outlet": outlet, "title": title}
    return reports(paths, names, format)


def demo() -> list[Report]:
    """Five short reports of one battle, written for the package: the war is real, the incidents are invented.

    Examples:
        >>> import khabar
        >>> len(khabar.extract(khabar.demo()).documents)
        5
    """
    import tomllib

    folder = Path(__file__).parent / "demo"
    listed = tomllib.loads((folder / "reports.toml").read_text(encoding="utf-8"))["report"]
    return [
        {"text": (folder / entry["file"]).read_text(encoding="utf-8"), "id": Path(entry["file"]).stem}
        | {key: entry[key] for key in ("published", "outlet", "title")}
        for entry in listed
    ]


def reports(
    paths: Paths,
    names: Mapping[str, str | None],
    format: str | None = None,
    watch: Callable[[int], object] | None = None,
) -> Iterator[Report]:
    """The reports of all paths; `watch` is called with the bytes read of all files so far, packed as they are."""
    if format is not None and format not in KINDS.values():
        raise ReadError(f"format {format!r}: one of {', '.join(dict.fromkeys(KINDS.values()))} is needed")
    seen: dict[str, str] = {}
    before = 0
    for path, called in files(paths):
        source = _Source(path)
        with source:
            for report, where in _found(source, called, names, format):
                name = report["id"]
                if name is not None and (other := seen.get(str(name))) is not None:
                    taken = "the file is given twice" if other == where else f"its id {name!r} is taken by {other}"
                    raise ReadError(f"{where}: {taken}")
                if name is not None:
                    seen[str(name)] = where
                try:
                    day(report["published"])
                except ValueError as error:
                    raise ReadError(f"{where}: {names.get('published') or 'published'}: {error}") from None
                if watch is not None:
                    watch(before + source.position())
                yield report
            before += source.position()


def files(paths: Paths) -> Iterator[tuple[str, str]]:
    """Each file, and what a plain text is called by; folders are looked through.

    Raises:
        ReadError: a path is not there, or a folder has nothing to read.
    """
    for path in [paths] if isinstance(paths, (str, os.PathLike)) else paths:
        name = str(path)
        if name == "-":
            yield name, "stdin"
            continue
        file = Path(path)
        if not file.is_dir():
            yield name, _stem(file.name)
            continue
        inside = sorted(f for f in file.rglob("*") if _kind(f.name) == "txt" and f.is_file() and Path(f.name).suffix)
        if not inside:
            others = sorted({f.suffix for f in file.iterdir() if _kind(f.name) and f.is_file()})
            hint = f"; for its other files, give {Path(name) / f'*{others[0]}'}" if others else ""
            raise ReadError(f"{name}: no .txt file in this folder{hint}")
        for one in inside:
            within = one.relative_to(file)
            yield str(one), (within.parent / _stem(within.name)).as_posix()


def _stem(name: str) -> str:
    path = Path(name)
    return Path(path.stem).stem if path.suffix.lower() in PACKED else path.stem


def _kind(name: str) -> str | None:
    """What a file holds, by its name; none is plain text."""
    path = Path(name)
    suffix = Path(path.stem).suffix if path.suffix.lower() in PACKED else path.suffix
    return KINDS.get(suffix.lower(), "txt" if not suffix else None)


def decode(data: bytes, where: str, offset: int = 0) -> str:
    """UTF-8 as text, without the mark that may begin a file.

    Raises:
        ReadError: naming the place and the first wrong byte by its offset in the file, where `data` begins at `offset`.
    """
    try:
        return data.decode("utf-8" if offset else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReadError(f"{where}: {not_utf8(error, len(data), offset)}") from None


class _Source:
    """A file's bytes, unpacked; closes what it opened."""

    def __init__(self, path: str) -> None:
        self.path = STDIN if path == "-" else path
        self._packed: BinaryIO | None = None
        self._share: float | None = None
        try:
            self._packed = sys.stdin.buffer if path == "-" else Path(path).open("rb")  # noqa: SIM115
        except OSError as error:
            raise ReadError(f"{path}: {error.strerror}") from None
        self._packing = PACKED.get(Path(path).suffix.lower())
        self._file: Any = self._packed
        if self._packing:
            import pyarrow as pa

            self._file = pa.input_stream(self._packed, compression=self._packing)

    def __enter__(self) -> _Source:
        return self

    def __exit__(self, *_: object) -> None:
        if self._packed is not None and self.path != STDIN:
            self._packed.close()

    def come(self, share: float) -> None:
        """How much of the file is done, where it is not read from its beginning to its end."""
        self._share = share

    def position(self) -> int:
        try:
            if self._share is not None and self.path != STDIN:
                return int(Path(self.path).stat().st_size * self._share)
            return 0 if self._packed is None else self._packed.tell()
        except (OSError, ValueError):
            return 0

    def read(self, size: int = -1) -> bytes:
        try:
            data: bytes = self._file.read() if size < 0 else self._file.read(size)
        except OSError as error:
            what = f"not {self._packing} data, or cut off" if self._packing else error.strerror or str(error)
            raise ReadError(f"{self.path}: {what}") from None
        return data

    def pieces(self) -> Iterator[bytes]:
        while piece := self.read(PIECE):
            yield piece

    def whole(self) -> str:
        taken = bytearray()
        for piece in self.pieces():
            taken += piece
            _check_report(len(taken), self.path)
        return decode(bytes(taken), self.path)

    def lines(self) -> Iterator[str]:
        """The lines with their ends. A line ends at LF alone: a report may hold U+2028 and the like."""
        offset, number = 0, 1
        line = bytearray()
        for piece in self.pieces():
            # Put together only at its end: a line may take many pieces.
            first, *others = piece.split(b"\n")
            line += first
            _check_report(len(line), f"{self.path}:{number}")
            for other in others:
                yield decode(bytes(line) + b"\n", f"{self.path}:{number}", offset)
                offset += len(line) + 1
                number += 1
                line = bytearray(other)
        if line:
            yield decode(bytes(line), f"{self.path}:{number}", offset)

    def seekable(self) -> Any:
        """What a reader of Parquet can jump about in."""
        if not self._packing and self.path != STDIN:
            return self._packed
        taken = BytesIO()
        for piece in self.pieces():
            taken.write(piece)
            if told := _limits.too_much(taken.tell()):
                raise ReadError(f"{self.path}: {told}")
        return taken


def _check_report(size: int, where: str) -> None:
    if size > _limits.REPORT:
        raise ReadError(f"{where}: more than {_limits.REPORT:,} bytes, the most that a report may have")


def _found(source: _Source, called: str, names: Mapping[str, str | None], format: str | None) -> Found:
    kind = format or _kind("" if source.path == STDIN else source.path)
    if kind == "txt":
        day = names.get("published")
        if day is not None and not is_day(day):
            raise ReadError(f"{source.path}: plain text has no column {day!r}; a day such as 2017-07-01 can be given")
        return iter([(dict.fromkeys(FIELDS) | {"text": source.whole(), "id": called, "published": day}, source.path)])
    if kind == "jsonl":
        return _json_lines(source, names)
    if kind in ("csv", "tsv"):
        return _csv(source, names, "\t" if kind == "tsv" else ",")
    if kind == "parquet":
        return _parquet(source, names)
    known = ", ".join(KINDS)
    raise ReadError(f"{source.path}: one of {known} (also .gz, .zst) or a folder of .txt files is needed")


def _json_lines(source: _Source, names: Mapping[str, str | None]) -> Found:
    for number, line in enumerate(source.lines(), start=1):
        if not line.strip():
            continue
        where = f"{source.path}:{number}"
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise ReadError(f"{where}: not JSON: {error}") from None
        if not isinstance(record, dict):
            raise ReadError(f"{where}: an object is needed, not {type(record).__name__}")
        yield _report(record, names, where), where


def _csv(source: _Source, names: Mapping[str, str | None], delimiter: str) -> Found:
    # A report can be longer than the 128 KiB that the module takes for a cell; the limit is the process's own.
    csv.field_size_limit(max(csv.field_size_limit(), 2**31 - 1))
    head: list[str] | None = None
    begin, taken = 1, 0

    def lines() -> Iterator[str]:
        nonlocal taken
        for line in source.lines():
            taken += len(line)
            _check_report(taken, f"{source.path}:{begin}")
            yield line

    rows = csv.reader(lines(), delimiter=delimiter, strict=True)
    try:
        for row in rows:
            where, taken = f"{source.path}:{begin}", 0
            begin = rows.line_num + 1
            if head is None:
                head = row
                if len(set(head)) < len(head):
                    twice = next(name for name in head if head.count(name) > 1)
                    raise ReadError(f"{where}: two columns are called {twice!r}")
                _report(dict.fromkeys(head), names, where)
            elif row:
                if len(row) != len(head):
                    raise ReadError(f"{where}: {len(row)} cells under {len(head)} columns")
                yield _report({k: v or None for k, v in zip(head, row, strict=True)}, names, where), where
    except csv.Error as error:
        raise ReadError(f"{source.path}:{begin}: not CSV: {error}") from None
    if head is None:
        raise ReadError(f"{source.path}: no line of column names")


def _parquet(source: _Source, names: Mapping[str, str | None]) -> Found:
    import pyarrow as pa

    try:
        file = _limits.opened(source.seekable())
    except (pa.ArrowException, OSError) as error:
        raise ReadError(f"{source.path}: not Parquet: {error}") from None
    _report(dict.fromkeys(file.schema_arrow.names), names, source.path)
    wanted = {names.get(field) or known for field, all in FIELDS.items() for known in all}
    number = 0
    try:
        columns = [name for name in file.schema_arrow.names if name in wanted]
        for batch in file.iter_batches(1000, columns=columns):
            for row in range(len(batch)):
                number += 1
                source.come(number / file.metadata.num_rows)
                where = f"{source.path}: row {number}"
                record = {name: batch[name][row].as_py() for name in columns}
                yield _report(record, names, where), where
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise ReadError(f"{source.path}: row {number + 1}: {error}") from None


def _report(record: Mapping[str, Any], names: Mapping[str, str | None], where: str) -> Report:
    """A record's fields under the names that `khabar.extract` knows."""
    report: Report = {}
    for field, known in FIELDS.items():
        asked = names.get(field)
        if field == "published" and asked is not None and asked not in record and is_day(asked):
            report[field] = asked
            continue
        if asked is not None and asked not in record:
            raise ReadError(f"{where}: no {asked!r} for {field}; there are {_listed(record)}")
        name = asked or next((name for name in known if name in record), None)
        if field == "text" and name is None:
            raise ReadError(f"{where}: no 'text'; there are {_listed(record)}{_hint(record)}")
        report[field] = None if name is None else record[name]
    text = report["text"]
    if not isinstance(text, (str, type(None))):
        raise ReadError(f"{where}: {names.get('text') or 'text'} is {type(text).__name__}; a string or null is needed")
    return report


def _hint(record: Mapping[str, Any]) -> str:
    """What is likely to be done about a file without a column of texts."""
    if len(record) == 1 and ";" in next(iter(record)):
        return " (cells are parted by commas, in a .tsv file by tabs)"
    return "; another column of reports is named by text=, on the command line by --text" if record else ""


def _listed(record: Mapping[str, Any]) -> str:
    return ", ".join(repr(name) for name in record) or "none"
