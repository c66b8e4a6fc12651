"""`khabar.lint` and `khabar lint`. What is found in which file stands in tests/lint.toml."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import khabar
from khabar._cli import cli

CASES = tomllib.loads((Path(__file__).parents[1] / "lint.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["about"])
def test_findings(case: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / case["file"]
    path.write_text(case["text"], encoding="utf-8")
    found = khabar.lint(path)
    assert all(finding.file == str(path) for finding in found)
    shown = [f"{finding.line} {finding.severity}: {finding.message}" for finding in found]
    assert len(shown) == len(case["findings"]), shown
    for wanted, got in zip(case["findings"], shown, strict=True):
        start, _, words = wanted.partition(": ")
        assert got.startswith(start), got
        assert words in got, got


def test_files_are_checked_against_each_other(tmp_path: Path) -> None:
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    one.write_text("id,name,name_ar,type\na,A,سرايا الوادي الأخضر,armed_group\n", encoding="utf-8")
    two.write_text("id,name,name_ar,type\nb,B,سرايا الوادي الأخضر,armed_group\n", encoding="utf-8")
    (finding,) = khabar.lint([one, two])
    assert (finding.file, finding.line, finding.severity) == (str(two), 2, "error")
    assert f"{one}:2" in finding.message
    assert str(finding).startswith(f"{two}:2: error: ")


def test_a_missing_file_is_a_finding(tmp_path: Path) -> None:
    (finding,) = khabar.lint(tmp_path / "none.csv")
    assert (finding.severity, finding.line) == ("error", 0)


def test_every_built_in_file_of_actors_and_places_is_without_error() -> None:
    folder = Path(__file__).parents[2] / "lexicon"
    files = [folder / "actors.toml", *sorted((folder / "places").glob("*.tsv"))]
    found = [f for f in khabar.lint(files) if f.severity == "error"]
    assert found == [], "\n".join(map(str, found[:20]))


@pytest.mark.parametrize(("row", "code"), [("سرايا الوادي الأخضر,armed_group", 0), ("سرايا الوادي,rebels", 1)])
def test_command(row: str, code: int, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(f"id,name,name_ar,type\na,A,{row}\n", encoding="utf-8")
    result = CliRunner().invoke(cli, ["lint", str(path)])
    assert result.exit_code == code
    assert result.stdout == "".join(f"{finding}\n" for finding in khabar.lint(path))
    assert result.stderr == f"{code} errors, 0 warnings\n"


def test_command_without_warnings(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("id,name,name_ar,type\na,A,الرقة,armed_group\n", encoding="utf-8")
    assert CliRunner().invoke(cli, ["lint", "--errors", str(path)]).stdout == ""
