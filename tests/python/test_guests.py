"""Other people's tools: what they are handed, and that they take it."""

import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import khabar

TEXTS = ["قُتل 14 مدنياً في الـــرقة", None]


@pytest.fixture(scope="module")
def demo() -> khabar.Extraction:
    return khabar.extract(
        [*khabar.demo(), {"text": None, "id": "none"}, {"text": "😀 قُتل 14 مدنياً\nفي الرقة", "id": "../a b"}]
    )


def test_guests_are_not_imported_unasked() -> None:
    guests = ["pandas", "polars", "pyarrow", "duckdb", "spacy", "datasets", "click", "matplotlib", "playwright"]
    code = f"import khabar, sys; khabar.normalize('أ'); print([g for g in {guests} if g in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_cells_of_a_frame_run_as_their_text_does(monkeypatch: pytest.MonkeyPatch) -> None:
    import IPython
    from IPython.core.formatters import DisplayFormatter

    import khabar.pandas

    frame = pd.DataFrame({"عنوان": ["11 قتيلاً", "<td>"]}, index=["مقتل", "b"])
    formatter = DisplayFormatter()
    shell = type("Shell", (), {"display_formatter": formatter})
    monkeypatch.setattr(IPython, "get_ipython", lambda: shell)
    khabar.pandas.display_arabic()
    html = formatter.format(frame)[0]["text/html"]
    assert '<td dir="auto">11 قتيلاً</td>' in html
    assert '<th dir="auto">مقتل</th>' in html
    assert "&lt;td&gt;" in html
    assert "<td>" not in html
    monkeypatch.setattr(IPython, "get_ipython", lambda: None)
    with pytest.raises(RuntimeError, match="notebook"):
        khabar.pandas.display_arabic()


def test_pandas() -> None:
    import khabar.pandas  # noqa: F401 - it registers the accessor

    frame = pd.DataFrame({"body": TEXTS, "day": ["2017-07-01", None]}, index=["x", "y"])
    normalized = frame["body"].khabar.normalize(teh_marbuta="keep")
    assert normalized.tolist()[0] == "قتل 14 مدنيا في الرقة"
    assert normalized.index.tolist() == ["x", "y"]
    x = frame["body"].khabar.extract(published=frame["day"])
    assert [row["doc_id"] for row in x.documents.to_pylist()] == ["x", "y"]
    assert len(x.casualties) == 1
    assert len(frame.khabar.extract(text="body").casualties) == 1
    twice = pd.Series(TEXTS, index=["x", "x"]).khabar.extract()
    assert [row["doc_id"] for row in twice.documents.to_pylist()] == ["0", "1"]


def test_polars() -> None:
    import khabar.polars

    frame = pl.DataFrame({"body": TEXTS, "id": ["x", "y"]})
    plain = khabar.normalize(TEXTS[0])
    assert frame["body"].khabar.normalize().to_list() == [plain, None]
    lazy = frame.lazy().select(pl.col("body").khabar.normalize()).collect()
    assert lazy["body"].to_list() == [plain, None]
    assert len(frame["body"].khabar.extract().casualties) == 1
    assert [row["doc_id"] for row in frame.khabar.extract(text="body").casualties.to_pylist()] == ["x"]


def test_duckdb_reads_the_tables_where_they_lie(demo: khabar.Extraction) -> None:
    import khabar.duckdb

    connection = khabar.duckdb.connect(demo)
    for name, table in demo.tables.items():
        assert connection.sql(f"select count(*) from {name}").fetchall() == [(len(table),)]
    rows = connection.sql(
        'select c.claim_id, substring(d.text, c.start + 1, c."end" - c.start), c.text from claims c join documents d using (doc_id)'
    ).fetchall()
    assert rows
    assert all(cut == text for _, cut, text in rows)
    casualties = demo.casualties
    assert duckdb.sql("select count(*) from casualties").fetchall() == [(len(casualties),)]
    # Without a copy: what is registered is the very memory that the table holds.
    before = pa.total_allocated_bytes()
    khabar.duckdb.connect(demo)
    assert pa.total_allocated_bytes() == before


def test_frames_and_columns_are_read_by_an_extractor_of_ones_own() -> None:
    import khabar.pandas
    import khabar.polars

    social = khabar.Extractor(profile="social")
    for frame in (pd.DataFrame({"text": ["قصـ.ـف الجيش القرية"]}), pl.DataFrame({"text": ["قصـ.ـف الجيش القرية"]})):
        for reports in (frame, frame["text"]):
            assert len(reports.khabar.extract().events) == 0
            assert len(reports.khabar.extract(social).events) == 1


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("processes", [None, 2])
def test_datasets(
    demo: khabar.Extraction, processes: int | None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_DATASETS_CACHE", str(tmp_path))
    import datasets

    import khabar.datasets

    rows = khabar.demo()
    given = datasets.Dataset.from_list(
        [{"body": row["text"], "key": row["id"], "published": row["published"]} for row in rows]
    )
    made = khabar.datasets.extract(given, table="casualties", text="body", id="key", batch_size=2, num_proc=processes)
    wanted = khabar.extract([row | {"outlet": None, "title": None} for row in rows]).casualties
    assert made.column_names == wanted.column_names
    assert made.to_list() == wanted.to_pylist()
    unnamed = khabar.datasets.extract(given.select_columns(["body"]), table="documents", text="body", batch_size=2)
    assert unnamed["doc_id"][:] == ["0", "1", "2", "3", "4"]
    hidden = datasets.Dataset.from_list([{"text": "قصـ.ـف الجيش القرية"}])
    for extractor, found in ((None, []), (khabar.Extractor(profile="social"), ["قصـ.ـف"])):
        made = khabar.datasets.extract(hidden, table="events", extractor=extractor)
        assert made["trigger"][:] == found
    with pytest.raises(ValueError, match="no table 'claim'"):
        khabar.datasets.extract(given, table="claim")
    with pytest.raises(ValueError, match="no column 'text' for text; there are body, key"):
        khabar.datasets.extract(given)


@pytest.mark.filterwarnings("ignore")
def test_spacy(demo: khabar.Extraction) -> None:
    import spacy
    from spacy.tokens import DocBin

    nlp = spacy.blank("ar")
    docs = list(khabar.to_spacy(demo, nlp))
    for doc, report in zip(docs, demo.documents.to_pylist(), strict=True):
        assert doc.text == (report["text"] or "")
        assert doc.user_data["doc_id"] == report["doc_id"]
        own = {
            name: [row for row in table.to_pylist() if row["doc_id"] == report["doc_id"]]
            for name, table in demo.tables.items()
        }
        for name in ("actors", "locations", "times", "quantities", "events", "casualties"):
            assert len(doc.spans[name]) == len(own[name])
            for span, row in zip(doc.spans[name], own[name], strict=True):
                assert row["text"] in span.text
                assert span.start_char <= row["start"] < row["end"] <= span.end_char
    assert [s.kb_id_ for s in docs[0].spans["actors"]] == [
        r["actor_id"] or "" for r in demo.actors.to_pylist() if r["doc_id"] == "1"
    ]
    assert {span.id_ for span in docs[0].spans["events"]} == {
        r["claim_id"] for r in demo.events.to_pylist() if r["doc_id"] == "1"
    }
    labels = {ent.label_ for doc in docs for ent in doc.ents}
    assert {"ORG", "GPE", "DATE", "CARDINAL"} <= labels
    # As spaCy stores them, and trains on them.
    stored = DocBin(docs=docs, store_user_data=True).to_bytes()
    again = list(DocBin(store_user_data=True).from_bytes(stored).get_docs(nlp.vocab))
    assert [(e.text, e.label_) for e in again[0].ents] == [(e.text, e.label_) for e in docs[0].ents]


def test_label_studio(demo: khabar.Extraction, tmp_path: Path) -> None:
    tasks = khabar.to_label_studio(demo, tmp_path / "tasks.json")
    assert json.loads((tmp_path / "tasks.json").read_text(encoding="utf-8")) == tasks
    assert len(tasks) == 6
    labels = set(re.findall(r'<Label value="(\w+)"', khabar.LABEL_STUDIO_CONFIG))
    relations = set(re.findall(r'<Relation value="(\w+)"', khabar.LABEL_STUDIO_CONFIG))
    seen = set()
    for task in tasks:
        regions = {item["id"]: item for item in task["predictions"][0]["result"] if item["type"] == "labels"}
        others = [item for item in task["predictions"][0]["result"] if item["type"] != "labels"]
        assert len(regions) + len(others) == len(task["predictions"][0]["result"]), "an id comes twice"
        for item in regions.values():
            value = item["value"]
            assert task["data"]["text"][value["start"] : value["end"]] == value["text"]
            assert set(value["labels"]) <= labels
        for item in others:
            assert item["type"] == "relation"
            assert {item["from_id"], item["to_id"]} <= regions.keys()
            assert set(item["labels"]) <= relations
            seen |= set(item["labels"])
    assert {"agent", "place", "source"} <= seen


def needs(module: str) -> None:
    if importlib.util.find_spec(module) is None:
        pytest.skip(f"{module}: pip install --no-deps -r tests/python/readers.txt, as `make test` does")


@pytest.mark.filterwarnings("ignore")
def test_label_studio_reads_what_is_exported(demo: khabar.Extraction) -> None:
    needs("label_studio_sdk")
    from label_studio_sdk.label_interface import LabelInterface

    interface = LabelInterface(khabar.LABEL_STUDIO_CONFIG)
    interface.validate()
    tasks = khabar.to_label_studio(demo)
    for task in tasks:
        assert interface.validate_task({"data": task["data"]})
        assert interface.validate_prediction(task["predictions"][0], return_errors=True) == []
    # Its check is one that finds mistakes.
    wrong = tasks[0]["predictions"][0]
    wrong["result"][0]["value"]["labels"] = ["nobody"]
    assert interface.validate_prediction(wrong, return_errors=True)[0].startswith("Region 0: Invalid value")


def test_brat_reads_what_is_exported(demo: khabar.Extraction, tmp_path: Path) -> None:
    needs("brat")
    khabar.to_brat(demo, tmp_path / "out")
    (tmp_path / "work").mkdir()

    def read() -> dict[str, Any]:
        program = [sys.executable, Path(__file__).with_name("read_brat.py"), tmp_path / "out", tmp_path / "work"]
        found: dict[str, Any] = json.loads(subprocess.run(program, capture_output=True, check=True).stdout)
        return found

    found = read()
    assert (found["messages"], found["direction"]) == ([], "rtl")
    for report in demo.documents.to_pylist()[:-2]:
        document = found["documents"][report["doc_id"]]
        assert (document["text"], document["failed"], document["issues"]) == (report["text"], [], [])
        own = {name: [row for row in table if row["doc_id"] == report["doc_id"]] for name, table in demo.tables.items()}
        places = {(row["start"], row["end"]) for row in own["locations"]}
        assert {tuple(span[0]) for kind, span in document["entities"] if kind == "Place"} == places
        triggers = [(r["trigger_start"], r["trigger_end"]) for r in own["events"]]
        triggers += [(r["anchor_start"], r["anchor_end"]) for r in own["casualties"]]
        assert sorted(tuple(span[0]) for _, span in document["triggers"]) == sorted(triggers)
        assert len(document["events"]) == len(document["notes"]) == len(own["claims"])
        assert sum(kind == "Negated" for kind, _ in document["attributes"]) == sum(r["negated"] for r in own["claims"])
    # Its check is one that finds mistakes.
    path = tmp_path / "out" / "annotation.conf"
    path.write_text(path.read_text(encoding="utf-8").replace("Place\n", "Site\n", 1), encoding="utf-8")
    assert any("Place is not a known" in issue for issue in read()["documents"]["1"]["issues"])


def parse(text: str, standoff: str) -> dict[str, list[str]]:
    """brat's standoff as its manual (brat.nlplab.org/standoff.html) defines it; raises where a line is against it."""
    found: dict[str, list[str]] = {}
    for line in standoff.split("\n")[:-1]:
        name, rest = line.split("\t", 1)
        assert name not in found
        if name[0] == "T":
            head, words = rest.split("\t")
            label, spans = head.split(" ", 1)
            parts = [tuple(map(int, part.split(" "))) for part in spans.split(";")]
            assert all("\n" not in text[a:b] for a, b in parts)
            assert " ".join(text[a:b] for a, b in parts) == words
            found[name] = [label]
        elif name[0] == "E":
            (label, trigger), *arguments = (part.split(":") for part in rest.split(" "))
            assert found[trigger] == [label]
            assert all(target in found for _, target in arguments)
            found[name] = [label, *(role for role, _ in arguments)]
        elif name[0] == "A":
            label, target, *value = rest.split(" ")
            assert target in found
            found[name] = [label, *value]
        else:
            assert re.fullmatch(r"#\d+", name)
            kind, target = rest.split("\t")[0].split(" ")
            assert kind == "AnnotatorNotes"
            assert target in found
            found[name] = rest.split("\t")[1:]
    return found


def test_brat(demo: khabar.Extraction, tmp_path: Path) -> None:
    khabar.to_brat(demo, tmp_path / "brat")
    files = {path.name for path in (tmp_path / "brat").iterdir()}
    names = {"1", "2", "3", "4", "5", "%2E%2E%2Fa b"}
    assert files == {f"{name}.{suffix}" for name in names for suffix in ("txt", "ann")} | {
        "annotation.conf",
        "visual.conf",
    }
    assert [p.name for p in tmp_path.iterdir()] == ["brat"]
    configured = (tmp_path / "brat" / "annotation.conf").read_text(encoding="utf-8")
    events = 0
    for name in names:
        text = (tmp_path / "brat" / f"{name}.txt").read_bytes().decode()
        found = parse(text, (tmp_path / "brat" / f"{name}.ann").read_bytes().decode())
        for key, (label, *_) in ((k, v) for k, v in found.items() if k[0] in "TE"):
            assert re.search(rf"^{label}\b", configured, re.M), (key, label)
        events += sum(key[0] == "E" for key in found)
    assert events == len(demo.claims)


def test_what_is_not_installed_is_named() -> None:
    code = "import sys; sys.modules['spacy'] = None; import khabar\ntry: list(khabar.to_spacy(khabar.extract(['أ']), None))\nexcept ImportError as e: print(e)"
    assert "spacy" in subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
