"""`khabar extract`: reports in, tables out."""

from __future__ import annotations

import signal
import sys
import threading
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import khabar
from khabar._commands import failing
from khabar._commands.reports import Progress, check_excel, columns, extractor, for_excel, own_files, reading
from khabar._sink import DATABASES, FORMATS, Sinks, format_of, is_database
from khabar._tables import NAMES

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from khabar._tables import Extraction

BATCH = 500
WARNINGS = 20


@click.command(
    short_help="Reports in, tables of claims out.",
    epilog="""\b
Examples:
  khabar extract news/ -o claims.csv --excel
  khabar extract news.jsonl.gz -o tables/
  khabar extract news.csv --text body --id url --published date -o news.duckdb
  khabar extract a.txt b.txt --table casualties -o casualties.parquet
  cat report.txt | khabar extract - -o - --table actors
  zcat news.jsonl.gz | khabar extract - --from jsonl -o claims.jsonl.zst
""",
)
@reading
@click.option(
    "-o",
    "--out",
    required=True,
    metavar="OUT",
    type=click.Path(allow_dash=True),
    help="A .csv, .jsonl (both also .gz, .zst) or .parquet file, a .duckdb file or a folder for all tables, or - for JSON lines.",
)
@click.option(
    "--table",
    "tables",
    type=click.Choice(NAMES),
    multiple=True,
    help="The table to write; claims by default, all into a folder or a .duckdb file.",
)
@for_excel
@own_files
@click.option("--threads", type=click.IntRange(min=1), metavar="N", help="How many threads to read on.")
def command(out: str, tables: tuple[str, ...], excel: bool, threads: int | None, **given: Any) -> None:
    """Read reports and write what they claim.

    PATH is a .txt file (one report), a folder of them, a .jsonl, .csv, .tsv or .parquet file with a report a row, each also
    as .gz or .zst, or - for standard input. Files hold "text" and, where known, "id", "published", "outlet", "title".

    Ctrl-C ends with the reports read so far in OUT. An error leaves OUT as it was.
    """
    target = Path(out)
    database = out != "-" and is_database(target)
    folder = out != "-" and (not target.suffix or target.is_dir())
    if not (out == "-" or database or folder or format_of(target)):
        suffixes = ", ".join((*FORMATS, DATABASES[0]))
        raise click.UsageError(f"{out}: cannot write {target.suffix}; one of {suffixes} or a folder is needed")
    if database and tables:
        raise click.UsageError(f"{out}: a DuckDB file holds all tables; leave out --table")
    if len(tables) > 1 and not folder:
        raise click.UsageError(f"{out}: several tables need a folder")
    names = tables or (NAMES if folder else ("claims",))
    check_excel(excel, target)
    warnings = Warnings()
    done = 0
    with failing(out):
        made = extractor(given, threads)
        try:
            with Unbroken() as unbroken, Progress(given["paths"]) as shown, _sinks(out, target, names, excel) as sinks:
                sinks.write(khabar.extract([]))
                for extraction in made.stream(columns(given, shown.watch), BATCH):
                    with unbroken:
                        sinks.write(extraction)
                        done += len(extraction.documents)
                        shown.step(len(extraction.documents))
                        warnings.see(extraction)
        except KeyboardInterrupt:
            kept = "written" if out == "-" else f"in {out}"
            click.echo(f"\nkhabar: stopped; {done:,} reports are {kept}", err=True)
            raise SystemExit(130) from None
    warnings.end()


def _sinks(out: str, target: Path, names: tuple[str, ...], excel: bool) -> AbstractContextManager[Stdout | Sinks]:
    return nullcontext(Stdout(names[0])) if out == "-" else Sinks(target, names, excel)


class Stdout:
    """One table as JSON lines on standard output."""

    def __init__(self, name: str) -> None:
        self._name = name

    def write(self, extraction: Extraction) -> None:
        getattr(extraction, self._name).write_jsonl(sys.stdout)
        sys.stdout.flush()


class Unbroken:
    """Ctrl-C waits while a batch is written: no half rows. The outer context sets it up, the inner ones hold it back."""

    def __init__(self) -> None:
        self._depth = 0
        self._asked = False
        self._before: Any = None

    def _signal(self, *_: object) -> None:
        if self._depth > 1:
            self._asked = True
        else:
            raise KeyboardInterrupt

    def __enter__(self) -> Unbroken:
        if self._depth == 0 and threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGINT, self._signal)
        self._depth += 1
        return self

    def __exit__(self, *_: object) -> None:
        self._depth -= 1
        if self._depth == 0 and self._before is not None:
            signal.signal(signal.SIGINT, self._before)
        elif self._asked:
            self._asked = False
            raise KeyboardInterrupt


class Warnings:
    """What is odd about reports, said once each and not without end."""

    def __init__(self) -> None:
        self._count = 0

    def see(self, extraction: Extraction) -> None:
        rows = extraction.documents.to_arrow().select(["doc_id", "warnings"]).to_pylist()
        for row in rows:
            for warning in row["warnings"]:
                self._count += 1
                if self._count <= WARNINGS:
                    click.echo(f"{row['doc_id']}: {warning}", err=True)

    def end(self) -> None:
        if self._count > WARNINGS:
            more = self._count - WARNINGS
            click.echo(f"… and {more:,} more warnings; the table documents has them all", err=True)
