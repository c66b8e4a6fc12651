"""How much a stranger's file may take: a small one may unpack to anything."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    import duckdb
    import pyarrow as pa
    import pyarrow.parquet as pq

# The bytes that one report may take, unpacked: a text file, a line of JSON, a record of CSV.
REPORT = 256 << 20
# Rows of a table that are unpacked together.
ROWS = 10_000


def memory() -> int:
    """The machine's memory in bytes."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def too_much(size: int) -> str | None:
    """What is said of so many bytes that are to be held at once; None if they may."""
    most = memory()
    return f"{size:,} bytes when unpacked, and there are {most:,} bytes of memory" if size > most else None


def opened(file: BinaryIO) -> pq.ParquetFile:
    """Parquet whose strings stay what the file holds, a dictionary: row after row may name one long string."""
    import pyarrow.parquet as pq

    schema = pq.ParquetFile(file).metadata.schema
    columns = (schema.column(number) for number in range(len(schema)))
    return pq.ParquetFile(file, read_dictionary=[c.path for c in columns if c.physical_type == "BYTE_ARRAY"])


def said(about: pq.FileMetaData) -> int:
    """The bytes that a Parquet file says it unpacks to, its dictionaries as such."""
    groups: int = sum(about.row_group(number).total_byte_size for number in range(about.num_row_groups))
    # Each value takes its offset at least, however well nulls and repetitions are packed.
    size: int = max(groups, 8 * about.num_rows * about.num_columns)
    return size


def measured(batches: Iterable[pa.RecordBatch]) -> Iterator[tuple[pa.RecordBatch, int]]:
    """Batches, and the bytes that all of them so far take when their strings are written out."""
    size = 0
    for batch in batches:
        size += sum(map(_written_out, batch.columns))
        yield batch, size


def in_database(connection: duckdb.DuckDBPyConnection, name: str) -> int:
    """The bytes that a table takes when its strings are written out: in the file one may stand for all rows."""
    columns = connection.execute("select column_name, data_type from duckdb_columns() where table_name = ?", [name])
    lengths = ["8"]
    for column, kind in columns.fetchall():
        quoted = '"' + column.replace('"', '""') + '"'
        if kind.startswith("VARCHAR"):
            each = f"list_sum([strlen(x) for x in {quoted}])" if kind.endswith("[]") else f"strlen({quoted})"
            lengths.append(f"coalesce({each}, 0)")
    (size,) = connection.sql(f'select coalesce(sum({" + ".join(lengths)}), 0)::bigint from "{name}"').fetchall()[0]
    return int(size)


def _written_out(column: Any) -> int:
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_dictionary(column.type):
        lengths = pc.binary_length(column.dictionary).cast(pa.int64())
        return 8 * len(column) + (pc.sum(lengths.take(column.indices)).as_py() or 0)
    if pa.types.is_list(column.type) or pa.types.is_large_list(column.type):
        return 8 * len(column) + _written_out(column.flatten())
    return int(column.nbytes)
