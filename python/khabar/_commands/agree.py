"""`khabar agree`: several reports in, where they agree and differ out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from khabar._commands import failing
from khabar._commands.reports import check_excel, extraction, for_excel, own_files, reading
from khabar._sink import Sink, format_of
from khabar._terminal import render

if TYPE_CHECKING:
    from khabar._tables import Table

# What a terminal has no room for.
HIDDEN = ("fact_id", "best", "grading")
POLICIES = ("best", "conservative", "minmax")


@click.command(
    short_help="What several reports say about the same things.",
    epilog="""\b
Examples:
  khabar agree a.txt b.txt c.txt
  khabar agree news.jsonl --policy conservative -o facts.csv
  khabar agree news.jsonl --facts -o facts.jsonl
""",
)
@reading
@click.option("-o", "--out", metavar="OUT", type=click.Path(allow_dash=True), help="A file instead of the terminal.")
@click.option("--policy", type=click.Choice(POLICIES), default="best", help="Which number is the best of several.")
@click.option(
    "--joins", metavar="FILE", type=click.Path(), help="What makes two claims one fact, instead of the built-in file."
)
@click.option("--single", is_flag=True, help="With the facts that only one report tells.")
@click.option("--facts", is_flag=True, help="The table of facts, not its pivot with a column an outlet.")
@for_excel
@own_files
def command(
    out: str | None, policy: str, joins: str | None, single: bool, facts: bool, excel: bool, **given: Any
) -> None:
    """Show what several reports say about the same things, a fact a row and an outlet a column.

    PATH is as for `khabar extract`. OUT is a .csv, .jsonl or .parquet file, or - for JSON lines.
    """
    target = Path(out or "-")
    if out not in (None, "-") and not format_of(target):
        raise click.UsageError(f"{out}: cannot write {target.suffix or 'a folder'}; .csv, .jsonl or .parquet is needed")
    check_excel(excel, target)
    with failing(out or ""):
        # Before the reports are read it is known whether the file can be written.
        sink = Sink(target, "agreement", excel) if out not in (None, "-") else None
        try:
            table = _facts(policy, joins, single, facts, given)
            if sink is not None:
                sink.write(table)
                sink.close()
        except BaseException:
            if sink is not None:
                sink.discard()
            raise
        if out is None:
            shown = [name for name in table.column_names if name not in HIDDEN]
            click.echo(render(table, shown, rows=200, marks=sys.stdout.isatty()))
        elif sink is None:
            table.write_jsonl(sys.stdout)


def _facts(policy: str, joins: str | None, single: bool, facts: bool, given: dict[str, Any]) -> Table:
    found = extraction(given).agreement(policy, joins, given["lexicons"])
    if not facts:
        return found.pivot(shared=not single)
    return found if single else found.shared()
