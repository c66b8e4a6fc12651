"""Extraction on Apache Spark: a DataFrame of reports to a DataFrame of rows, over Arrow batches, nothing collected.

>>> import khabar.spark  # doctest: +SKIP
>>> claims = khabar.spark.extract(reports, text="body", id="url", published="date")  # doctest: +SKIP

Needs `pip install khabar[spark]` where the driver runs, khabar and pyarrow on every worker, and Java 17.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from khabar._tables import NAMES
from khabar._workers import ALL, Agreement, Reader

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    import pyarrow as pa
    from pyspark.sql import Column, DataFrame

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
    """What the reports of a DataFrame claim, as a DataFrame with the columns of one table.

    The same rows as `khabar.extract` of the same reports, in no set order; the work is done when Spark asks for it, in
    `mapInArrow`, on one thread a worker.

    Args:
        df: a row per report.
        text, id, published, outlet, title: its columns, where they are not called so; `id` may be `doc_id`. An id is
            needed, and no two reports may share one.
        table: which table; "all" for a row per report that holds every table's rows in list columns, so that one reading
            gives them all: keep it (cache, Parquet) and take tables from it by `khabar.spark.table`.
        extractor: lexicons of your own; by default the built-in ones. Its number of threads is not used.

    Raises:
        ValueError: there is no such table or column, or none that holds the texts or the ids.
        ImportError: pyspark is not installed.
    """
    names = {"text": text, "id": id, "published": published, "outlet": outlet, "title": title}
    reader = Reader(df.columns, names, table, extractor)
    needed = df.select(*(df[f"`{name}`"] for name in dict.fromkeys(reader.columns.values())))
    return needed.mapInArrow(reader.batches, _ddl(reader.schema()))


def table(df: DataFrame, name: str) -> DataFrame:
    """One table's rows from what `extract(…, table="all")` gave.

    Args:
        df: with a row per report and a list column per table.
        name: which table.

    Raises:
        ValueError: there is no such table.
    """
    from pyspark.sql import functions

    if name not in NAMES:
        raise ValueError(f"no table {name!r}; there are {', '.join(NAMES)}")
    if name == "documents":
        return df.drop(*(other for other in NAMES if other != name))
    return df.select(functions.explode(name).alias("row")).select("row.*")


def agreement(
    df: DataFrame,
    by: Column | str | Sequence[Column | str] | None = None,
    policy: str = "best",
    rules: str | os.PathLike[str] | None = None,
) -> DataFrame:
    """What the reports of each group say about the same things, as `Extraction.agreement` tells it; nothing is collected.

    The reports of one group are brought to one worker by their Arrow batches (`applyInArrow`) and compared there; reports of
    two groups are never compared. So group by what the reports of one event share, such that a group fits into a worker's memory
    (docs/scale.md counts it).

    Args:
        df: what `extract(…, table="all")` gave.
        by: columns of `df`, or expressions of them: `[date_trunc("week", "published"), "outlet"]`. By default the week of
            publication (from Monday); reports without a date are a group of their own.
        policy, rules: as for `Extraction.agreement`. A file of rules must be there on every worker.

    Returns:
        A row per fact. Within a group the rows are those of `Extraction.agreement` on its reports in the order of publication,
        then of ids.

    Raises:
        ValueError: no such policy.
        LexiconError: a mistake in the rules.
    """
    from pyspark.sql import functions

    if by is None:
        by = functions.date_trunc("week", "published")
    one = isinstance(by, str) or not hasattr(by, "__len__")
    columns: list[Any] = [by] if one else list(cast("Any", by))
    worker = Agreement(policy, rules)
    wanted = _small(worker.schema())
    # Spark groups by columns that it finds in the frame; what a group is called is no matter to the worker.
    keys: dict[str, Any] = {f"khabar_group_{n}": df[by] if isinstance(by, str) else by for n, by in enumerate(columns)}

    # Spark counts arguments, `self` too: two would mean that the key of the group is wanted.
    def facts(reports: pa.Table) -> pa.Table:
        return worker.read(reports).cast(wanted)

    return df.withColumns(keys).groupBy(*keys).applyInArrow(facts, _ddl(worker.schema()))


def _ddl(schema: pa.Schema) -> str:
    """An Arrow schema as Spark writes schemas."""
    return ", ".join(f"`{field.name}` {_type(field.type)}" for field in schema)


def _small(schema: pa.Schema) -> pa.Schema:
    """The same with small strings and no field that must not be null: of a group's rows Spark asks for its own types."""
    import pyarrow as pa
    from pyarrow import types

    def small(type: pa.DataType) -> pa.DataType:
        if types.is_list(type):
            return pa.list_(pa.field("element", small(type.value_type)))
        if types.is_struct(type):
            return pa.struct([pa.field(field.name, small(field.type)) for field in type])
        return pa.string() if types.is_large_string(type) else type

    return pa.schema([pa.field(field.name, small(field.type)) for field in schema])


def _type(type: pa.DataType) -> str:
    from pyarrow import types

    if types.is_list(type):
        return f"array<{_type(type.value_type)}>"
    if types.is_struct(type):
        return f"struct<{', '.join(f'`{field.name}`: {_type(field.type)}' for field in type)}>"
    plain = {
        "int32": "int",
        "int64": "bigint",
        "double": "double",
        "bool": "boolean",
        "large_string": "string",
        "date32[day]": "date",
        "timestamp[us]": "timestamp_ntz",
    }
    return plain[str(type)]


__all__ = ["ALL", "agreement", "extract", "table"]
