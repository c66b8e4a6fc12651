"""Lexicon and rule files of one's own, looked over before use."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from khabar import _khabar
from khabar._errors import LexiconError
from khabar._extract import _read

if TYPE_CHECKING:
    from collections.abc import Iterable


class Finding(NamedTuple):
    """One thing to look at in a lexicon file.

    Attributes:
        severity: `error` (the file cannot be used so, or does not mean what it says) or `warning` (a name that means
            something else already, or is not written as in a careful newspaper).
        file: the file's path as it was given.
        line: from 1; 0 where the file as a whole is meant.
        message: what is wrong, or what a name would clash with.
    """

    severity: str
    file: str
    line: int
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.severity}: {self.message}"


def lint(lexicons: str | os.PathLike[str] | Iterable[str | os.PathLike[str]]) -> list[Finding]:
    """Looks over lexicon and rule files: what is wrong with them, and what their names would clash with.

    Found as errors are whatever `khabar.Extractor(lexicons=…, rules=…)` would refuse, a rule that does not keep its examples, one name given to two actors, an id twice,
    presentation forms, a country that is no ISO code, an unknown parent, coordinates outside the country. Warnings are
    names that built-in parties or places have too, ordinary words, parts of personal names, vowel marks and tatweel.

    Args:
        lexicons: one path or several; the files are checked against each other too. The suffix says what a file is:
            .toml, .csv or .tsv; a .toml file with frames, times or quantities holds rules.

    Returns:
        The findings, file by file, in the order of the lines; an empty list if there are none.

    Examples:
        >>> from pathlib import Path
        >>> from tempfile import TemporaryDirectory
        >>> import khabar
        >>> with TemporaryDirectory() as folder:
        ...     path = Path(folder, "places.csv")
        ...     _ = path.write_text("name_ar,kind,lat,lon\\nتل الوادي,city,95,38\\n", encoding="utf-8")
        ...     [f"{f.line} {f.severity}: {f.message}" for f in khabar.lint(path)]
        ['2 error: lat: 95 is not between -90 and 90']
    """
    paths = [lexicons] if isinstance(lexicons, str | os.PathLike) else lexicons
    files: list[tuple[str, str]] = []
    unread: list[Finding] = []
    for path in paths:
        try:
            files.append(_read(path))
        except LexiconError as error:
            unread.append(Finding("error", error.file, error.line, error.message))
    return unread + [Finding(*found) for found in _khabar.lint(files)]
