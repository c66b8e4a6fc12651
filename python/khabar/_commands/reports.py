"""What commands that read reports have in common: which files, which columns, and how far they have come."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import khabar
from khabar._inputs import FIELDS
from khabar._read import KINDS, files, reports
from khabar._sink import format_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

# Fewer bytes than this are read before anybody could look at a bar.
SHORT = 1 << 20


def reading(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a command its paths and the options that say where in them the reports are."""
    for field in reversed(FIELDS):
        help = f"The column of the {HOLDS[field]}, where it is not called {field!r}"
        day = field == "published"
        help += "; or a day, as 2017-07-01, for all reports." if day else "."
        command = click.option(f"--{field}", metavar="NAME|DAY" if day else "NAME", help=help)(command)
    command = click.option(
        "--from",
        "format",
        type=click.Choice(list(dict.fromkeys(KINDS.values()))),
        help="What the files hold, whatever they are called.",
    )(command)
    return click.argument("paths", nargs=-1, required=True, metavar="PATH…", type=click.Path(allow_dash=True))(command)


def for_excel(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a command that writes CSV the option that Excel needs."""
    help = "Mark a .csv file at its beginning, so that Excel shows its Arabic."
    return click.option("--excel", is_flag=True, help=help)(command)


def check_excel(excel: bool, target: Path) -> None:
    """Whether the mark can be written there.

    Raises:
        UsageError: it cannot.
    """
    if excel and format_of(target) != ".csv":
        raise click.UsageError(f"--excel is for .csv files, and OUT is {target}")


def own_files(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a command the options that say what its extractor is made of; `extractor` reads them."""
    for name, many, what in (("rule", "rules", "A rule file"), ("lexicon", "lexicons", "A lexicon file")):
        help = f"{what} on top of the built-in ones."
        command = click.option(f"--{name}", many, multiple=True, metavar="FILE", type=click.Path(), help=help)(command)
    return click.option(
        "--profile", metavar="NAME", help="What reports are normalized by before they are read, as social for posts."
    )(command)


def extractor(given: Mapping[str, Any], threads: int | None = None) -> khabar.Extractor:
    """The extractor that the options of `own_files` ask for."""
    return khabar.Extractor(given["lexicons"], given["rules"], given["profile"], threads)


HOLDS = {
    "text": "report",
    "id": "report's name",
    "published": "day it appeared",
    "outlet": "publisher",
    "title": "headline",
}


def columns(given: Mapping[str, Any], watch: Callable[[int], object] | None = None) -> Iterator[dict[str, Any]]:
    """The reports that the options of `reading` ask for."""
    return reports(given["paths"], {field: given[field] for field in FIELDS}, given["format"], watch)


def extraction(given: Mapping[str, Any]) -> khabar.Extraction:
    """All reports that the options ask for, read together; on a terminal, what takes longer than a second is counted."""
    made, reports = extractor(given), columns(given)
    if not sys.stderr.isatty():
        return made(reports, progress=False)
    with _Count() as shown:
        return made(reports, progress=shown)


class _Count:
    """How many of all reports are done, how fast, and how long it will take."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._wrote = False

    def __call__(self, done: int, total: int) -> None:
        taken = time.monotonic() - self._began
        if taken >= 1 and done:
            left = time.strftime("%H:%M:%S", time.gmtime(taken / done * (total - done)))
            click.echo(
                f"\rkhabar  {done:,} of {total:,} reports, {done / taken:,.0f}/s, {left} left ", nl=False, err=True
            )
            self._wrote = True

    def __enter__(self) -> _Count:
        return self

    def __exit__(self, *_: object) -> None:
        if self._wrote:
            click.echo(err=True)


class Progress:
    """A bar with rate and time left on standard error, where that is a terminal and there is enough to wait for.

    Of what comes through a pipe nobody knows how much there is: it is counted.
    """

    def __init__(self, paths: tuple[str, ...]) -> None:
        self._done = 0
        self._began = time.monotonic()
        self._shown = self._read = 0
        total = sum(Path(path).stat().st_size for path, _ in files(paths) if path != "-" and Path(path).is_file())
        watched, piped = sys.stderr.isatty(), "-" in paths
        shown = watched and total >= SHORT and not piped
        self._counts = watched and piped and not sys.stdin.isatty()
        self._bar = (
            click.progressbar(length=total, label="khabar", file=sys.stderr, item_show_func=self._rate, show_pos=False)
            if shown
            else None
        )
        self.watch = self._watch if shown else None

    def _rate(self, _item: object) -> str:
        rate = self._done / max(time.monotonic() - self._began, 1e-9)
        return f"{self._done:,} reports, {rate:,.0f}/s"

    def _watch(self, position: int) -> None:
        self._read = position

    def step(self, done: int) -> None:
        """So many reports more are done: all that have been read, so the time left is that of the work."""
        self._done += done
        if self._bar is not None:
            self._bar.update(self._read - self._shown)
            self._shown = self._read
        elif self._counts:
            click.echo(f"\rkhabar  {self._rate(None)}", nl=False, err=True)

    def __enter__(self) -> Progress:
        if self._bar is not None:
            self._bar.__enter__()
        return self

    def __exit__(self, *failure: Any) -> None:
        if self._bar is not None:
            self._bar.__exit__(*failure)
        elif self._counts and self._done:
            click.echo(err=True)
