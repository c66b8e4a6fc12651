"""Extraction on Ray: a Dataset of reports to a Dataset of rows, over Arrow batches.

>>> import khabar.ray  # doctest: +SKIP
>>> claims = khabar.ray.extract(ray.data.read_parquet("reports/"), id="url")  # doctest: +SKIP

Needs `pip install khabar[ray]`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from khabar._workers import REPORTS, Reader

if TYPE_CHECKING:
    from ray.data import Dataset

    from khabar import Extractor


def extract(
    ds: Dataset,
    text: str | None = None,
    id: str | None = None,
    published: str | None = None,
    outlet: str | None = None,
    title: str | None = None,
    *,
    table: str = "claims",
    extractor: Extractor | None = None,
) -> Dataset:
    """What the reports of a Ray Dataset claim, as a Dataset with the columns of one table.

    The same rows as `khabar.extract` of the same reports; each task reads on one thread.

    Args:
        ds: a row per report.
        text, id, published, outlet, title: its columns, where they are not called so; `id` may be `doc_id`. An id is
            needed, and no two reports may share one.
        table: which table; "all" for a row per report that holds every table's rows in list columns.
        extractor: lexicons of your own; by default the built-in ones. Its number of threads is not used.

    Raises:
        ValueError: there is no such table or column, or none that holds the texts or the ids.
    """
    names = {"text": text, "id": id, "published": published, "outlet": outlet, "title": title}
    given = ds.schema()
    reader = Reader([] if given is None else given.names, names, table, extractor)
    return ds.map_batches(reader.read, batch_format="pyarrow", batch_size=REPORTS, zero_copy_batch=True)
