"""The guard of the figures reached: a drop fails, other gold passes."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).parents[1] / "scores.py"
SPEC = importlib.util.spec_from_file_location("scores", SCRIPT)
assert SPEC is not None
assert SPEC.loader is not None
scores: Any = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(scores)

RECORDED = {"sha256": "a", "figures": {"events": 0.8, "times.value": 0.9}}


@pytest.mark.parametrize(
    ("sha256", "measured", "passes", "said"),
    [
        ("a", {"events": 0.8, "times.value": 0.9}, True, "none of 2"),
        ("a", {"events": 0.95, "times.value": 0.89}, True, "none of 2"),
        ("a", {"events": 0.789, "times.value": 0.95}, False, "events: 0.789, and 0.800 was reached"),
        ("a", {"events": 0.8}, False, "times.value: 0.000"),
        ("b", {"events": 0.1, "times.value": 0.1}, True, "other gold"),
    ],
)
def test_a_drop_fails_and_other_gold_passes(sha256: str, measured: dict[str, float], passes: bool, said: str) -> None:
    passed, lines = scores.verdict(RECORDED, sha256, measured)
    assert passed == passes
    assert said in "\n".join(lines)


def test_without_figures_there_is_nothing_to_compare_with() -> None:
    passed, lines = scores.verdict({}, "a", {"events": 0.1})
    assert passed
    assert "make scores" in lines[0]


def tools(folder: Path, f1: float) -> Path:
    """An evaluation whose scorer always gives this figure."""
    (folder / "dev").mkdir(parents=True, exist_ok=True)
    for name in scores.SETS:
        (folder / "dev" / f"{name}.gold.jsonl").write_text(json.dumps({"doc_id": name}) + "\n")
    (folder / "predict.py").write_text("import sys\nopen(sys.argv[3], 'w').close()\n")
    given = {"scores": {"events": {"F1": f1}}, "fields": {"times.value": {"right": 1, "of": 1, "share": 1.0}}}
    (folder / "score.py").write_text(
        f"import sys\nprint({json.dumps(given)!r} if '--json' in sys.argv else 'a table')\n"
    )
    return folder


def test_recorded_then_dropped_then_other_gold(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    recorded = tmp_path / "scores.toml"
    run = lambda *more: scores.main(["--eval", str(tmp_path / "eval"), *more], recorded)  # noqa: E731
    assert run() == 0
    assert "no gold data" in capsys.readouterr().out
    tools(tmp_path / "eval", 0.8)
    assert run("--record") == 0
    assert run() == 0
    assert "== together\na table" in capsys.readouterr().out
    tools(tmp_path / "eval", 0.78)
    assert run() == 1
    assert "events: 0.780, and 0.800 was reached" in capsys.readouterr().out
    (tmp_path / "eval" / "dev" / "snn.gold.jsonl").write_text("{}\n")
    assert run() == 0
    assert "other gold" in capsys.readouterr().out


def test_what_is_recorded_can_be_read() -> None:
    recorded = scores.tomllib.loads(scores.RECORDED.read_text(encoding="utf-8"))
    assert set(scores.LAYERS) <= set(recorded["figures"])
    assert all(0 <= figure <= 1 for figure in recorded["figures"].values())
    assert len(recorded["sha256"]) == 64
