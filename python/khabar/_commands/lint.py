"""`khabar lint`: lexicon files of one's own, looked over before use."""

from __future__ import annotations

import click

import khabar


@click.command(
    short_help="What is wrong with lexicon and rule files.",
    epilog="""\b
Examples:
  khabar lint my_actors.csv my_places.tsv
  khabar lint --errors my_terms.toml my_rules.toml
""",
)
@click.argument("paths", nargs=-1, required=True, metavar="FILE…", type=click.Path())
@click.option("--errors", is_flag=True, help="Leave out the warnings.")
def command(paths: tuple[str, ...], errors: bool) -> None:
    """Say what is wrong with lexicon and rule files, with file and line, and what their names would clash with.

    FILE is a .toml, .csv or .tsv file as for khabar extract --lexicon, or a .toml file as for --rule. The exit code is 1 if there is an error; warnings
    alone leave it at 0.
    """
    found = khabar.lint(paths)
    for finding in found:
        if finding.severity == "error" or not errors:
            click.echo(str(finding))
    wrong = sum(finding.severity == "error" for finding in found)
    click.echo(f"{wrong} errors, {len(found) - wrong} warnings", err=True)
    if wrong:
        raise SystemExit(1)
