"""Agreement: the table, its pivot and the command. What is joined stands in tests/agreement.toml."""

import pickle
import tomllib
from pathlib import Path

import pyarrow as pa
import pytest

import khabar

TEXTS = [
    "قتل خمسة مدنيين في قصف على الرقة أمس، وفق المرصد السوري لحقوق الإنسان.",
    "مقتل 7 مدنيين بقصف على الرقة يوم الثلاثاء، بحسب مصادر طبية.",
    "أعلنت الشرطة اعتقال ثلاثة أشخاص في عدن.",
]
COLUMNS = [
    "fact_id",
    "what",
    "aspect",
    "counted",
    "unit",
    "place",
    "place_id",
    "time_from",
    "time_to",
    "parties",
    "cumulative",
    "values",
    "relation",
    "best",
    "low",
    "high",
    "n_claims",
    "n_documents",
    "n_outlets",
    "n_sources",
    "claim_ids",
    "denied_by",
    "evidence",
    "grading",
]


@pytest.fixture(scope="module")
def told() -> khabar.Extraction:
    return khabar.extract(TEXTS, ids=["a", "b", "c"], published="2017-07-05", outlets=["A", "B", None])


def toll(told: khabar.Extraction, policy: str = "best") -> dict:
    (fact,) = (f for f in told.agreement(policy).to_pylist() if f["what"] == "killed")
    return fact


def test_the_columns_are_the_contract(told: khabar.Extraction) -> None:
    assert told.agreement().column_names == COLUMNS
    assert khabar.extract([]).agreement().schema == told.agreement().schema


def test_a_fact_says_who_tells_what(told: khabar.Extraction) -> None:
    fact = toll(told)
    assert [(v["outlet"], v["number"]) for v in fact["values"]] == [("A", 5.0), ("B", 7.0)]
    assert fact["relation"] == "differ"
    assert fact["grading"] == "contested"
    assert [fact[n] for n in ("n_claims", "n_documents", "n_outlets", "n_sources")] == [2, 2, 2, 2]
    for span in fact["evidence"]:
        text = dict(zip("abc", TEXTS, strict=True))[span["doc_id"]]
        assert text[span["start"] : span["end"]] in text
    claims = {c["claim_id"] for c in told.claims.to_pylist()}
    assert set(fact["claim_ids"]) <= claims


@pytest.mark.parametrize(("policy", "best"), [("conservative", 5.0), ("best", 7.0), ("minmax", None)])
def test_policies(told: khabar.Extraction, policy: str, best: float | None) -> None:
    fact = toll(told, policy)
    assert (fact["best"], fact["low"], fact["high"]) == (best, 5.0, 7.0)


def test_every_claim_is_in_a_fact(told: khabar.Extraction) -> None:
    facts = [f for f in told.agreement().to_pylist() if f["aspect"] in ("event", "count")]
    ids = [claim for fact in facts for claim in fact["claim_ids"]]
    assert sorted(ids) == sorted(c["claim_id"] for c in told.claims.to_pylist())


def test_pivot_has_a_column_an_outlet(told: khabar.Extraction) -> None:
    pivot = told.agreement().pivot()
    assert pivot.column_names[-2:] == ["A", "B"]
    assert all(row["relation"] != "single" for row in pivot.to_pylist())
    # A report without an outlet stands under its own name.
    assert told.agreement().pivot(shared=False).column_names[-3:] == ["A", "B", "c"]


def test_facts_are_shown_without_the_names_of_their_fields(told: khabar.Extraction) -> None:
    facts = told.agreement().shared()
    first = facts["values"].to_pylist()[0][0]
    for shown in (facts._repr_html_(), str(facts)):
        assert "'doc_id'" not in shown
    assert f"\u2068{first['outlet'] or first['doc_id']}\u2069: " in facts._repr_html_()


def test_an_outlet_named_like_a_column_stays_apart() -> None:
    x = khabar.extract(TEXTS[:2], published="2017-07-05", outlets=["place", "best"])
    assert {"place (outlet)", "best (outlet)"} <= set(x.agreement().pivot().column_names)


def test_agreement_pickles_and_unpickled_extractions_agree(told: khabar.Extraction) -> None:
    found = told.agreement()
    assert pickle.loads(pickle.dumps(found)).pivot().to_pylist() == found.pivot().to_pylist()
    assert pickle.loads(pickle.dumps(told)).agreement().to_pylist() == found.to_pylist()


def test_wrong_policies_and_rules_are_named(told: khabar.Extraction, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match='policy="all": one of conservative, best, minmax'):
        told.agreement("all")
    rules = tmp_path / "rules.toml"
    rules.write_text("[points]\nenough = 'much'\n", encoding="utf-8")
    with pytest.raises(khabar.LexiconError, match=r"rules\.toml:2: "):
        told.agreement(rules=rules)


def test_rules_of_ones_own(told: khabar.Extraction, tmp_path: Path) -> None:
    built_in = (Path(__file__).parents[2] / "lexicon/agreement.toml").read_text(encoding="utf-8")
    rules = tmp_path / "rules.toml"
    rules.write_text(built_in.replace("enough = ", "enough = 9"), encoding="utf-8")
    assert {f["relation"] for f in told.agreement(rules=rules).to_pylist()} == {"single"}


def test_parties_of_a_lexicon_of_ones_own_are_kin(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        '[[actor]]\nid = "brigades"\nname = "Brigades"\nname_ar = "ألوية الشمال"\ntype = "armed_group"\n'
        '[[actor]]\nid = "falcons"\nname = "Falcons"\nname_ar = "صقور الجبل"\ntype = "armed_group"\nparent = "brigades"\n',
        encoding="utf-8",
    )
    reports = ["سيطرت ألوية الشمال على مدينة الباب أمس.", "سيطرت صقور الجبل على مدينة الباب أمس."]
    x = khabar.Extractor([own])(reports, published="2017-07-05", outlets=["A", "B"])

    def agents(**given: object) -> list[str]:
        return [f["relation"] for f in x.agreement(**given).to_pylist() if f["aspect"] == "agent"]

    assert agents(lexicons=[own]) == agents(lexicons=own) == ["agree"]
    assert agents() != ["agree"]
    with pytest.raises(khabar.LexiconError):
        x.agreement(lexicons=tmp_path / "none.toml")


def test_tables_without_a_column_are_refused(told: khabar.Extraction) -> None:
    tables = dict(told.tables)
    tables["times"] = khabar.Table("times", told.times.to_arrow().drop_columns(["from"]))
    with pytest.raises(ValueError, match=r"times: a column from of timestamp\[us\] is needed"):
        khabar.Extraction(tables).agreement()
    tables["times"] = khabar.Table("times", pa.table({"doc_id": [1]}))
    with pytest.raises(ValueError, match="times: a column doc_id of large_string is needed"):
        khabar.Extraction(tables).agreement()


CASES = tomllib.loads((Path(__file__).parents[1] / "agreement.toml").read_text(encoding="utf-8"))["case"]
# What a case may say of a fact beside its columns.
DERIVED = {
    "told": lambda fact: [v["outlet"] or v["doc_id"] for v in fact["values"]],
    "numbers": lambda fact: [v["number"] for v in fact["values"]],
    "superseded": lambda fact: [v["number"] for v in fact["values"] if v["superseded"]],
    "denied": lambda fact: [v["outlet"] for v in fact["values"] if v["denied"]],
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["about"])
def test_cases(case: dict) -> None:
    reports = case["reports"]
    columns = {name: [report.get(name) for report in reports] for name in ("text", "published", "outlet")}
    x = khabar.extract(columns["text"], published=columns["published"], outlets=columns["outlet"])
    found = x.agreement().to_pylist()
    about = {(fact["what"], fact["aspect"]) for fact in case["facts"]}
    names = {name for fact in case["facts"] for name in fact}
    for kind in about:
        facts = [fact for fact in found if (fact["what"], fact["aspect"]) == kind]
        wanted = [fact for fact in case["facts"] if (fact["what"], fact["aspect"]) == kind]
        seen = [{name: DERIVED.get(name, lambda f, n=name: f[n])(fact) for name in names} for fact in facts]
        assert [{name: one[name] for name in fact} for one, fact in zip(seen, wanted, strict=False)] == wanted, seen
        assert len(seen) == len(wanted), seen
    for ruled_out in case.get("none", []):
        assert not [fact for fact in found if ruled_out.items() <= fact.items()]
