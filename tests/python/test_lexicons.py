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


ACTORS = "id,name,name_ar,type,country,aliases\n"
PLACES = "name_ar,name_en,kind,country,lat,lon,place_id\n"


@pytest.mark.parametrize("suffix", ["csv", "tsv"])
def test_tables_are_lexicons_like_the_built_in_ones(suffix: str, tmp_path: Path) -> None:
    actors, places = tmp_path / f"actors.{suffix}", tmp_path / f"places.{suffix}"
    sign = {"csv": ",", "tsv": "\t"}[suffix]
    rows = ACTORS + 'wadi,"Wadi ""Green"" Brigades",سرايا الوادي الأخضر,armed_group,SY,كتيبة زرندان|لواء زرندان\n'
    actors.write_text("\ufeff" + rows.replace(",", sign), encoding="utf-8")
    places.write_text((PLACES + "زرندان,Zarandan,city,SY,35.5,38.25,mine:1\n").replace(",", sign), encoding="utf-8")
    text = "أعلن لواء زرندان وسرايا الوادي الأخضر انسحابهما من زرندان."
    x = khabar.Extractor(lexicons=[actors, places])([text])
    assert [(r["actor_id"], r["name"], r["basis"]) for r in x.actors.to_pylist()] == [
        ("wadi", 'Wadi "Green" Brigades', "user")
    ] * 2
    assert [(r["place_id"], r["lat"], r["lon"], r["basis"]) for r in x.locations.to_pylist()] == [
        ("mine:1", 35.5, 38.25, "user")
    ]


def test_an_actor_of_a_built_in_id_is_told_anew_and_keeps_its_names(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(ACTORS + "islamic-state,IS,دولة زرندان,organization,,\n", encoding="utf-8")
    x = khabar.Extractor(lexicons=[path])(["قالت دولة زرندان إنها تنظيم الدولة الإسلامية"])
    assert {(r["actor_id"], r["name"], r["type"]) for r in x.actors.to_pylist()} == {
        ("islamic-state", "IS", "organization")
    }


def test_a_name_given_to_another_actor_is_his(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(ACTORS + "mine,Mine,داعش,organization,,\n", encoding="utf-8")
    text = "أعلن تنظيم الدولة الإسلامية الهدنة، وقال داعش إنه سينسحب"
    x = khabar.Extractor(lexicons=[path])([text])
    assert [r["actor_id"] for r in x.actors.to_pylist()] == ["islamic-state", "mine"]


def test_a_place_of_a_built_in_id_lies_where_the_user_says(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(PLACES + "الرقة,Ar-Raqqah,city,SY,36.5,39.5,geonames:172955\n", encoding="utf-8")
    (row,) = khabar.Extractor(lexicons=[path])(["دخلت القوات مدينة الرقة"]).locations.to_pylist()
    assert (row["name"], row["lat"], row["lon"], row["basis"]) == ("Ar-Raqqah", 36.5, 39.5, "user")


def test_a_place_of_the_user_goes_before_all_of_its_name(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(PLACES + "الموصل,Mosul village,city,SY,35.5,38.5,mine:1\n", encoding="utf-8")
    (row,) = khabar.Extractor(lexicons=[path])(["دخلت القوات مدينة الموصل"]).locations.to_pylist()
    assert row["place_id"] == "mine:1"


def test_twenty_thousand_rows(tmp_path: Path) -> None:
    letters = "بتجحخدذرزسشصضطعغفقكلمنهي"
    names = [a + b + c + "زندر" for a in letters for b in letters for c in letters]
    actors, places = tmp_path / "actors.csv", tmp_path / "places.tsv"
    rows = [f"a{n},A{n},سرايا {name},armed_group,SY,كتائب {name}\n" for n, name in enumerate(names[:10_000])]
    actors.write_text(ACTORS + "".join(rows), encoding="utf-8")
    rows = [f"قرية {name}\tV{n}\tcity\tSY\t35.5\t38.5\tmine:{n}\n" for n, name in enumerate(names[:10_000])]
    places.write_text((PLACES.replace(",", "\t")) + "".join(rows), encoding="utf-8")
    extractor = khabar.Extractor(lexicons=[actors, places])
    x = extractor([f"قالت كتائب {names[9_999]} إنها دخلت قرية {names[5_000]}"])
    assert [r["actor_id"] for r in x.actors.to_pylist()] == ["a9999"]
    assert [r["place_id"] for r in x.locations.to_pylist()] == ["mine:5000"]
