"""Hugging Face datasets: reports in, a table of khabar's out, batch by batch and over several processes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import khabar
from khabar._inputs import FIELDS

if TYPE_CHECKING:
    import pyarrow as pa


def extract(
    dataset: Any,
    *,
    table: str = "claims",
    text: str = "text",
    id: str | None = None,
    published: str | None = None,
    outlet: str | None = None,
    title: str | None = None,
    extractor: khabar.Extractor | None = None,
    **how: Any,
) -> Any:
    """What the reports of a dataset claim, as a dataset.

    Args:
        dataset: a `datasets.Dataset` with a report a row.
        table: which of khabar's tables.
        text, id, published, outlet, title: the columns; `id`, `published` and so on are taken where they are called so. A
            report without an id is called by its row.
        extractor: with lexicons, rules or a profile of your own; by default the built-in ones. Each process reads on one thread.
        how: what `Dataset.map` takes, as `num_proc=4` or `batch_size=500`.

    Returns:
        A `datasets.Dataset` with the table's columns.

    Raises:
        ValueError: no such table or column.
    """
    if table not in khabar.extract([]).tables:
        raise ValueError(f"no table {table!r}; one of {', '.join(khabar.extract([]).tables)} is needed")
    asked = {"text": text, "id": id, "published": published, "outlet": outlet, "title": title}
    there = dataset.column_names
    names = {}
    for field, known in FIELDS.items():
        name = asked[field] or next((name for name in known if name in there), None)
        if name is not None:
            if name not in there:
                raise ValueError(f"no column {name!r} for {field}; there are {', '.join(there)}")
            names[field] = name
    work = _Work((extractor or khabar.Extractor()).with_threads(1), table, names)
    schema = khabar.extract([]).tables[table].schema
    import datasets

    made = dataset.with_format("arrow").map(
        work,
        batched=True,
        with_indices=True,
        remove_columns=there,
        features=datasets.Features.from_arrow_schema(schema),
        **how,
    )
    return made.with_format(None)


class _Work:
    """What is done with a batch; picklable, so that other processes can do it."""

    def __init__(self, extractor: khabar.Extractor, table: str, names: dict[str, str]) -> None:
        self._extractor = extractor
        self._table = table
        self._names = names

    def __call__(self, batch: pa.Table, rows: list[int]) -> pa.Table:
        columns = {field: batch.column(name) for field, name in self._names.items()}
        ids = columns.get("id")
        given = [None] * len(rows) if ids is None else ids.to_pylist()
        named = [str(row) if name is None else name for name, row in zip(given, rows, strict=True)]
        extraction = self._extractor(
            columns["text"],
            ids=named,
            published=columns.get("published"),
            outlets=columns.get("outlet"),
            titles=columns.get("title"),
        )
        found = extraction.tables[self._table].to_arrow()
        # datasets takes no columns without a single chunk.
        return found if len(found) else found.schema.empty_table()
