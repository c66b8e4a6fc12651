"""Extraction on Dask: a DataFrame of reports to a DataFrame of rows, a partition at a time.

>>> import khabar.dask  # doctest: +SKIP
>>> claims = khabar.dask.extract(dask.dataframe.read_parquet("reports/"), id="url")  # doctest: +SKIP

Needs `pip install khabar[dask]`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from khabar._tables import Table
from khabar._workers import Reader

if TYPE_CHECKING:
    import pandas as pd
    from dask.dataframe import DataFrame

    from khabar import Extractor


def extract(
    df: DataFrame,
    text: str | None = None,
    id: str | None = None,
    published: str | None = None,
    outlet: str | None = None,
    title: str | None = None,
    *,
    table: str = "claims",
    extractor: Extractor | None = None,
) -> DataFrame:
    """What the reports of a Dask DataFrame claim, as a DataFrame with the columns of one table.

    The same rows as `khabar.extract(…).to_pandas()` of the same reports; each task reads on one thread.

    Args:
        df: a row per report.
        text, id, published, outlet, title: its columns, where they are not called so; `id` may be `doc_id`. An id is
            needed, and no two reports may share one.
        table: which table; "all" for a row per report that holds every table's rows in list columns.
        extractor: lexicons of your own; by default the built-in ones. Its number of threads is not used.

    Raises:
        ValueError: there is no such table or column, or none that holds the texts or the ids.
    """
    names = {"text": text, "id": id, "published": published, "outlet": outlet, "title": title}
    reader = Reader(list(df.columns), names, table, extractor)
    empty = Table(table, reader.schema().empty_table()).to_pandas()
    found: DataFrame = df[list(dict.fromkeys(reader.columns.values()))].map_partitions(_read, reader, meta=empty)
    return found


def _read(frame: pd.DataFrame, reader: Reader) -> pd.DataFrame:
    import pyarrow as pa

    rows = reader.read(pa.Table.from_pandas(frame, preserve_index=False))
    return Table(reader.table, rows).to_pandas()
