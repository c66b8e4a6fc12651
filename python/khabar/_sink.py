"""Tables written batch by batch: nothing is seen under its own name until it is whole."""

from __future__ import annotations

import io
import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from khabar._errors import KeptError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import TextIO

    from khabar._keep import Filling
    from khabar._tables import Extraction, Table

# How a file is written, by its suffix; .gz and .zst may follow the first two.
FORMATS = (".csv", ".jsonl", ".parquet")
PACKED = {".gz": "gzip", ".zst": "zstd"}
# All tables in one file, as `Extraction.save` keeps them.
DATABASES = (".duckdb", ".ddb", ".db")

# What nobody means to be a folder.
OTHERS = (".xlsx", ".xls", ".json", ".ndjson", ".tsv", ".txt", ".html", ".sqlite", ".feather", ".arrow", ".pkl", ".zip")


def format_of(path: Path) -> str | None:
    """The suffix that says how to write; None where it says nothing that is known."""
    suffix = path.suffix.lower()
    if suffix in PACKED:
        inner = Path(path.stem).suffix.lower()
        return inner if inner in (".csv", ".jsonl") else None
    return suffix if suffix in FORMATS else None


def is_database(path: Path) -> bool:
    """Whether the suffix is that of a DuckDB file."""
    return path.suffix.lower() in DATABASES and not path.is_dir()


def check_holds_all(path: Path) -> None:
    """Whether all tables can be kept there.

    Raises:
        KeptError: the suffix is that of another kind of file.
    """
    if (format_of(path) or path.suffix.lower() in OTHERS) and not path.is_dir():
        raise KeptError(
            f"{path}: all tables are kept in a folder or a .duckdb file; a single one is written by its write_csv, write_jsonl or write_parquet"
        )


@contextmanager
def written(path: str | os.PathLike[str]) -> Iterator[TextIO]:
    """A text file that gets its name when all is written, so that it may be one of those that are read meanwhile.

    What is no plain file, a device or a pipe, is written to as it is.
    """
    target = Path(path)
    plain = not target.exists() or target.is_file()
    # "." has no name beside which another could stand.
    part = target.with_name(f".{target.name}.{os.getpid()}.part") if plain and target.name else target
    try:
        with part.open("w", encoding="utf-8") as file:
            yield file
        if part != target:
            part.replace(target)
    except BaseException as error:
        if part != target:
            part.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.filename == str(part):
            error.filename = str(target)
        raise


class Sink:
    """One table into one file, written beside it and put in its place by `close`; `excel` marks a CSV as Excel needs it."""

    def __init__(self, path: Path, name: str, excel: bool = False) -> None:
        self.name = name
        self._encoding = "utf-8-sig" if excel else "utf-8"
        self._path = path
        self._part = path.with_name(f".{path.name}.{os.getpid()}.part")
        self._format = format_of(path)
        self._writer: Any = None
        self._file: Any = None
        # Opened at once, so that a folder that is not there is known before the reports are read.
        try:
            self._raw = self._part.open("wb")
        except OSError as error:
            error.filename = str(path)
            raise

    def take(self, extraction: Extraction) -> None:
        """Appends the rows of its table."""
        self.write(extraction.tables[self.name])

    def write(self, table: Table) -> None:
        """Appends the rows of a table that has the same columns as those before."""
        if self._format == ".parquet":
            import pyarrow.parquet as pq

            if self._writer is None:
                self._writer = pq.ParquetWriter(self._raw, table.schema, compression="zstd")
            self._writer.write_table(table.to_arrow())
            return
        if self._file is None:
            self._file = _text(self._raw, PACKED.get(self._path.suffix.lower()), self._encoding)
            header = True
        else:
            header = False
        if self._format == ".csv":
            table.write_csv(self._file, header=header)
        else:
            table.write_jsonl(self._file)

    def close(self) -> None:
        """Puts the file in its place; what was there before is replaced."""
        for open_one in (self._writer, self._file):
            if open_one is not None:
                open_one.close()
        self._raw.close()
        self._part.replace(self._path)

    def discard(self) -> None:
        """Leaves what was there before."""
        self._raw.close()
        self._part.unlink(missing_ok=True)


def _text(raw: Any, packing: str | None, encoding: str) -> TextIO:
    if packing:
        import pyarrow as pa

        raw = pa.output_stream(raw, compression=packing)
    return io.TextIOWrapper(raw, encoding=encoding, newline="")


class Sinks:
    """All the files of one run. As a context: an error leaves what was there, Ctrl-C keeps what is done."""

    def __init__(self, target: Path, names: Sequence[str], excel: bool = False) -> None:
        self._sinks: list[Sink | Filling] = []
        if is_database(target):
            from khabar import _keep

            _keep.File(target).check()
            self._sinks.append(_keep.Filling(target))
            return
        if format_of(target):
            paths = [(target, names[0])]
        else:
            target.mkdir(parents=True, exist_ok=True)
            paths = [(target / f"{name}.parquet", name) for name in names]
        try:
            for path, name in paths:
                self._sinks.append(Sink(path, name, excel))
        except OSError:
            self._end(False)
            raise

    def write(self, extraction: Extraction) -> None:
        for sink in self._sinks:
            sink.take(extraction)

    def __enter__(self) -> Sinks:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._end(kind is None or issubclass(kind, KeyboardInterrupt))

    def _end(self, keep: bool) -> None:
        for sink in self._sinks:
            sink.close() if keep else sink.discard()
