"""`khabar explain`: why each claim of a text is there."""

from __future__ import annotations

import json
import sys
from typing import Any

import click

from khabar._commands import failing
from khabar._commands.reports import extractor, own_files


@click.command(
    short_help="Why each claim of a text is there.",
    epilog="""\b
Examples:
  khabar explain "قتل خمسة جنود في كركوك، بحسب مصدر أمني."
  khabar explain --claim 0#c0 - < report.txt
  khabar explain --rule my_rules.toml "عقدت الجولة الثالثة من المحادثات أمس"
""",
)
@click.argument("text", metavar="TEXT")
@click.option("--claim", metavar="ID", help="Only this claim.")
@click.option("--published", metavar="DAY", help="The day the text appeared, YYYY-MM-DD.")
@click.option("--json", "as_json", is_flag=True, help="A JSON object a line.")
@own_files
def command(text: str, claim: str | None, published: str | None, as_json: bool, **given: Any) -> None:
    """Show the derivation of every claim in TEXT: trigger, rule, roles with their evidence, references, sources.

    TEXT is the report itself, or - to read it from standard input.
    """
    if text == "-":
        text = sys.stdin.read()
    with failing():
        found = extractor(given)([text], published=published)
    try:
        wanted = [claim] if claim else found.claims.to_arrow()["claim_id"].to_pylist()
        explained = [found.explain(one) for one in wanted]
    except KeyError as error:
        raise click.ClickException(str(error)) from None
    if not explained and not as_json:
        click.echo("no claims", err=True)
    for n, one in enumerate(explained):
        if as_json:
            click.echo(json.dumps(one.to_dict(), ensure_ascii=False))
        else:
            click.echo(f"{chr(10) if n else ''}{one}")
