"""Extraction on engines that hold the reports and the processes themselves (Spark, Ray, Dask): what they send to a worker.

A worker gets Arrow batches of reports and gives Arrow batches of rows, on one thread: the engine already runs as many
workers as there are cores.
"""

from __future__ import annotations

import os
import pickle
from collections import Counter
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from khabar import _extract
from khabar._inputs import FIELDS
from khabar._tables import NAMES, Extraction, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pyarrow as pa

    from khabar import Extractor

ALL = "all"
"""In place of a table's name: a row per report, which holds every table's rows of that report in a list column."""

# How many reports are read at a time, however large the engine's batches are: memory stays flat.
REPORTS = 1000


class Reader:
    """Batches of reports in, batches of one table's rows out. Picklable: it carries the text of its lexicons.

    Args:
        given: the columns of the engine's frame.
        names: those that hold text, id, published, outlet and title, where they are called otherwise.
        table: which table, or "all".
        extractor: whose lexicons and rules are read with; by default the built-in ones alone.

    Raises:
        ValueError: there is no such table or column, or none that holds the texts or the ids.
    """

    def __init__(
        self, given: Sequence[str], names: Mapping[str, str | None], table: str, extractor: Extractor | None
    ) -> None:
        if table not in (*NAMES, ALL):
            raise ValueError(f"no table {table!r}; there are {', '.join(NAMES)} and {ALL}")
        self.table = table
        self.columns = _columns(given, names)
        self._pickled = None if extractor is None else pickle.dumps(extractor)

    def schema(self) -> pa.Schema:
        """The columns of what comes out, found without reading anything."""
        return self._rows(_extract.extract([])).schema

    def batches(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The rows of many batches, as they come."""
        for batch in batches:
            for extraction in self._extractions(batch):
                yield from self._rows(extraction).to_batches()

    def read(self, reports: pa.Table | pa.RecordBatch) -> pa.Table:
        """The rows of one batch."""
        import pyarrow as pa

        read = [self._rows(extraction) for extraction in self._extractions(reports)]
        return pa.concat_tables(read) if read else self.schema().empty_table()

    def _extractions(self, reports: pa.Table | pa.RecordBatch) -> Iterator[Extraction]:
        import pyarrow as pa

        extractor = _loaded(self._pickled)
        if nulls := reports.column(self.columns["id"]).null_count:
            raise ValueError(f"column {self.columns['id']!r}: {nulls} reports without an id in one batch")
        for start in range(0, reports.num_rows, REPORTS):
            part = reports.slice(start, REPORTS)
            yield extractor(pa.table({field: part.column(name) for field, name in self.columns.items()}))

    def _rows(self, extraction: Extraction) -> pa.Table:
        return nested(extraction) if self.table == ALL else extraction.tables[self.table].to_arrow()


def nested(extraction: Extraction) -> pa.Table:
    """Every table in one: the columns of `documents`, and for each other table a list of its rows of that report."""
    import pyarrow as pa

    table = extraction.documents.to_arrow()
    ids = table.column("doc_id").to_pylist()
    for name, rows in extraction.tables.items():
        if name != "documents":
            flat = rows.to_arrow()
            counts = Counter(flat.column("doc_id").to_pylist())
            ends = pa.array(accumulate((counts[id] for id in ids), initial=0), pa.int32())
            structs = flat.to_struct_array().combine_chunks()
            table = table.append_column(name, pa.ListArray.from_arrays(ends, structs))
    return table


def unnested(reports: pa.Table) -> Extraction:
    """What `nested` made one of, as tables again: in the order of publication, then of ids, whatever order they come in."""
    import pyarrow as pa

    reports = reports.sort_by([("published", "ascending"), ("doc_id", "ascending")])
    tables = {}
    for name, empty in _extract.extract([]).tables.items():
        if name == "documents":
            rows = reports.select(empty.column_names)
        else:
            structs = reports.column(name).combine_chunks().flatten()
            rows = pa.Table.from_struct_array(structs).select(empty.column_names)
        # Engines write strings and times in types of their own.
        tables[name] = Table(name, rows.cast(empty.schema))
    return Extraction(tables)


class Agreement:
    """A group of reports, with all their tables, in; its facts out. Picklable."""

    def __init__(self, policy: str, rules: str | os.PathLike[str] | None) -> None:
        self.policy = policy
        self.rules = None if rules is None else os.fspath(rules)

    def schema(self) -> pa.Schema:
        """The columns of what comes out; the policy and the rules are checked here, before anything is sent."""
        return _extract.extract([]).agreement(self.policy, self.rules).schema

    def read(self, reports: pa.Table) -> pa.Table:
        """The facts of one group."""
        return unnested(reports).agreement(self.policy, self.rules).to_arrow()


@lru_cache(maxsize=4)
def _loaded(pickled: bytes | None) -> Extractor:
    """Lexicons are compiled once a process, not once a batch."""
    extractor: Extractor = _extract.default() if pickled is None else pickle.loads(pickled)
    return extractor.with_threads(1)


def _columns(given: Sequence[str], names: Mapping[str, str | None]) -> dict[str, str]:
    chosen = {}
    for field, usual in FIELDS.items():
        asked = names.get(field)
        if asked is not None and asked not in given:
            raise ValueError(f"no column {asked!r} for {field}; there are {', '.join(given)}")
        found = asked or next((name for name in usual if name in given), None)
        if found is not None:
            chosen[field] = found
    for field, what in (("text", "the reports"), ("id", "a name for each report, no two alike")):
        if field not in chosen:
            # Numbers would begin anew in every batch.
            raise ValueError(f"no column {field!r}; name the one that holds {what} by {field}=: {', '.join(given)}")
    return chosen
