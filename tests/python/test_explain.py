"""Why a claim is there: what is told agrees with the tables and with the text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

import khabar
from khabar._cli import cli
from khabar._explain import SAYING, SHAPES

if TYPE_CHECKING:
    from khabar._explain import Evidence, Explanation

TEXT = (
    "قال المرصد السوري لحقوق الإنسان إن مسلحين هاجموا حاجزا للجيش في حلب أمس. "
    "ونقلت وكالة رويترز عن مسؤول حكومي قوله إن عشرة جنود قتلوا في الهجوم. "
    "ونفى الجيش قصف المستشفى. واستعاد الجيش البلدة."
)


@pytest.fixture(scope="module")
def read() -> khabar.Extraction:
    return khabar.extract([TEXT], ids=["a"], published="2017-07-05")


def every(read: khabar.Extraction) -> list[Explanation]:
    return [read.explain(row["claim_id"]) for row in read.claims.to_pylist()]


def one(read: khabar.Extraction, kind: str) -> Explanation:
    return next(why for why in every(read) if why.type == kind)


def pieces(why: Explanation) -> list[Evidence]:
    found = [why.evidence, why.trigger, why.polarity]
    for role in why.roles:
        found += [role.evidence, role.antecedent]
    for said in why.sources:
        found += [said.evidence, said.stands_for, said.cue, said.content]
    return [piece for piece in found if piece is not None]


def test_every_claim_has_a_derivation_whose_words_are_the_text(read: khabar.Extraction) -> None:
    assert len(every(read)) > 3
    for why in every(read):
        for piece in pieces(why):
            assert TEXT[piece.start : piece.end] == piece.text != ""


def test_the_roles_are_those_of_the_table(read: khabar.Extraction) -> None:
    for table in (read.events, read.casualties):
        for row in table.to_pylist():
            why = read.explain(row["claim_id"])
            named = {role.name: role.value for role in why.roles}
            for name in ("agent", "patient", "weapon", "victims", "victim_actor", "perpetrator", "place", "time"):
                assert named.get(name) == row.get(name)
            assert (why.sources[0].source if why.sources else None) is None or row["source"] is not None
            assert why.rule == row["rule"]


def test_sources_go_from_the_innermost_outwards(read: khabar.Extraction) -> None:
    killed = one(read, "killed")
    assert [said.source for said in killed.sources] == ["مسؤول حكومي", "وكالة رويترز"]
    assert [said.cue.text for said in killed.sources] == ["قوله", "نقلت"]


def test_what_negates_a_claim_is_shown_and_an_actual_one_has_nothing_to_show(read: khabar.Extraction) -> None:
    denied, attack = one(read, "shelling"), one(read, "attack")
    assert denied.negated
    assert denied.polarity is not None
    assert denied.polarity.text == "ونفى"
    assert "by the word at" in str(denied)
    assert not attack.negated
    assert attack.polarity is None
    assert "polarity" not in str(attack)


def test_a_reference_shows_what_it_stands_for() -> None:
    text = "دخلت قوات سوريا الديمقراطية البلدة. وهاجمت القوات حاجزا لتنظيم الدولة الإسلامية، وقصف التنظيم السوق."
    read = khabar.extract([text], ids=["a"])
    roles = [role for why in every(read) for role in why.roles]
    references = [role for role in roles if role.antecedent is not None]
    assert references
    for role in references:
        assert role.antecedent is not None
        assert role.antecedent.start < role.evidence.start
        assert role.antecedent.text != role.evidence.text


def test_who_stands_behind_a_statement_is_shown() -> None:
    text = "أعلنت وزارة الصحة مقتل ثلاثة مدنيين. وأكد البيان إصابة خمسة."
    why = one(khabar.extract([text], ids=["a"]), "injured")
    assert why.sources[0].evidence.text == "البيان"
    assert why.sources[0].stands_for is not None
    assert why.sources[0].source == why.sources[0].stands_for.text == "وزارة الصحة"


def test_the_outlet_speaks_for_itself(read: khabar.Extraction) -> None:
    why = one(read, "capture")
    assert why.sources == ()
    assert "the outlet speaks for itself" in str(why)


def test_its_three_forms_say_the_same(read: khabar.Extraction) -> None:
    for why in every(read):
        assert json.loads(json.dumps(why.to_dict(), ensure_ascii=False))["claim_id"] == why.claim_id
        assert repr(why) == f"<khabar.Explanation {why.claim_id}: {why.type}, {why.rule}>"
        page = why._repr_html_()
        for piece in (why.trigger.text, why.rule, why.claim_id):
            assert piece in str(why)
            assert piece in page
        assert '<bdi dir="rtl" lang="ar">' in page


def test_html_in_a_report_is_text() -> None:
    text = "<script>alert(1)</script> قتل خمسة جنود في <b>كركوك</b>، بحسب <i>مصدر</i> أمني."
    read = khabar.extract([text], ids=["<i>&"])
    for why in every(read):
        page = why._repr_html_()
        assert "<script>" not in page
        assert "<i>" not in page


def test_an_unknown_claim_names_those_like_it(read: khabar.Extraction) -> None:
    with pytest.raises(KeyError, match=r"no claim is called 'a#e99'; near it are 'a#e"):
        read.explain("a#e99")
    with pytest.raises(KeyError, match="there are no claims"):
        khabar.extract([]).explain("a#e0")
    two = khabar.extract(["قتل خمسة جنود."] * 2, ids=["first-1", "first-2"])
    with pytest.raises(KeyError, match=r"near it are 'first-1#c0'$"):
        two.explain("first-1#c2")


def test_every_rule_of_attribution_has_words(read: khabar.Extraction) -> None:
    assert {row["rule"] for row in read.attributions.to_pylist()} <= set(SAYING)
    shapes = {row["rule"].rpartition(".")[2] for row in read.events.to_pylist()}
    assert shapes <= set(SHAPES)


def test_the_command_explains_a_text() -> None:
    done = CliRunner().invoke(cli, ["explain", "قتل خمسة جنود في كركوك، بحسب مصدر أمني."])
    assert done.exit_code == 0
    assert "killed" in done.output
    assert "مصدر أمني" in done.output
    piped = CliRunner().invoke(cli, ["explain", "--json", "-"], input="قتل خمسة جنود.")
    assert [json.loads(line)["type"] for line in piped.output.splitlines()] == ["killed"]
    wrong = CliRunner().invoke(cli, ["explain", "--claim", "0#c7", "قتل خمسة جنود."])
    assert wrong.exit_code == 1
    assert "0#c7" in wrong.output
