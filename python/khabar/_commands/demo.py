"""`khabar demo`: five short reports that come with the package, and what they claim."""

from __future__ import annotations

import sys

import click

import khabar

SHOWN: dict[str, list[str]] = {
    "actors": ["doc_id", "text", "name", "type", "country", "basis"],
    "casualties": ["doc_id", "kind", "count", "upper", "modifier", "victims", "cause", "place", "source", "text"],
    "locations": ["doc_id", "text", "name", "kind", "country", "lat", "lon", "relation"],
}


@click.command(short_help="Five short reports, and what they claim.")
def command() -> None:
    """Read five short reports that come with the package and print what they claim."""
    from khabar._read import demo
    from khabar._terminal import render

    extraction = khabar.extract(demo())
    marks = sys.stdout.isatty()
    for name, columns in SHOWN.items():
        table = getattr(extraction, name)
        click.echo(click.style(f"{name} · {len(table)} rows", bold=True))
        click.echo(render(table, columns, rows=60, marks=marks) + "\n")
    click.echo(f"{extraction!r}\nThe same from Python: khabar.extract(khabar.demo()).casualties.to_pandas()")
