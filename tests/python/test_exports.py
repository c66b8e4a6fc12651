"""Exports: the columns and values of ACLED, UCDP GED and PLOVER, and what they cannot hold."""

import datetime as dt
import pickle

import pytest

import khabar
from khabar._exports.columns import countries, mappings
from khabar._exports.ged import _date_precision

REPORTS = [
    # A strike with dead and injured, by a state in its own country, told by two outlets.
    "قتل خمسة مدنيين بينهم طفلان وأصيب 12 في قصف شنه الجيش السوري على مدينة الرقة أمس.",
    "قال المرصد السوري لحقوق الإنسان إن قصف الجيش السوري على مدينة الرقة أمس أدى إلى مقتل سبعة مدنيين.",
    # A clash between a state and a group, a capture, an arrest, a protest.
    "اندلعت اشتباكات بين الجيش العراقي وتنظيم داعش في الموصل أمس وقتل عشرة من عناصر تنظيم داعش.",
    "سيطر الجيش العراقي على مدينة تلعفر يوم الاثنين.",
    "اعتقلت الشرطة العراقية أربعة أشخاص في بغداد أمس.",
    "تظاهر مئات في مدينة تعز أمس.",
    # What no target holds: support, a denial, a plan, a toll that runs, no place.
    "تدعم الولايات المتحدة قوات سوريا الديمقراطية في الرقة.",
    "نفت الحكومة قصف مدينة حمص أمس.",
    "من المقرر أن يعقد اجتماع في جنيف الأسبوع المقبل بين روسيا وتركيا.",
    "ارتفعت حصيلة القتلى في مدينة إدلب إلى أكثر من 200 قتيل.",
    "قتل ثلاثة أشخاص.",
]
TARGETS = ["acled", "ged", "plover"]


@pytest.fixture(scope="module")
def x() -> khabar.Extraction:
    outlets = [f"outlet {n}" for n in range(len(REPORTS))]
    return khabar.extract(REPORTS, published="2017-07-05", outlets=outlets)


def export(x: khabar.Extraction, target: str) -> khabar.Table:
    return getattr(x, f"to_{target}")()


@pytest.mark.parametrize("target", TARGETS)
def test_columns_are_the_targets(x: khabar.Extraction, target: str) -> None:
    found = export(x, target)
    assert found.column_names == mappings()[target]["columns"]
    assert found.schema == export(khabar.extract([]), target).schema
    assert len(found) > 0
    assert found.losses.column_names == ["claim_id", "doc_id", "field", "value", "reason"]
    assert pickle.loads(pickle.dumps(found)).losses.to_pylist() == found.losses.to_pylist()


def test_acled_has_the_columns_of_its_codebook() -> None:
    known = (
        "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1 "
        "actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 location "
        "latitude longitude geo_precision source source_scale notes fatalities tags timestamp"
    )
    assert " ".join(mappings()["acled"]["columns"]) == known


def test_every_type_is_told_somewhere() -> None:
    acled, plover = mappings()["acled"], mappings()["plover"]
    sub_events = [s for event in acled["events"].values() for s in event["sub_events"]]
    assert len(sub_events) == len(set(sub_events)) == 25
    assert set(acled["types"].values()) <= set(sub_events)
    assert {event for event, _, _ in plover["types"].values()} <= set(plover["quads"])


def test_acled_rows_hold_values_of_the_codebook(x: khabar.Extraction) -> None:
    events = mappings()["acled"]["events"]
    for row in x.to_acled().to_pylist():
        assert row["sub_event_type"] in events[row["event_type"]]["sub_events"]
        assert row["disorder_type"] == events[row["event_type"]]["disorder"]
        assert row["time_precision"] in (1, 2, 3)
        assert row["geo_precision"] in (1, 2, 3)
        for n in "12":
            assert row[f"inter{n}"] in (None, *range(1, 9))
            assert (row[f"actor{n}"] is not None) or row[f"inter{n}"] is None
        inters = sorted(row[f"inter{n}"] for n in "12" if row[f"inter{n}"])
        assert row["interaction"] == (int("".join(map(str, inters)).ljust(2, "0")) if inters else None)
        assert row["year"] == row["event_date"].year
        assert row["fatalities"] >= 0
        assert row["iso"] == int(next(c["numeric"] for c in countries().values() if c["name"] == row["country"]))
        for name in ("event_id_cnty", "location", "latitude", "longitude", "country", "region", "source", "notes"):
            assert row[name] is not None, name


def test_acled_keeps_the_smallest_count_and_tells_what_it_leaves(x: khabar.Extraction) -> None:
    found = x.to_acled()
    (row,) = (r for r in found.to_pylist() if r["sub_event_type"] == "Shelling/artillery/missile attack")
    assert (row["fatalities"], row["event_date"], row["location"]) == (5, dt.date(2017, 7, 4), "Raqqa")
    assert (row["actor1"], row["inter1"], row["actor2"], row["inter2"]) == ("Syrian Army", 1, "Civilians (Syria)", 7)
    assert (row["interaction"], row["civilian_targeting"]) == (17, "Civilian targeting")
    assert row["source"] == "outlet 0; outlet 1"
    reasons = {(loss["doc_id"], loss["field"], loss["value"]) for loss in found.losses.to_pylist()}
    assert {("1", "count", "7"), ("0", "count", "12"), ("0", "victim_class", "child")} <= reasons


def test_ged_rows_hold_values_of_the_codebook(x: khabar.Extraction) -> None:
    found = x.to_ged().to_pylist()
    for row in found:
        assert row["type_of_violence"] in (1, 2, 3)
        assert row["where_prec"] in range(1, 8)
        assert row["date_prec"] in range(1, 6)
        assert row["event_clarity"] in (1, 2)
        assert row["region"] in ("Africa", "Americas", "Asia", "Europe", "Middle East")
        deaths = sum(row[f"deaths_{n}"] for n in ("a", "b", "civilians", "unknown"))
        assert deaths == row["best"] >= 1
        assert row["low"] <= row["best"] <= row["high"]
        assert row["date_start"] <= row["date_end"]
        assert 1 <= row["priogrid_gid"] <= 259200
    one_sided, battle = found
    assert (one_sided["type_of_violence"], one_sided["side_a"], one_sided["side_b"]) == (3, "Syrian Army", "Civilians")
    assert (one_sided["low"], one_sided["high"], one_sided["deaths_civilians"]) == (5, 7, one_sided["best"])
    assert (battle["type_of_violence"], battle["deaths_b"], battle["best"]) == (1, 10, 10)
    assert one_sided["source_original"] == "المرصد السوري لحقوق الإنسان"


def test_plover_records_hold_values_of_the_manual(x: khabar.Extraction) -> None:
    quads = mappings()["plover"]["quads"]
    found = x.to_plover().to_pylist()
    for row in found:
        (event,) = row["event"]
        assert row["quad_code"] == quads[event]
        assert row["date"] is not None
        assert row["source"]
    (strike,) = (r for r in found if r["mode"] == "heavy-weapons")
    assert (strike["source"][0]["code"], strike["source"][0]["sector"]) == ("SYR", "MIL")
    assert strike["size"]["injured"] == 12
    (clash,) = (r for r in found if r["mode"] == "firearms")
    assert ([a["name"] for a in clash["source"]], clash["recipient"]) == (["Iraqi army", "Islamic State"], [])


@pytest.mark.parametrize("target", TARGETS)
def test_every_claim_is_in_a_row_or_lost(x: khabar.Extraction, target: str) -> None:
    lost = {loss["claim_id"]: loss["reason"] for loss in export(x, target).losses.to_pylist() if loss["field"] is None}
    ids = {claim["claim_id"]: claim["doc_id"] for claim in x.claims.to_pylist()}
    assert set(lost) <= set(ids)
    kept = {ids[claim] for claim in ids if claim not in lost}
    # A denial, a plan and a killing without place are in no target.
    assert not kept & {"7", "8", "10"}
    assert "0" in kept


def test_what_one_row_leaves_out_of_several_claims_is_told() -> None:
    reports = [
        "قتل تسعة مدنيين بغارة شنها التحالف الدولي على حي المشلب في الرقة فجر أمس.",
        "أعلنت الأمم المتحدة مقتل أحد عشر مدنيا بغارة للتحالف الدولي على مدينة الرقة يوم الثلاثاء.",
        "قتل سبعة مدنيين بغارة للتحالف الدولي على مدينة الرقة يوم الثلاثاء.",
    ]
    x = khabar.extract(reports, published="2017-07-05", outlets=["a", "b", "c"])
    for target, numbers in ("acled", {"9", "11"}), ("ged", {"9"}), ("plover", {"9", "11"}):
        found = export(x, target)
        assert len(found) == 1, target
        lost = {(loss["doc_id"], loss["field"], loss["value"]) for loss in found.losses.to_pylist()}
        # GED has best, low and high, and of three that are told once the last is the best.
        assert {value for _, field, value in lost if field == "count"} == numbers, target
        assert ("1", "place", "مدينة الرقة") in lost or ("1", "place", "الرقة") in lost, (target, lost)
        assert any(field == "time" and doc == "0" for doc, field, _ in lost), (target, lost)
        assert any(field == "victims" for _, field, _ in lost) or target == "ged"


@pytest.mark.parametrize(
    ("days", "told", "precision"),
    [(0, True, 1), (1, True, 2), (5, True, 2), (6, True, 3), (7, True, 4), (30, True, 4), (31, True, 5), (0, False, 2)],
)
def test_ged_tells_how_exact_a_date_is(days: int, told: bool, precision: int) -> None:
    assert _date_precision(days, told) == precision


@pytest.mark.parametrize("target", TARGETS)
def test_every_reason_is_of_a_field_that_there_is(target: str) -> None:
    mapping = mappings()[target]
    assert set().union(*mapping["kinds"].values()) <= set(mapping["columns"])
    assert {"harm", "cumulative", "part", "number", "count", "modifier", "supporter", "weapon"} <= set(
        mapping["losses"]
    )


def test_nothing_is_lost_without_a_reason(x: khabar.Extraction) -> None:
    for target in TARGETS:
        for loss in export(x, target).losses.to_pylist():
            assert loss["reason"]
            assert loss["field"] is None or loss["value"] is not None
