"""Lexicons of one's own: what they add, and what is said of a broken one. The broken ones are in tests/lexicon_errors.toml."""

import tomllib
from pathlib import Path

import pytest

import khabar

BROKEN = tomllib.loads((Path(__file__).parents[1] / "lexicon_errors.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: case["about"])
def test_a_broken_file_is_told_with_its_line(case: dict[str, object], tmp_path: Path) -> None:
    path = tmp_path / str(case["file"])
    path.write_text(str(case["text"]), encoding="utf-8")
    with pytest.raises(khabar.LexiconError) as caught:
        khabar.Extractor(lexicons=[path])
    assert (caught.value.file, caught.value.line) == (str(path), case["line"])
    assert str(case["message"]) in caught.value.message
    assert str(caught.value).startswith(f"{path}:{case['line']}: " if case["line"] else f"{path}: ")


def test_an_error_leaves_other_extractors_alone(tmp_path: Path, report: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("[[actor]]", encoding="utf-8")
    before = khabar.extract([report]).claims.to_pylist()
    with pytest.raises(khabar.LexiconError):
        khabar.Extractor(lexicons=[path])
    assert khabar.extract([report]).claims.to_pylist() == before


def test_a_file_adds_what_it_names(tmp_path: Path) -> None:
    text = "أعلنت سرايا الوادي الأخضر انسحابها من تل الوادي الأخضر."
    actors, places = tmp_path / "mine.toml", tmp_path / "mine.tsv"
    actors.write_text(
        '[[actor]]\nid = "wadi"\nname = "Wadi Brigades"\nname_ar = "سرايا الوادي الأخضر"\ntype = "armed_group"\ncountry = "SY"\n',
        encoding="utf-8",
    )
    places.write_text(
        "name_ar\tname_en\tkind\tlat\tlon\tplace_id\nتل الوادي الأخضر\tTell Wadi\tcity\t35.5\t38.25\tmine:1\n",
        encoding="utf-8",
    )
    x = khabar.Extractor(lexicons=[actors, places])([text])
    assert [(r["actor_id"], r["name"], r["type"]) for r in x.actors.to_pylist()] == [
        ("wadi", "Wadi Brigades", "armed_group")
    ]
    assert [(r["place_id"], r["name"], r["lat"], r["lon"]) for r in x.locations.to_pylist()] == [
        ("mine:1", "Tell Wadi", 35.5, 38.25)
    ]
    built_in = khabar.extract([text])
    assert "wadi" not in [r["actor_id"] for r in built_in.actors.to_pylist()]
