"""Spark, Ray and Dask: the same rows as here, whatever the partitions. Slow, because the engines are slow to start."""

import importlib.util
import os
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest

import khabar
from khabar import demo
from khabar._workers import Reader, nested, unnested

TABLES = list(khabar.extract([]).tables)


def frame() -> pa.Table:
    """More reports than a partition, one of them null and one with nothing to find."""
    reports = [row | {"id": f"{row['id']}-{n}"} for n in range(3) for row in demo()]
    rows = [(str(row["id"]), row["text"], str(row.get("published")), row.get("outlet"), "t") for row in reports]
    rows += [("null", None, None, None, None), ("none", "خبر", "2017-07-01", "x", None)]
    columns = dict(zip(["url", "body", "day", "outlet", "title"], zip(*rows, strict=True), strict=True))
    return pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})


NAMES = {"text": "body", "id": "url", "published": "day"}


@pytest.fixture(scope="module")
def reports() -> pa.Table:
    return frame()


@pytest.fixture(scope="module")
def local(reports: pa.Table) -> khabar.Extraction:
    return khabar.extract(reports, text="body", id="url", published="day")


def rows(table: Any) -> list[dict[str, Any]]:
    return sorted(table.to_pylist(), key=lambda row: (row["doc_id"], str(row)))


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("size", [1, 4, 100])
def test_batches_give_the_rows_of_the_whole(reports: pa.Table, local: khabar.Extraction, table: str, size: int) -> None:
    reader = Reader(reports.column_names, NAMES, table, None)
    batches = list(reader.batches(iter(reports.to_batches(max_chunksize=size))))
    assert pa.Table.from_batches(batches, reader.schema()).equals(local.tables[table].to_arrow())
    assert reader.read(reports).equals(local.tables[table].to_arrow())
    assert reader.read(reports.slice(0, 0)).schema.equals(local.tables[table].schema)


def test_all_tables_in_one(reports: pa.Table, local: khabar.Extraction) -> None:
    whole = nested(local)
    assert whole.column_names == [*local.documents.column_names, *TABLES[1:]]
    for name in TABLES[1:]:
        again = [row for report in whole.column(name).to_pylist() for row in report]
        assert again == local.tables[name].to_pylist()
    assert Reader(reports.column_names, NAMES, "all", None).schema() == whole.schema


def test_what_cannot_be_read_is_told_at_once(reports: pa.Table) -> None:
    given = reports.column_names
    for names, table, message in [
        (NAMES, "facts", "no table 'facts'; there are documents, "),
        ({"text": "nothing"}, "claims", "no column 'nothing' for text; there are url, body"),
        ({"text": "body"}, "claims", "no column 'id'; name the one that holds a name for each report"),
        ({"id": "url"}, "claims", "no column 'text'; name the one that holds the reports"),
    ]:
        with pytest.raises(ValueError, match=message):
            Reader(given, names, table, None)
    missing = pa.table({"id": ["a", None], "text": ["خبر", "خبر"]})
    with pytest.raises(ValueError, match="column 'id': 1 reports without an id"):
        Reader(missing.column_names, {}, "claims", None).read(missing)


def test_a_reader_carries_its_lexicons(tmp_path: Path) -> None:
    import pickle

    path = tmp_path / "mine.toml"
    path.write_text(
        '[[actor]]\nid = "x:mine"\nname = "Mine"\nname_ar = "لواء الزعفران"\ntype = "armed_group"\n', encoding="utf-8"
    )
    extractor = khabar.Extractor([path])
    table = pa.table({"id": ["a"], "text": ["سيطر لواء الزعفران على البلدة."]})
    reader = pickle.loads(pickle.dumps(Reader(table.column_names, {}, "actors", extractor)))
    assert reader.read(table).equals(extractor(table).actors.to_arrow())
    assert "x:mine" in reader.read(table).column("actor_id").to_pylist()


# ── the engines themselves ───────────────────────────────────────────────────────────────────────────────────────

slow = pytest.mark.slow


def need(module: str) -> None:
    """`make test` leaves the engines out (`make engines` brings them); there they must be."""
    if importlib.util.find_spec(module) is None:
        pytest.fail(f"{module} is not installed; `make engines` installs what these tests need")


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    need("pyspark")
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.fail("Spark needs Java 17 or newer (Debian: openjdk-17-jre-headless)")
    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[2]").appName("khabar")
    for key, value in {
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.session.timeZone": "UTC",
        "spark.driver.bindAddress": "127.0.0.1",
    }.items():
        builder = builder.config(key, value)
    session = builder.getOrCreate()
    yield session
    session.stop()


@slow
@pytest.mark.filterwarnings("ignore")
def test_spark(spark: Any, reports: pa.Table, local: khabar.Extraction) -> None:
    import khabar.spark

    df = spark.createDataFrame([tuple(row.values()) for row in reports.to_pylist()], reports.column_names).repartition(
        3
    )
    kept = khabar.spark.extract(df, **NAMES, table="all").cache()
    for name in TABLES:
        found = khabar.spark.table(kept, name)
        assert found.columns == local.tables[name].column_names
        assert rows(found.toArrow()) == rows(local.tables[name].to_arrow()), name
    for name in ("claims", "documents"):
        found = khabar.spark.extract(df, **NAMES, table=name)
        assert rows(found.toArrow()) == rows(local.tables[name].to_arrow()), name
    with pytest.raises(ValueError, match="no table 'facts'"):
        khabar.spark.table(kept, "facts")


def facts(table: Any) -> list[dict[str, Any]]:
    return sorted(table.to_pylist(), key=lambda row: str(row["fact_id"]))


def test_tables_come_apart_again(local: khabar.Extraction) -> None:
    order = [("published", "ascending"), ("doc_id", "ascending")]
    again = unnested(nested(local))
    assert again.documents.to_arrow() == local.documents.to_arrow().sort_by(order)
    for name in TABLES[1:]:
        assert rows(again.tables[name]) == rows(local.tables[name]), name
        assert again.tables[name].schema == local.tables[name].schema


@slow
@pytest.mark.filterwarnings("ignore")
def test_what_a_page_shows_of_spark(
    spark: Any, reports: pa.Table, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    page = (Path(__file__).parents[2] / "docs" / "scale.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"^```python\n(.*?)^```", page, re.M | re.S)
    rows = [tuple(row.values()) for row in reports.to_pylist()]
    columns = ["date" if name == "day" else name for name in reports.column_names]
    # In its own folder: Spark's is where it was started.
    block = block.replace('"kept/"', repr(str(tmp_path / "kept")))
    shown = {"spark": spark, "reports": spark.createDataFrame(rows, columns)}
    exec(compile(block, "docs/scale.md", "exec"), shown)
    assert shown["casualties"].count() > 0
    assert shown["facts"].count() > 0


@slow
@pytest.mark.filterwarnings("ignore")
def test_agreement_on_spark(spark: Any, reports: pa.Table) -> None:
    from pyspark.sql import functions

    import khabar.spark

    df = spark.createDataFrame([tuple(row.values()) for row in reports.to_pylist()], reports.column_names)
    kept = khabar.spark.extract(df.repartition(3), **NAMES, table="all").cache()
    ordered = reports.sort_by([("day", "ascending"), ("url", "ascending")])
    whole = khabar.extract(ordered, text="body", id="url", published="day")
    assert len(whole.agreement()) > 0
    found = khabar.spark.agreement(kept, by=functions.lit(1))
    assert facts(found.toArrow()) == facts(whole.agreement())
    outlets = {row["outlet"] for row in reports.to_pylist()}
    apart = []
    for outlet in outlets:
        own = [row for row in ordered.to_pylist() if row["outlet"] == outlet]
        renamed = [{"text": row["body"], "id": row["url"], "published": row["day"], "outlet": outlet} for row in own]
        apart += khabar.extract(renamed).agreement().to_pylist()
    by_outlet = khabar.spark.agreement(kept, by="outlet")
    assert [f["fact_id"] for f in facts(by_outlet.toArrow())] == sorted(f["fact_id"] for f in apart)
    assert khabar.spark.agreement(kept).columns == whole.agreement().column_names
    with pytest.raises(ValueError, match="policy"):
        khabar.spark.agreement(kept, policy="loudest")


@slow
@pytest.mark.filterwarnings("ignore")
def test_spark_dates_and_other_types(spark: Any) -> None:
    import khabar.spark

    df = spark.sql(
        "select 7 as id, 'قتل ثلاثة مدنيين أمس.' as text, date'2017-07-05' as published "
        "union all select 8, 'قتل ثلاثة مدنيين أمس.', null"
    )
    found = {row["doc_id"]: row for row in khabar.spark.extract(df, table="casualties").toArrow().to_pylist()}
    assert str(found["7"]["time_from"].date()) == "2017-07-04"
    assert found["8"]["time_from"] is None


@slow
@pytest.mark.filterwarnings("ignore")
def test_ray(reports: pa.Table, local: khabar.Extraction, monkeypatch: pytest.MonkeyPatch) -> None:
    need("ray")
    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "0")
    import ray

    import khabar.ray

    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, _node_ip_address="127.0.0.1")
    try:
        data = ray.data.from_arrow([reports.slice(start, 7) for start in range(0, reports.num_rows, 7)])
        for name in TABLES:
            found = khabar.ray.extract(data, **NAMES, table=name)
            assert sorted(found.take_all(), key=str) == sorted(local.tables[name].to_pylist(), key=str), name
    finally:
        ray.shutdown()


@slow
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("scheduler", ["threads", "processes"])
def test_dask(reports: pa.Table, local: khabar.Extraction, scheduler: str) -> None:
    need("dask")
    import dask.dataframe as dd

    import khabar.dask

    data = dd.from_pandas(reports.to_pandas(), npartitions=3)
    for name in TABLES:
        found = khabar.dask.extract(data, **NAMES, table=name).compute(scheduler=scheduler)
        wanted = local.tables[name].to_pandas()
        pd.testing.assert_frame_equal(found.reset_index(drop=True), wanted, check_dtype=False, obj=name)


@slow
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("processes", [1, 2])
def test_datasets(reports: pa.Table, local: khabar.Extraction, processes: int, tmp_path: Path) -> None:
    need("datasets")
    import datasets

    import khabar.datasets

    data = datasets.Dataset.from_dict(reports.to_pydict())
    for name in ("claims", "documents"):
        found = khabar.datasets.extract(data, **NAMES, table=name, num_proc=processes, batch_size=4)
        assert rows(found.with_format("arrow")[:]) == rows(local.tables[name].to_arrow()), name
