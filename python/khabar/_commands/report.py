"""`khabar report`: a page to hand on."""

from __future__ import annotations

from typing import Any

import click

from khabar._commands import failing
from khabar._commands.reports import extraction, own_files, reading


@click.command(
    short_help="One page that shows what reports claim.",
    epilog="""\b
Examples:
  khabar report news/ -o page.html
  khabar report a.txt b.txt --heading "Raqqa, July 2017" -o raqqa.html
  khabar report news.csv --text body --id url -o page.html
""",
)
@reading
@click.option("-o", "--out", required=True, metavar="PAGE.html", type=click.Path(), help="The page to write.")
@click.option("--heading", metavar="TEXT", help="What stands above the page.")
@own_files
def command(out: str, heading: str | None, **given: Any) -> None:
    """Read reports and write one page that shows what they claim.

    The page holds everything it needs: summary, map, tolls over time, agreement between outlets, tables that sort and
    filter, and each report with its evidence. It is opened in any browser and can be sent as it is.
    """
    with failing(out):
        extraction(given).report(out, title=heading)
