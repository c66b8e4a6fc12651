"""The command `khabar`. Exit codes: 0 done, 1 failed, 2 wrong usage."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import khabar
from khabar._tables import NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator

FORMATS = {".csv": "write_csv", ".jsonl": "write_jsonl", ".parquet": "write_parquet"}


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(khabar.__version__, prog_name="khabar")
def cli() -> None:
    """Attributed claims from Arabic news: what happened, to whom, how many, where, when, and who says so."""


@cli.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option(
    "-o", "--out", required=True, metavar="OUT", help="A .csv, .jsonl or .parquet file, a folder, or - (JSON lines)."
)
@click.option("--table", type=click.Choice(NAMES), help="The table to write; claims by default, all into a folder.")
@click.option(
    "--lexicon", "lexicons", multiple=True, metavar="FILE", help="A lexicon file on top of the built-in ones."
)
@click.option("--threads", type=click.IntRange(min=1), metavar="N", help="How many threads to read on.")
def extract(
    paths: tuple[str, ...], out: str, table: str | None, lexicons: tuple[str, ...], threads: int | None
) -> None:
    """Read reports and write what they claim.

    PATH is a .txt file (one report), a folder of them, a .jsonl file (objects with "text" and, where known, "id",
    "published", "outlet", "title"), or - for one report on standard input.
    """
    from khabar._read import ReadError, read

    target = Path(out)
    if out != "-" and target.suffix and target.suffix.lower() not in FORMATS and not target.is_dir():
        raise click.UsageError(
            f"{out}: cannot write {target.suffix}; one of {', '.join(FORMATS)} or a folder is needed"
        )
    try:
        reports = read(list(paths))
        extraction = khabar.Extractor(lexicons, threads)(reports)
        if out == "-":
            getattr(extraction, table or "claims").write_jsonl(sys.stdout)
        elif target.suffix and not target.is_dir():
            getattr(getattr(extraction, table or "claims"), FORMATS[target.suffix.lower()])(target)
        else:
            target.mkdir(parents=True, exist_ok=True)
            for name in [table] if table else NAMES:
                getattr(extraction, name).write_parquet(target / f"{name}.parquet")
    except (ReadError, khabar.LexiconError, ValueError) as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(f"{error.filename or out}: {error.strerror}") from None
    for row in extraction.documents.to_pylist():
        for warning in row["warnings"]:
            click.echo(f"{row['doc_id']}: {warning}", err=True)


@cli.command()
@click.argument("paths", nargs=-1, metavar="[PATH…]")
@click.option("-o", "--out", default="-", metavar="OUT", help="A text file, or - for standard output (the default).")
@click.option("--profile", default="search", show_default=True, metavar="NAME", help="The options to begin from.")
@click.option(
    "--option", "options", multiple=True, metavar="NAME=VALUE", help="A change to the profile, as in alef=keep."
)
@click.option("--whole", is_flag=True, help="Take each file as one text; otherwise each line is one.")
def normalize(paths: tuple[str, ...], out: str, profile: str, options: tuple[str, ...], whole: bool) -> None:
    """Write texts in one spelling.

    PATH is a UTF-8 text file, or - for standard input (the default). The profiles and options are those of
    khabar.Normalizer; a VALUE may be JSON, as in max_repeat=2, max_repeat=null or table={"گ":"ق"}.
    """
    try:
        normalizer = khabar.Normalizer(profile, **_options(options))
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    try:
        with click.open_file(out, "w", encoding="utf-8") as target:
            for path in paths or ("-",):
                for texts in _texts(path, whole):
                    target.write("".join(text + "\n" for text in normalizer(texts, progress=False)))
    except OSError as error:
        raise click.ClickException(f"{error.filename or out}: {error.strerror}") from None


def _options(given: tuple[str, ...]) -> Any:
    options: dict[str, Any] = {}
    for item in given:
        name, equals, value = item.partition("=")
        if not equals:
            raise click.UsageError(f"--option {item}: NAME=VALUE is needed")
        try:
            options[name] = json.loads(value)
        except ValueError:
            options[name] = value
    return options


def _texts(path: str, whole: bool, size: int = 1 << 22) -> Iterator[list[str]]:
    """The lines of a file some megabytes at a time, or all of it as one text."""
    with click.open_file(path, "rb") as file:
        number = 0
        while lines := [file.read()] if whole else file.readlines(size):
            texts = []
            for line in lines:
                try:
                    text = line.decode("utf-8-sig" if number == 0 else "utf-8")
                except UnicodeDecodeError:
                    place = path if whole else f"{path}:{number + 1}"
                    raise click.ClickException(f"{place}: not UTF-8") from None
                texts.append(text if whole else text.removesuffix("\n").removesuffix("\r"))
                number += 1
            yield texts
            if whole:
                return


DEMO: dict[str, list[str]] = {
    "actors": ["doc_id", "text", "name", "type", "country", "basis"],
    "casualties": ["doc_id", "kind", "count", "upper", "modifier", "victims", "cause", "place", "source", "text"],
    "locations": ["doc_id", "text", "name", "kind", "country", "lat", "lon", "relation"],
}


@cli.command()
def demo() -> None:
    """Read five short reports that come with the package and print what they claim."""
    from khabar._terminal import render

    extraction = khabar.extract(demo_reports())
    marks = sys.stdout.isatty()
    for name, columns in DEMO.items():
        table = getattr(extraction, name)
        click.echo(click.style(f"{name} · {len(table)} rows", bold=True))
        click.echo(render(table, columns, rows=60, marks=marks) + "\n")
    click.echo(f"{extraction!r}\nThe same from Python: khabar.extract(texts).casualties.to_pandas()")


def demo_reports() -> list[dict[str, Any]]:
    """The reports of the demonstration, as mappings that `khabar.extract` takes."""
    import tomllib

    folder = Path(__file__).parent / "demo"
    listed = tomllib.loads((folder / "reports.toml").read_text(encoding="utf-8"))["report"]
    return [
        entry | {"id": Path(entry["file"]).stem, "text": (folder / entry["file"]).read_text(encoding="utf-8")}
        for entry in listed
    ]


def main() -> None:
    """Runs the command; a reader of its output that stops early is no failure of ours."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    cli(prog_name="khabar")
