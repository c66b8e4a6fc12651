"""What the documentation shows is run: the README's code, the examples of docstrings, the notebooks."""

import doctest
import importlib
import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

import khabar
from khabar._normalize import profiles

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("page", ["README.md", "docs/normalization.md", "docs/agreement.md", "docs/exports.md"])
def test_the_code_of_a_page(page: str) -> None:
    blocks = re.findall(r"^```python\n(.*?)^```", (ROOT / page).read_text(encoding="utf-8"), re.M | re.S)
    assert blocks
    names: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, page, "exec"), names)


def rows(page: str, columns: int) -> list[list[str]]:
    """The rows of the tables of a page that have so many columns, the heads left out."""
    lines = (ROOT / page).read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| `")]
    return [row for row in cells if len(row) == columns]


def test_the_options_are_what_the_table_says() -> None:
    table = rows("docs/normalization.md", 5)

    def plain(cell: str) -> str:
        return re.sub(r"\\u(....)", lambda code: chr(int(code[1], 16)), cell.strip("`")).replace("\\n", "\n")

    for name, value, _, given, made in table:
        value = int(plain(value)) if plain(value).isdigit() else plain(value)
        assert khabar.normalize(plain(given), None, **{plain(name): value}) == plain(made), name
    assert {plain(row[0]) for row in table} | {"table"} == set(khabar.Normalizer().to_dict())


def test_the_profiles_are_what_the_table_says() -> None:
    names = profiles()
    head = next(
        line
        for line in (ROOT / "docs/normalization.md").read_text(encoding="utf-8").splitlines()
        if "| light |" in line
    )
    order = [cell.strip() for cell in head.strip("|").split("|")][1:]
    assert sorted(order) == sorted(names)
    for option, *values in rows("docs/normalization.md", 1 + len(names)):
        for name, value in zip(order, values, strict=True):
            does = khabar.Normalizer(name).to_dict()[option.strip("`")]
            assert ("" if does in ("keep", "none", None) else str(does)) == value, (name, option)


@pytest.mark.parametrize(
    "module", ["khabar", "khabar._extract", "khabar._keep", "khabar._normalize", "khabar._read", "khabar._tables"]
)
def test_the_examples_of_docstrings(module: str) -> None:
    assert doctest.testmod(importlib.import_module(module)).failed == 0


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    assert not any(cell.get("outputs") for cell in notebook.cells), "notebooks are kept without outputs"
    NotebookClient(notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(ROOT)}}).execute()
