"""Rules of one's own, and reports normalized before they are read. Broken rules are in tests/rule_errors.toml."""

import pickle
from pathlib import Path

import pytest
from click.testing import CliRunner

import khabar
from khabar._commands.agree import command as agree
from khabar._commands.explain import command as explain

RULES = """
[[fragment]]
name = "of_harvest"
pattern = "(القطاف|الحصاد)"

[[time]]
name = "harvest"
gloss = "a day of the year"
pattern = "يوم $of_harvest"
set = { make = "constant", value = "2016-05-15" }
examples = ["عاد في [يوم القطاف] إلى القرية => 2016-05-15"]
counter_examples = ["عاد يوم الأحد"]

[[quantity]]
name = "barely"
gloss = "no more than"
pattern = "بالكاد ($number)"
set = { modifier = "at_most" }
examples = ["بقي [بالكاد 7] رجال => ..7"]

[[frame]]
name = "inaugurate"
event = "ceremony"
subject = "agent"
object = "target"
prep = { "في" = "place" }
example = "دشن الوزير الجسر في الرقة"
"""
WORDS = """
[[verb]]
lemma = "دشن"
root = "دشن"
form = 2
masdar = ["تدشين"]
gloss = "inaugurate"
frame = "inaugurate"
"""
TEXT = "دشن الجيش الجسر في الرقة يوم القطاف، وبقي بالكاد 7 رجال."


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    path = tmp_path / "rules.toml"
    path.write_text(RULES, encoding="utf-8")
    return path


@pytest.fixture
def words(tmp_path: Path) -> Path:
    path = tmp_path / "words.toml"
    path.write_text(WORDS, encoding="utf-8")
    return path


def test_rules_add_frames_times_and_quantities(rules: Path, words: Path) -> None:
    extractor = khabar.Extractor(lexicons=words, rules=rules)
    x = extractor([TEXT])
    assert [(r["type"], r["agent"], r["place"]) for r in x.events.to_pylist()] == [("ceremony", "الجيش", "الرقة")]
    assert [(r["text"], r["value"]) for r in x.times.to_pylist()] == [("يوم القطاف", "2016-05-15")]
    assert [(r["text"], r["modifier"], r["low"], r["high"]) for r in x.quantities.to_pylist()] == [
        ("بالكاد 7", "at_most", None, 7.0)
    ]
    again = pickle.loads(pickle.dumps(extractor))
    assert repr(again) == repr(extractor)
    assert again([TEXT]).claims.to_pylist() == x.claims.to_pylist()
    assert khabar.extract([TEXT]).events.to_pylist() == []


def test_a_word_without_its_frame_says_nothing(words: Path) -> None:
    assert khabar.Extractor(lexicons=words)([TEXT]).events.to_pylist() == []


def test_a_frame_of_a_built_in_name_replaces_it(tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(
        '[[frame]]\nname = "detain"\nevent = "detention"\nsubject = "agent"\nobject = "victims"\nexample = "اعتقل الجيش رجلا"\n',
        encoding="utf-8",
    )
    text = "اعتقل الجيش خمسة رجال"
    assert [r["type"] for r in khabar.Extractor(rules=[path])([text]).events.to_pylist()] == ["detention"]
    assert [r["type"] for r in khabar.extract([text]).events.to_pylist()] == ["arrest"]


def test_lint_tries_the_examples(rules: Path, words: Path) -> None:
    assert khabar.lint([words, rules]) == []
    rules.write_text(
        RULES.replace("[بالكاد 7]", "بالكاد [7]").replace("عاد يوم الأحد", "عاد يوم الحصاد"), encoding="utf-8"
    )
    assert [(f.severity, f.line, f.message) for f in khabar.lint([rules])] == [
        ("error", 6, "rule harvest: takes its counter-example: عاد يوم الحصاد"),
        ("error", 14, "rule barely: does not take [7] => ..7 in: بقي بالكاد 7 رجال"),
    ]


def test_a_broken_rule_is_told_with_its_line(rules: Path) -> None:
    rules.write_text(RULES.replace('"at_most"', '"some"'), encoding="utf-8")
    with pytest.raises(khabar.LexiconError, match=r"set\.modifier is") as caught:
        khabar.Extractor(rules=[rules])
    assert (caught.value.file, caught.value.line) == (str(rules), 14)
    (finding,) = khabar.lint(rules)
    assert (finding.line, finding.message) == (14, caught.value.message)


def test_the_command_line_takes_them(rules: Path, words: Path) -> None:
    own = ["--rule", str(rules), "--lexicon", str(words)]
    done = CliRunner().invoke(explain, [*own, TEXT])
    assert done.exit_code == 0
    assert "ceremony" in done.stdout
    done = CliRunner().invoke(explain, ["--rule", str(words), TEXT])
    assert done.exit_code == 1
    assert f"{words}:2: unknown field `verb`" in done.stderr


def test_reports_agree_on_what_only_they_read(rules: Path, words: Path, tmp_path: Path) -> None:
    reports = []
    for name in ("a", "b"):
        reports.append(str(tmp_path / f"{name}.txt"))
        Path(reports[-1]).write_text("دشن الجيش السوري الجسر في الرقة يوم القطاف.", encoding="utf-8")
    own = ["--rule", str(rules), "--lexicon", str(words)]
    assert "ceremony" in CliRunner().invoke(agree, [*own, *reports]).stdout
    assert "ceremony" not in CliRunner().invoke(agree, reports).stdout


HIDDEN = "قصـ.ـف الجيش القرية يوم ا.لأحـد، وقُـتـل خمسة."


def test_a_profile_reads_what_is_meant_and_quotes_what_is_written() -> None:
    extractor = khabar.Extractor(profile="social")
    x = extractor([HIDDEN])
    (event,) = x.events.to_pylist()
    assert event["trigger"] == "قصـ.ـف" == HIDDEN[event["trigger_start"] : event["trigger_end"]]
    assert event["place"] is None or event["place"] in HIDDEN
    (dead,) = x.casualties.to_pylist()
    assert dead["count"] == 5
    assert all(
        HIDDEN[r["start"] : r["end"]] == r["text"] for table in ("actors", "times") for r in x.tables[table].to_pylist()
    )
    assert khabar.extract([HIDDEN]).events.to_pylist() == []
    assert pickle.loads(pickle.dumps(extractor))([HIDDEN]).claims.to_pylist() == x.claims.to_pylist()
    assert repr(extractor) == "Extractor(profile='social')"


def test_a_normalizer_of_ones_own_is_a_profile_too() -> None:
    normalizer = khabar.Normalizer(None, table={"ڨ": "ق"})
    x = khabar.Extractor(profile=normalizer)(["ڨصف الجيش القرية"])
    assert [r["trigger"] for r in x.events.to_pylist()] == ["ڨصف"]


def test_there_is_no_such_profile() -> None:
    with pytest.raises(ValueError, match="nosuch"):
        khabar.Extractor(profile="nosuch")
