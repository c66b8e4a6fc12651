"""What is built in may be given on: the licences of all crates, against the list in deny.toml (`make deny` asks more)."""

import json
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ALLOWED = set(tomllib.loads((ROOT / "deny.toml").read_text(encoding="utf-8"))["licenses"]["allow"])


def permitted(licence: str) -> bool:
    """Whether an SPDX expression can be met by allowed licences alone."""
    tokens = re.findall(r"\(|\)|[^\s()]+(?:\s+WITH\s+\S+)?", licence.replace("/", " OR "))
    words = {"AND": "and", "OR": "or", "(": "(", ")": ")"}
    return bool(eval(" ".join(words.get(token, str(token in ALLOWED)) for token in tokens)))


@pytest.mark.parametrize(
    ("licence", "yes"),
    [
        ("MIT", True),
        ("GPL-3.0", False),
        ("MIT/Apache-2.0", True),
        ("GPL-2.0 OR MIT", True),
        ("(MIT OR Apache-2.0) AND Unicode-3.0", True),
        ("MIT AND LGPL-3.0", False),
        ("Apache-2.0 WITH LLVM-exception OR GPL-2.0", True),
    ],
)
def test_an_expression(licence: str, yes: bool) -> None:
    assert permitted(licence) == yes


def test_every_crate() -> None:
    cargo = shutil.which("cargo")
    assert cargo is not None
    command = [cargo, "metadata", "--format-version", "1", "--all-features", "--locked"]
    crates = json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout)["packages"]
    assert len(crates) > 50
    refused = {crate["name"]: crate["license"] for crate in crates if not permitted(crate["license"] or "none")}
    assert not refused
    elsewhere = [c["name"] for c in crates if c["source"] and not c["source"].startswith("registry+")]
    assert not elsewhere, "not from the registry"
