"""`khabar normalize`: texts in one spelling."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

import khabar
from khabar._commands import failing
from khabar._sink import written

if TYPE_CHECKING:
    from collections.abc import Iterator


@click.command(
    short_help="Texts in one spelling.",
    epilog="""\b
Examples:
  khabar normalize news.txt -o plain.txt
  echo "قُصِفَت الـــرقة" | khabar normalize
  khabar normalize --profile light --option digits=western news.txt
""",
)
@click.argument("paths", nargs=-1, metavar="[PATH…]", type=click.Path(allow_dash=True))
@click.option(
    "-o",
    "--out",
    default="-",
    metavar="OUT",
    type=click.Path(allow_dash=True),
    help="A text file, or - for standard output (the default).",
)
@click.option("--profile", default="search", show_default=True, metavar="NAME", help="The options to begin from.")
@click.option(
    "--option", "options", multiple=True, metavar="NAME=VALUE", help="A change to the profile, as in alef=keep."
)
@click.option("--whole", is_flag=True, help="Take each file as one text; otherwise each line is one.")
def command(paths: tuple[str, ...], out: str, profile: str, options: tuple[str, ...], whole: bool) -> None:
    """Write texts in one spelling.

    PATH is a UTF-8 text file, or - for standard input (the default). The profiles and options are those of
    khabar.Normalizer; a VALUE may be JSON, as in max_repeat=2, max_repeat=null or table={"گ":"ق"}.
    """
    try:
        normalizer = khabar.Normalizer(profile, **_options(options))
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    with failing(out), click.open_file("-", "w", encoding="utf-8") if out == "-" else written(out) as target:
        for path in paths or ("-",):
            for texts in _texts(path, whole):
                target.write("".join(text + "\n" for text in normalizer(texts, progress=False)))


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
    from khabar._read import decode

    with click.open_file(path, "rb") as file:
        number = offset = 0
        while lines := [file.read()] if whole else file.readlines(size):
            texts = []
            for line in lines:
                text = decode(line, path if whole else f"{path}:{number + 1}", offset)
                texts.append(text if whole else text.removesuffix("\n").removesuffix("\r"))
                number += 1
                offset += len(line)
            yield texts
            if whole:
                return
