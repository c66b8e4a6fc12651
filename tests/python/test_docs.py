"""What the documentation shows is run: the README's code, the examples of docstrings, the notebooks."""

import doctest
import importlib
import itertools
import re
import shlex
from pathlib import Path

import click
import nbformat
import pytest

import khabar
from khabar._cli import COMMANDS, cli
from khabar._normalize import profiles

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


PAGES = ["README.md", *(str(page.relative_to(ROOT)) for page in sorted((ROOT / "docs").rglob("*.md")))]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("page", PAGES)
def test_the_code_of_a_page(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = re.findall(r"^```python\n(.*?)^```", (ROOT / page).read_text(encoding="utf-8"), re.M | re.S)
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    # Where Spark is started: tests/python/test_engines.py.
    for block in (block for block in blocks if "khabar.spark" not in block):
        exec(compile(block, page, "exec"), names)


def rows(page: str, columns: int) -> list[list[str]]:
    """The rows of the tables of a page that have so many columns, the heads left out."""
    lines = (ROOT / page).read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| `")]
    return [row for row in cells if len(row) == columns]


def plain(cell: str) -> str:
    return re.sub(r"\\u(....)", lambda code: chr(int(code[1], 16)), cell.strip("`")).replace("\\n", "\n")


def test_each_profile_has_its_row_and_an_example() -> None:
    table = rows("docs/normalization.md", 4)
    for name, _, given, made in table:
        assert khabar.normalize(plain(given), plain(name)) == plain(made), name
    assert sorted(plain(row[0]) for row in table) == sorted(profiles())
    told = khabar.Normalizer.__doc__ or ""
    assert sorted(re.findall(r"\| (\w+)$", told, re.M)) == sorted(profiles())


def test_each_option_has_an_example_in_the_docstring() -> None:
    told = (khabar.Normalizer.__doc__ or "").partition("Args:")[2].partition("Raises:")[0]
    entries = re.findall(r"^ {8}(\w[\w, ]*): (.*?)(?=^ {8}\w|\Z)", told, re.M | re.S)
    shown = {name: text for names, text in entries for name in names.split(", ")}
    for name in khabar.Normalizer().to_dict():
        assert re.search("→|{", shown[name]), name


def test_the_options_are_what_the_table_says() -> None:
    table = rows("docs/normalization.md", 5)
    for name, value, _, given, made in table:
        value = int(plain(value)) if plain(value).isdigit() else plain(value)
        assert khabar.normalize(plain(given), None, **{plain(name): value}) == plain(made), name
    assert {plain(row[0]) for row in table} | {"table"} == set(khabar.Normalizer().to_dict())


def test_the_columns_are_what_the_page_says() -> None:
    page = (ROOT / "docs/reference/columns.md").read_text(encoding="utf-8")
    types = {
        "large_string": "text", "int32": "int32", "int64": "int64", "double": "float64", "bool": "bool",
        "date32[day]": "date", "timestamp[us]": "timestamp", "list<item: large_string>": "list of text",
    }  # fmt: skip
    for name, table in khabar.extract([]).tables.items():
        (section,) = re.findall(rf"^## {name}\n(.*?)(?=^## |\Z)", page, re.M | re.S)
        told = [
            (column, kind)
            for columns, kind in re.findall(r"^\| ((?:`\w+` ?)+)\| ([\w ]+) \|", section, re.M)
            for column in re.findall(r"\w+", columns)
        ]
        assert told == [(field.name, types[str(field.type)]) for field in table.schema], name


def test_every_page_can_be_found() -> None:
    listed = set(re.findall(r"[\w/-]+\.md", (ROOT / "mkdocs.yml").read_text(encoding="utf-8")))
    assert listed == {str(page.relative_to(ROOT / "docs")) for page in (ROOT / "docs").rglob("*.md")}


def test_the_reference_has_every_public_name() -> None:
    pages = "".join(page.read_text(encoding="utf-8") for page in (ROOT / "docs/reference").glob("*.md"))
    told = set(re.findall(r"^::: khabar\.(\w+)$", pages, re.M))
    # Told with what they belong to: the interface of Label Studio, and what `align` returns.
    assert set(khabar.__all__) - told == {"LABEL_STUDIO_CONFIG", "Normalized", "__version__"}


def blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", (ROOT / page).read_text(encoding="utf-8"), re.M | re.S)


def test_the_files_that_a_page_shows(tmp_path: Path) -> None:
    shown = blocks("docs/lexicons.md", "csv")
    assert len(shown) == 2
    for number, text in enumerate(shown):
        (tmp_path / f"{number}.csv").write_text(text, encoding="utf-8")
    found = khabar.lint([tmp_path / "0.csv", tmp_path / "1.csv"])
    assert [finding for finding in found if finding.severity == "error"] == []


def test_what_a_page_says_that_lint_says(tmp_path: Path) -> None:
    (shown,) = blocks("docs/lexicons.md", "console")
    _, *told, summary = shown.splitlines()
    actors = [
        "id,name,name_ar,type,country",
        "a,A,سرايا التل البعيد,armed_group,SY",
        "north,North,كتائب الشمال الأزرق,rebels,SY",
    ]
    actors += ["b,B,لواء التل البعيد,armed_group,SY", "fath,Fath,الفتح,armed_group,SY"]
    places = ["name_ar\tkind\tcountry\tlat\tlon", *(f"تل المثال {n}\tcity\tSY\t35.5\t38.2" for n in range(7))]
    places += ["تل البعد\tcity\tSY\t15.3\t44.2"]
    for name, lines in (("my_actors.csv", actors), ("my_places.tsv", places)):
        (tmp_path / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = khabar.lint([tmp_path / "my_actors.csv", tmp_path / "my_places.tsv"])
    for line, finding in zip(told, found, strict=True):
        # What the page cuts short stands for whatever is there.
        pattern = ".*".join(map(re.escape, line.split("…")))
        assert re.fullmatch(pattern, str(finding._replace(file=Path(finding.file).name)))
    assert summary == "2 errors, 1 warnings"


# Commands of the shell in a page: behind a prompt, in a line of its own, or in the middle of a sentence.
COMMAND = re.compile(r"(?:^ {4}(?:\S.*\| )?|^\$ |`)(?:\.venv/bin/)?(khabar (?!COMMAND)[a-z]+ [^`\n]*)", re.M)


@pytest.mark.parametrize("page", [page for page in PAGES if COMMAND.search((ROOT / page).read_text(encoding="utf-8"))])
def test_the_commands_of_a_page(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    for line in COMMAND.findall(text):
        understood(line)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_examples_of_a_command(name: str) -> None:
    for line in re.findall(r"^ .*?(khabar .*)$", cli.get_command(click.Context(cli), name).epilog or "", re.M):
        understood(line)


def understood(line: str) -> None:
    """Whether a command has these options and arguments; it is not run."""
    _, name, *words = itertools.takewhile(
        lambda word: word not in (">", ">>", "<", "|"), shlex.split(re.sub(r" #.*", "", line))
    )
    made = cli.get_command(click.Context(cli), name)
    assert made is not None, line
    made.make_context(name, words)


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
    "module",
    [
        "khabar",
        "khabar._extract",
        "khabar._keep",
        "khabar._normalize",
        "khabar._read",
        "khabar._tables",
        "khabar._annotate",
        "khabar._outlines",
        "khabar.duckdb",
        "khabar.pandas",
        "khabar.polars",
    ],
)
def test_the_examples_of_docstrings(module: str) -> None:
    assert doctest.testmod(importlib.import_module(module)).failed == 0


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_kept_without_outputs(path: Path) -> None:
    """`make test` runs them by nbmake."""
    notebook = nbformat.read(path, as_version=4)
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in notebook.cells)
