"""Extractions that last: a folder of Parquet files, or one DuckDB file.

Nothing kept is ever half written. The files of a folder are named in its `khabar.json`, which is replaced as the last step; a
DuckDB file is written beside the old one and put in its place. What a file says is data and nothing else: names of files are
checked, views and extensions are not opened, so a file from a stranger can neither run code nor reach outside.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from khabar import _khabar, _limits
from khabar._errors import KeptError
from khabar._sink import DATABASES, check_holds_all, is_database
from khabar._tables import NAMES, Extraction, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    import duckdb
    import pyarrow as pa

# Raised when a table or a column changes its meaning; columns that are added do not count.
SCHEMA = 1
MANIFEST = "khabar.json"
PART = re.compile(rf"({'|'.join(NAMES)})-(\d{{1,9}})\.parquet", re.ASCII)
# A column of the kept documents beside those of the contract.
HASH = "text_sha256"


def save(extraction: Extraction, path: str | os.PathLike[str], append: bool) -> int:
    """See `Extraction.save`."""
    place = Path(path)
    check_holds_all(place)
    keep: type[Folder | File] = File if is_database(place) else Folder
    return keep(place).save(extraction, append)


def load(path: str | os.PathLike[str]) -> Extraction:
    """Reads back what `Extraction.save` wrote.

    Args:
        path: a folder, also one that `khabar extract -o` wrote, or a DuckDB file (needs the package duckdb).

    Returns:
        An `Extraction` equal to the one that was saved, with whatever was appended behind it. A column that the file does not
        have yet is null.

    Raises:
        FileNotFoundError: there is nothing at `path`.
        KeptError: it is no kept extraction, it is damaged, or a newer khabar wrote it.
        ImportError: `path` is a file and duckdb is not installed.

    Examples:
        >>> import khabar, tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     khabar.extract(["خبر أول"]).save(folder + "/kept")
        ...     len(khabar.load(folder + "/kept").documents)
        1
        1
    """
    place = Path(path)
    if not place.exists():
        raise FileNotFoundError(2, os.strerror(2), str(path))
    if not place.is_dir() and not is_database(place):
        raise KeptError(f"{place}: no kept extraction: that is a folder or a {DATABASES[0]} file")
    return (Folder(place) if place.is_dir() else File(place)).load()


class Folder:
    """Parquet files, each table in one or several parts, and a manifest that says which."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def save(self, extraction: Extraction, append: bool) -> int:
        self._path.mkdir(parents=True, exist_ok=True)
        with _alone(self._path):
            return self._save(extraction, append)

    def _save(self, extraction: Extraction, append: bool) -> int:
        path = self._path
        before = self._manifest_text()
        if before is None and any(not _is_ours(file.name) for file in path.iterdir()):
            raise KeptError(f"{path}: the folder holds something else; choose an empty or a new one")
        parts: dict[str, list[str]] = {name: [] for name in NAMES}
        tables = _tables(extraction)
        if append and before is not None:
            parts = self._parts(before)
            documents = self._read("documents", parts["documents"], (HASH,))
            tables = _new(tables, documents, str(path))
        number = 1 + max((int(m[2]) for file in path.iterdir() if (m := PART.fullmatch(file.name))), default=0)
        if len(tables["documents"]) or before is None or not append:
            for name, table in tables.items():
                parts[name].append(f"{name}-{number}.parquet")
                _write(path / parts[name][-1], partial(_write_parquet, table))
            _sync_folder(path)
            manifest = {"format": "khabar", "schema": SCHEMA, "khabar": _khabar.__version__, "tables": parts}
            if self._manifest_text() != before:
                raise _changed(path)
            text = json.dumps(manifest, indent=1).encode()
            _replace(path / MANIFEST, lambda file: file.write(text))
            _sync_folder(path)
            self._tidy(parts)
        return len(tables["documents"])

    def load(self) -> Extraction:
        text = self._manifest_text()
        while text is not None:
            try:
                return _extraction({name: self._read(name, files) for name, files in self._parts(text).items()})
            except FileNotFoundError as error:
                # Whoever replaced the manifest in the meantime has removed the parts of the old one.
                if (again := self._manifest_text()) == text:
                    raise KeptError(f"{self._path}: {Path(error.filename or '').name} is missing") from None
                text = again
        plain = {name: [f"{name}.parquet"] for name in NAMES}
        if not all((self._path / files[0]).is_file() for files in plain.values()):
            raise KeptError(f"{self._path}: no kept extraction: there is no {MANIFEST}")
        return _extraction({name: self._read(name, files) for name, files in plain.items()})

    def _manifest_text(self) -> str | None:
        try:
            return (self._path / MANIFEST).read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        except UnicodeDecodeError:
            raise KeptError(f"{self._path / MANIFEST}: not UTF-8") from None

    def _parts(self, text: str) -> dict[str, list[str]]:
        """The files of each table, after a look at everything that the manifest says."""
        where = self._path / MANIFEST
        try:
            manifest = json.loads(text)
        except ValueError as error:
            raise KeptError(f"{where}: not JSON: {error}") from None
        if not isinstance(manifest, dict) or manifest.get("format") != "khabar":
            raise KeptError(f"{where}: not written by khabar")
        _check_schema(manifest.get("schema"), str(self._path), manifest.get("khabar"))
        tables = manifest.get("tables")
        parts: dict[str, list[str]] = {}
        for name in NAMES:
            files = tables.get(name) if isinstance(tables, dict) else None
            if not isinstance(files, list) or not files:
                raise KeptError(f"{where}: no files of the table {name}")
            for file in files:
                named = PART.fullmatch(file) if isinstance(file, str) else None
                if not named or named[1] != name:
                    raise KeptError(f"{where}: {file!r} is no name of a file of the table {name}")
            parts[name] = files
        return parts

    def _read(self, name: str, files: Iterable[str], extra: tuple[str, ...] = ()) -> pa.Table:
        import pyarrow as pa

        parts = []
        for file in files:
            path = self._path / file
            try:
                with path.open("rb") as raw:
                    opened = _limits.opened(raw)
                    _check_size(_limits.said(opened.metadata), str(path))
                    parts.append(_shaped(opened.schema_arrow.empty_table(), name, str(path), extra))
                    for batch, size in _limits.measured(opened.iter_batches(_limits.ROWS)):
                        _check_size(size, str(path))
                        # A reader of Parquet does not ask whether strings are text.
                        batch.validate(full=True)
                        parts.append(_shaped(pa.table(batch), name, str(path), extra))
            except pa.ArrowException as error:
                raise KeptError(f"{path}: cannot be read: {error}") from None
        return pa.concat_tables(parts)

    def _tidy(self, parts: Mapping[str, list[str]]) -> None:
        """Removes the parts that no manifest names: of before, and of a crash."""
        named = {file for files in parts.values() for file in files}
        for file in self._path.iterdir():
            if file.name not in named and (PART.fullmatch(file.name) or _is_unfinished(file.name)):
                file.unlink(missing_ok=True)


class File:
    """One DuckDB file with a table each."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def save(self, extraction: Extraction, append: bool) -> int:
        _duckdb()
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with _alone(self._path.parent):
            _clear(self._path)
            return self._save(extraction, append)

    def _save(self, extraction: Extraction, append: bool) -> int:
        tables = _tables(extraction)
        added = len(tables["documents"])
        stamp = _stamp(self._path)
        if stamp is not None:
            # Read even where it is replaced: no file of something else is lost.
            before = self._read((HASH,))
            if append:
                tables = _new(tables, before["documents"], str(self._path))
                added = len(tables["documents"])
                if not added:
                    return 0
                import pyarrow as pa

                tables = {name: pa.concat_tables([before[name], table]) for name, table in tables.items()}
        filling = Filling(self._path)
        try:
            filling.write(tables)
            if _stamp(self._path) != stamp:
                raise _changed(self._path)
            filling.close()
        except BaseException:
            filling.discard()
            raise
        return added

    def load(self) -> Extraction:
        return _extraction(self._read())

    def check(self) -> None:
        """That what is there, if anything, is a kept extraction, which may be replaced."""
        _duckdb()
        if self._path.exists():
            self._read((HASH,))

    def _read(self, extra: tuple[str, ...] = ()) -> dict[str, pa.Table]:
        duckdb = _duckdb()
        try:
            with _connect(self._path, read_only=True) as con:
                found = {row[0] for row in con.execute("select table_name from duckdb_tables()").fetchall()}
                if missing := [name for name in ("khabar", *NAMES) if name not in found]:
                    raise KeptError(f"{self._path}: no kept extraction: there is no table {missing[0]}")
                about = dict(con.execute("select key, value from khabar").fetchall())
                schema = str(about.get("schema"))
                _check_schema(
                    int(schema) if schema.isascii() and schema.isdigit() else None, str(self._path), about.get("khabar")
                )
                tables = {}
                for name in NAMES:
                    _check_size(_limits.in_database(con, name), f"{self._path}: {name}")
                    table = con.sql(f'select * from "{name}" order by rowid').to_arrow_table()
                    tables[name] = _shaped(table, name, f"{self._path}: {name}", extra if name == "documents" else ())
                return tables
        except duckdb.Error as error:
            raise KeptError(f"{self._path}: cannot be read: {str(error).splitlines()[0]}") from None


class Filling:
    """A DuckDB file that is filled batch by batch, written beside its place and put there by `close`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._part = _part(path)
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._part.unlink(missing_ok=True)
        try:
            # Python's own errors say which folder is not there and what may not be written.
            self._part.open("xb").close()
        except OSError as error:
            error.filename = str(path)
            raise
        self._part.unlink()
        with self._failing():
            self._connection = _connect(self._part)
            self._connection.execute("create table khabar (key varchar primary key, value varchar not null)")
            about = {"schema": str(SCHEMA), "khabar": _khabar.__version__}
            self._connection.executemany("insert into khabar values (?, ?)", list(about.items()))
            for name, rows in _tables(_extraction(_khabar.empty())).items():
                self._run(f'create table "{name}" as select * from rows', rows)

    def take(self, extraction: Extraction) -> None:
        """Appends what other reports claim."""
        self.write(_tables(extraction))

    def write(self, tables: Mapping[str, pa.Table]) -> None:
        """Appends rows of every table as it is kept."""
        with self._failing():
            for name, rows in tables.items():
                if len(rows):
                    self._run(f'insert into "{name}" select * from rows', rows)

    def close(self) -> None:
        """Puts the file in its place; what was there before is replaced."""
        assert self._connection is not None
        with self._failing():
            self._connection.execute("checkpoint")
            self._connection.close()
        with self._part.open("rb+") as file:
            os.fsync(file.fileno())
        _commit(self._part, self._path)
        # The log of the file that was replaced must not be played into this one.
        _log(self._path).unlink(missing_ok=True)

    def discard(self) -> None:
        """Leaves what was there before."""
        if self._connection is not None:
            self._connection.close()
        self._part.unlink(missing_ok=True)
        _log(self._part).unlink(missing_ok=True)

    def _run(self, query: str, rows: pa.Table) -> None:
        assert self._connection is not None
        self._connection.register("rows", rows)
        self._connection.execute(query)
        self._connection.unregister("rows")

    @contextmanager
    def _failing(self) -> Iterator[None]:
        error_class = _duckdb().Error
        try:
            yield
        except error_class as error:
            self.discard()
            raise KeptError(f"{self._path}: cannot be written: {str(error).splitlines()[0]}") from None


def _duckdb() -> Any:
    try:
        import duckdb
    except ImportError:
        raise ImportError("a .duckdb file needs the package duckdb: pip install 'khabar[duckdb]'") from None
    return duckdb


def _connect(path: Path, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """A connection that sees this file and no other, and loads no extension."""
    config: dict[str, Any] = {
        "enable_external_access": False,
        "autoload_known_extensions": False,
        "autoinstall_known_extensions": False,
        "lock_configuration": True,
    }
    connection: duckdb.DuckDBPyConnection = _duckdb().connect(str(path), read_only=read_only, config=config)
    return connection


def _check_size(size: int, where: str) -> None:
    if told := _limits.too_much(size):
        raise KeptError(f"{where}: {told}")


def _check_schema(schema: object, path: str, version: object) -> None:
    if not isinstance(schema, int) or isinstance(schema, bool) or schema < 1:
        raise KeptError(f"{path}: it does not say which schema it has")
    if schema > SCHEMA:
        by = f" ({version})" if isinstance(version, str) else ""
        raise KeptError(
            f"{path}: written by a newer khabar{by}: schema {schema}, and this one reads up to {SCHEMA}; update khabar"
        )


def _tables(extraction: Extraction) -> dict[str, pa.Table]:
    """The tables as they are kept: documents with a hash of their text."""
    import pyarrow as pa

    tables = {name: table.to_arrow() for name, table in extraction.tables.items()}
    documents = tables["documents"]
    hashes = pa.array([_hash(text) for text in documents["text"].to_pylist()], pa.large_string())
    tables["documents"] = documents.append_column(HASH, hashes)
    return tables


def _hash(text: str | None) -> str | None:
    return None if text is None else hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _new(tables: dict[str, pa.Table], kept: pa.Table, path: str) -> dict[str, pa.Table]:
    """The rows of reports that are not kept yet."""
    import pyarrow as pa
    import pyarrow.compute as pc

    known = dict(zip(kept["doc_id"].to_pylist(), kept[HASH].to_pylist(), strict=True))
    documents = tables["documents"]
    fresh = []
    for doc_id, text in zip(documents["doc_id"].to_pylist(), documents[HASH].to_pylist(), strict=True):
        if doc_id not in known:
            fresh.append(doc_id)
        elif known[doc_id] != text:
            raise KeptError(
                f"{path}: a report {doc_id!r} with another text is kept already; give this one another id "
                "(reports without ids are numbered from 0 in each extraction)"
            )
    ids = pa.array(fresh, pa.large_string())
    return {name: table.filter(pc.is_in(table["doc_id"], ids)) for name, table in tables.items()}


def _shaped(table: pa.Table, name: str, where: str, extra: tuple[str, ...]) -> pa.Table:
    """The columns of the contract with their types; one that is not there yet is null."""
    import pyarrow as pa

    schema = pa.schema(_khabar.empty()[name])
    for column in extra:
        schema = schema.append(pa.field(column, pa.large_string()))
    columns = []
    for field in schema:
        if field.name in table.column_names:
            try:
                columns.append(table[field.name].cast(field.type))
            except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
                kind = table[field.name].type
                raise KeptError(f"{where}: the column {field.name} is {kind}; {field.type} is needed") from None
        elif field.nullable:
            columns.append(pa.chunked_array([pa.nulls(len(table), field.type)]))
        else:
            raise KeptError(f"{where}: there is no column {field.name}")
        if not field.nullable and columns[-1].null_count:
            raise KeptError(f"{where}: a null in the column {field.name}")
    return pa.table(columns, schema=schema)


def _extraction(tables: Mapping[str, pa.Table]) -> Extraction:
    return Extraction({name: Table(name, table) for name, table in tables.items()})


def _write_parquet(table: pa.Table, file: Any) -> None:
    import pyarrow.parquet as pq

    pq.write_table(table, file, compression="zstd")


def _is_ours(name: str) -> bool:
    return name == MANIFEST or PART.fullmatch(name) is not None or _is_unfinished(name)


def _is_unfinished(name: str) -> bool:
    return name.startswith(f".{MANIFEST}.") and name.endswith(".part")


def _write(path: Path, fill: Callable[[Any], object]) -> None:
    """A new file, on the disk when this returns; what has its name is never followed or overwritten."""
    with path.open("xb") as file:
        fill(file)
        file.flush()
        os.fsync(file.fileno())


def _replace(path: Path, fill: Callable[[Any], object]) -> None:
    """Puts a file that is whole in the place of another."""
    part = _part(path)
    part.unlink(missing_ok=True)
    try:
        _write(part, fill)
        _commit(part, path)
    finally:
        part.unlink(missing_ok=True)


def _part(path: Path) -> Path:
    """Where a file is written before it is whole."""
    return path.with_name(f".{path.name}.{os.getpid()}.part")


def _log(path: Path) -> Path:
    """What DuckDB has not put into its file yet."""
    return path.with_name(f"{path.name}.wal")


def _commit(part: Path, path: Path) -> None:
    """The moment at which the new is there and the old is gone."""
    part.replace(path)


def _changed(path: Path) -> KeptError:
    return KeptError(f"{path}: somebody else has written to it meanwhile; nothing was changed")


def _stamp(path: Path) -> tuple[int, int, int] | None:
    """What tells a file from the one that was put in its place."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One writer after the other, in whatever process or thread; a lock that a crash leaves to nobody.

    Where the system or its disk has no such locks, a second writer is found out as late as at the end.
    """
    try:
        import fcntl
    except ImportError:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _clear(path: Path) -> None:
    """Removes what writers that are no more have left of a file."""
    begun = re.compile(rf"\.{re.escape(path.name)}\.(\d{{1,9}})\.part(?:\.wal)?", re.ASCII)
    for file in path.parent.iterdir():
        if (found := begun.fullmatch(file.name)) and not _is_running(int(found[1])):
            file.unlink(missing_ok=True)


def _is_running(process: int) -> bool:
    if os.name != "posix":
        # There, asking would end it.
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _sync_folder(path: Path) -> None:
    if os.name != "posix":
        return
    folder = os.open(path, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
