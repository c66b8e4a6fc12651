"""The tables that an extraction returns."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from contextlib import AbstractContextManager
    from typing import Any, TextIO

    import pandas as pd
    import polars as pl
    import pyarrow as pa

    from khabar._agreement import Agreement
    from khabar._document import Document
    from khabar._explain import Explanation
    from khabar._exports import Export

    Path = str | os.PathLike[str]

NAMES = ("documents", "actors", "locations", "times", "quantities", "attributions", "events", "casualties", "claims")


class Table:
    """Rows under typed columns, kept as Arrow data; it converts when asked.

    Anything that reads the Arrow capsule interface takes a table as it is: `pyarrow.table(t)`, `polars.DataFrame(t)`,
    `duckdb.sql("select * from t")`. Immutable and picklable.
    """

    __slots__ = ("_arrow", "_source", "name")

    def __init__(self, name: str, source: Any) -> None:
        self.name = name
        self._source = source
        self._arrow: pa.Table | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        return _unpickle, (self.name, _to_ipc(self.to_arrow()))

    def __len__(self) -> int:
        return len(self._source)

    def __eq__(self, other: object) -> bool:
        """Whether both have the same name, columns and rows."""
        if not isinstance(other, Table):
            return NotImplemented
        return self.name == other.name and self.to_arrow().equals(other.to_arrow())

    __hash__ = None  # type: ignore[assignment]

    def __arrow_c_schema__(self) -> object:
        """The columns as a PyCapsule `arrow_schema`."""
        return self.schema.__arrow_c_schema__()

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The rows as a PyCapsule `arrow_array_stream`; `requested_schema` is a wish that is not granted."""
        return self._source.__arrow_c_stream__(requested_schema)

    def __getitem__(self, column: str) -> pa.ChunkedArray:
        """A column, as a `pyarrow.ChunkedArray`, without a copy.

        Raises:
            KeyError: there is no such column; the message names those that there are.
        """
        if column not in self.column_names:
            raise KeyError(f"no column {column!r} in {self.name}; there are {', '.join(self.column_names)}")
        return self.to_arrow().column(column)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """The rows, a dict each; dates are `datetime.date`, times `datetime.datetime`, null is None."""
        return self._rows()

    @property
    def column_names(self) -> list[str]:
        """The columns in order."""
        return list(self._source.column_names)

    @property
    def schema(self) -> pa.Schema:
        """The columns with their Arrow types; the same whatever the rows."""
        return self.to_arrow().schema

    def to_arrow(self) -> pa.Table:
        """A `pyarrow.Table`, without a copy."""
        if self._arrow is None:
            import pyarrow as pa

            self._arrow = pa.table(self._source)
        return self._arrow

    def to_pylist(self) -> list[dict[str, Any]]:
        """A dict per row; dates are `datetime.date`, times `datetime.datetime`, null is None."""
        rows: list[dict[str, Any]] = self.to_arrow().to_pylist()
        return rows

    def to_pandas(self) -> pd.DataFrame:
        """A pandas DataFrame.

        Whole numbers are Int32 and Int64 and truth values boolean, which keep null apart; dates and times are datetime64;
        so a column's type does not hang on whether this table has a null in it.

        Raises:
            ImportError: pandas is not installed.
        """
        import pandas as pd
        import pyarrow as pa

        nullable = {pa.int32(): pd.Int32Dtype(), pa.int64(): pd.Int64Dtype(), pa.bool_(): pd.BooleanDtype()}
        frame: pd.DataFrame = self.to_arrow().to_pandas(types_mapper=nullable.get, date_as_object=False)
        return frame

    def to_polars(self) -> pl.DataFrame:
        """A polars DataFrame.

        Raises:
            ImportError: polars is not installed.
        """
        import polars as pl

        return pl.DataFrame(self)

    def write_parquet(self, path: Path) -> None:
        """Writes a Parquet file, compressed with zstd."""
        import pyarrow.parquet as pq

        pq.write_table(self.to_arrow(), os.fspath(path), compression="zstd")

    def write_csv(self, path: Path | TextIO, encoding: str = "utf-8", header: bool = True) -> None:
        """Writes comma-separated values under a line of column names.

        Null is an empty cell, a list its JSON, a date or time its ISO form.

        Args:
            path: a path, or an open text file.
            encoding: of the file; Excel recognizes Arabic by "utf-8-sig".
            header: whether the column names come first; False to go on in a file that has them.
        """
        import csv

        with _opened(path, encoding) as file:
            writer = csv.writer(file, lineterminator="\n")
            if header:
                writer.writerow(self.column_names)
            writer.writerows([_cell(value) for value in row.values()] for row in self._rows())

    def write_jsonl(self, path: Path | TextIO) -> None:
        """Writes a JSON object a line, with every column; dates and times in ISO form.

        Args:
            path: a path, or an open text file.
        """
        import json

        with _opened(path, "utf-8") as file:
            for row in self._rows():
                file.write(json.dumps(row, ensure_ascii=False, default=_iso) + "\n")

    def _rows(self) -> Iterator[dict[str, Any]]:
        for batch in self.to_arrow().to_batches(max_chunksize=10_000):
            yield from batch.to_pylist()

    def __repr__(self) -> str:
        return f"<khabar.Table {self.name}: {len(self):,} rows; {', '.join(self.column_names)}>"

    def __str__(self) -> str:
        from khabar._terminal import render

        return render(self)

    def _repr_html_(self) -> str:
        from khabar._html import render

        return render(self)


class Extraction:
    """What reports claim: nine tables, joined by `doc_id` and `claim_id`. Picklable.

    `text[start:end]` of the report is the evidence of a row, `sentence` counts from 0, and absent is null.
    """

    documents: Table
    """A row per report, null and failed ones too: what it is called, how long it is, warnings, and its text."""
    actors: Table
    """Mentions of parties: persons, armed groups, states, organizations."""
    locations: Table
    """Mentions of places, with coordinates in degrees where they are known."""
    times: Table
    """Mentions of times, as TIMEX3 values and as half-open intervals."""
    quantities: Table
    """Every number of the text with its unit or what it counts."""
    attributions: Table
    """Who says something, by which verb, and which stretch of text is theirs."""
    events: Table
    """Who did what to whom, where, when, by whose account."""
    casualties: Table
    """How many were killed, injured, displaced …, as the text words it."""
    claims: Table
    """Events and casualties together, by their shared columns, in the order of the text."""

    __slots__ = NAMES

    def __init__(self, tables: Mapping[str, Any]) -> None:
        for name in NAMES:
            table = tables[name]
            object.__setattr__(self, name, table if isinstance(table, Table) else Table(name, table))

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"an Extraction does not change: {name} cannot be set")

    @property
    def tables(self) -> dict[str, Table]:
        """The tables by name, in order."""
        return {name: getattr(self, name) for name in NAMES}

    def agreement(
        self, policy: str = "best", rules: Path | None = None, lexicons: Iterable[Path] | Path = ()
    ) -> Agreement:
        """What the reports say about the same things: where they agree, where they differ, and who their sources are.

        Args:
            policy: which number is the `best` of a fact that is counted differently: "conservative" the smallest, as ACLED
                counts; "best" the one that most independent sources give, of equals the latest, as UCDP's best estimate;
                "minmax" none, as Airwars counts.
            rules: a file in the form of lexicon/agreement.toml to join by, instead of the built-in one.
            lexicons: the lexicon files that the reports were read with: they say which of one's own parties belong together.

        Returns:
            A row per fact (docs/agreement.md explains the columns), with `.pivot()`.

        Raises:
            ValueError: another policy.
            LexiconError: a mistake in the file of rules or in a lexicon; with `.file` and `.line`.

        Examples:
            >>> import khabar
            >>> texts = ["قتل خمسة مدنيين في قصف على الرقة أمس.", "مقتل 7 مدنيين بقصف على الرقة يوم الثلاثاء."]
            >>> x = khabar.extract(texts, published="2017-07-05", outlets=["A", "B"])
            >>> [(f["what"], f["relation"], f["low"], f["high"]) for f in x.agreement().to_pylist() if f["aspect"] == "count"]
            [('killed', 'differ', 5.0, 7.0)]
        """
        from khabar._agreement import agreement

        return agreement(self, policy, rules, lexicons)

    def save(self, path: Path, append: bool = False) -> int:
        """Keeps all tables, for `khabar.load` and for whatever reads Parquet or DuckDB.

        A crash leaves what was there before or what is there after, never half of it.

        Args:
            path: a folder for Parquet files, or a file for DuckDB, by its suffix (.duckdb, .ddb, .db; needs the package
                duckdb). What an earlier `save` left there is replaced.
            append: keep what is there and add the reports that are not. A report with the same id and the same text is there.

        Returns:
            How many reports were written.

        Raises:
            KeptError: something else is at `path`, or its suffix is that of a single table; a newer khabar wrote it; with
                `append`, it has a report of the same id and another text. Then nothing is changed.
            ImportError: `path` is a DuckDB file and duckdb is not installed.
        """
        from khabar._keep import save

        return save(self, path, append)

    def to_acled(self) -> Export:
        """The claims as event rows in ACLED's columns, with `.losses`: what they could not hold. See docs/exports.md."""
        from khabar._exports import to_acled

        return to_acled(self)

    def to_ged(self) -> Export:
        """The deaths as event rows in the columns of UCDP GED, with `.losses`: what they could not hold. See docs/exports.md."""
        from khabar._exports import to_ged

        return to_ged(self)

    def to_plover(self) -> Export:
        """The claims as event records of PLOVER, with `.losses`: what they could not hold. See docs/exports.md."""
        from khabar._exports import to_plover

        return to_plover(self)

    def document(self, doc_id: str) -> Document:
        """A report with its evidence marked, right to left, for a notebook or a page of its own.

        Mentions are coloured by kind, claims underlined; hovering shows role, value, source and rule.

        Args:
            doc_id: the report's name, as in `documents`.

        Raises:
            KeyError: there is no such report.

        Examples:
            >>> import khabar
            >>> x = khabar.extract(["قُتل 14 مدنياً في الرقة"], ids=["a"])
            >>> x.document("a")
            <khabar.Document a: 23 characters, 1 claims>
        """
        from khabar._document import Document

        return Document(self, doc_id)

    def explain(self, claim_id: str) -> Explanation:
        """Why a claim is there: trigger, rule, each role with its evidence, what refers to what, who says so.

        Args:
            claim_id: as in `claims`, `events` or `casualties`.

        Returns:
            The derivation: printed it is a page to read, in a notebook a table; `.to_dict()` is plain data.

        Raises:
            KeyError: there is no such claim; the message names ids that are like it.

        Examples:
            >>> import khabar
            >>> x = khabar.extract(["قتل خمسة جنود، بحسب مصدر طبي."], ids=["a"])
            >>> why = x.explain("a#c0")
            >>> why.trigger.text, why.sources[0].cue.text
            ('خمسة', 'بحسب')
        """
        from khabar._explain import explain

        return explain(self, claim_id)

    def report(self, path: Path, title: str | None = None) -> None:
        """Writes one HTML page that shows everything: summary, map, tolls over time, agreement, tables, and the evidence.

        The page needs no network and nothing else; it sorts and filters in any browser, and prints. What stands there is
        reported, not verified.

        Args:
            path: of the page.
            title: what stands above it.

        Raises:
            OSError: the page cannot be written; one that was there before stays.

        Examples:
            >>> import khabar, pathlib, tempfile
            >>> path = pathlib.Path(tempfile.mkdtemp()) / "page.html"
            >>> khabar.extract(khabar.demo()).report(path, title="Raqqa, July 2017")
            >>> path.read_text(encoding="utf-8")[:15]
            '<!doctype html>'
        """
        from khabar._report import write

        write(self, path, title)

    def __eq__(self, other: object) -> bool:
        """Whether all tables are equal: `khabar.load(path) == x` after `x.save(path)`."""
        return self.tables == other.tables if isinstance(other, Extraction) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> tuple[Any, ...]:
        return Extraction, (self.tables,)

    def __repr__(self) -> str:
        return f"<khabar.Extraction: {', '.join(f'{len(t):,} {n}' for n, t in self.tables.items())}>"

    def _repr_html_(self) -> str:
        from khabar._html import overview

        return overview(self)


def _to_ipc(table: pa.Table) -> bytes:
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    data: bytes = sink.getvalue().to_pybytes()
    return data


def _unpickle(name: str, data: bytes) -> Table:
    import pyarrow as pa

    return Table(name, pa.ipc.open_stream(data).read_all())


def _opened(path: Path | TextIO, encoding: str) -> AbstractContextManager[TextIO]:
    if isinstance(path, (str, os.PathLike)):
        return open(path, "w", encoding=encoding, newline="")  # noqa: PTH123 - pathlib is slow to import
    from contextlib import nullcontext

    return nullcontext(path)


def _iso(value: Any) -> str:
    text: str = value.isoformat()
    return text


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        import json

        return json.dumps(value, ensure_ascii=False)
    return _iso(value) if hasattr(value, "isoformat") else value
