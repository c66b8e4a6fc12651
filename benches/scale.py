"""What a report costs: seconds of one core, rows and bytes, from which docs/scale.md counts what a billion cost.

    python benches/scale.py REPORTS.jsonl [HOW MANY]

Seconds are those of the processor, so that a busy machine gives the same figures as an idle one, or nearly.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

import khabar
from khabar._workers import Reader


def main(path: str, many: int = 4000) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    fields = ("id", "text", "published", "outlet", "title")
    reports = [{field: report[field] for field in fields} for report in islice(khabar.scan(path), many)]
    for number, report in enumerate(reports):
        report["id"] = str(report["id"] or number)
    table = pa.Table.from_pylist(reports, pa.schema([(field, pa.string()) for field in fields]))
    size = sum(len(report["text"].encode()) for report in reports)
    print(f"{len(reports):,} reports, {size / 1e6:.1f} MB of text, {size / len(reports):,.0f} bytes each")

    khabar.extract(["خبر"])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"memory with the lexicons compiled: {before / 1024:,.0f} MB")
    batches = table.to_batches(max_chunksize=1000)
    for what in ("claims", "all"):
        reader = Reader(table.column_names, {}, what, None)
        start = time.process_time()
        rows = pa.Table.from_batches(list(reader.batches(iter(batches))), reader.schema())
        spent = time.process_time() - start
        print(
            f"{what}: {spent / len(reports) * 1e3:.2f} ms a report, {size / 1e6 / spent:.1f} MB/s, {len(rows) / len(reports):.2f} rows a report"
        )
    extraction = khabar.extract(table)
    with tempfile.TemporaryDirectory() as place:
        total = 0
        for name, found in extraction.tables.items():
            file = Path(place, f"{name}.parquet")
            found.write_parquet(file)
            total += file.stat().st_size
            print(
                f"  {name:<13} {len(found) / len(reports):7.2f} rows, {file.stat().st_size / len(reports):7.0f} bytes of Parquet a report"
            )
        text = Path(place, "text.parquet")
        pq.write_table(table.select(["text"]), text, compression="zstd")
        print(
            f"  {'all tables':<13} {total / len(reports):21.0f} bytes; the texts alone {text.stat().st_size / len(reports):.0f}"
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"peak of this whole run: {peak / 1024:,.0f} MB")


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
