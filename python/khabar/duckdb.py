"""DuckDB over the tables of an extraction, where they lie in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb

if TYPE_CHECKING:
    from khabar import Extraction


def connect(extraction: Extraction, database: str = ":memory:") -> duckdb.DuckDBPyConnection:
    """A connection in which every table of an extraction is a view of its name; nothing is copied.

    Args:
        extraction: it is kept in memory as long as the connection is.
        database: a file to open besides; the views are not stored in it.

    Examples:
        >>> import khabar, khabar.duckdb
        >>> con = khabar.duckdb.connect(khabar.extract(khabar.demo()))
        >>> con.sql("select count(*) from documents").fetchall()
        [(5,)]
    """
    connection = duckdb.connect(database)
    for name, table in extraction.tables.items():
        connection.register(name, table.to_arrow())
    return connection
