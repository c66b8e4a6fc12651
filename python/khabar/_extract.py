"""Extraction: from reports to tables."""

from __future__ import annotations

import os
import sys

from khabar import _khabar
from khabar._errors import LexiconError, not_utf8
from khabar._tables import Extraction

# `typing` would double the time that `import khabar` takes; the same goes for what functions below import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any

    from khabar._normalize import Normalizer

    Progress = bool | Callable[[int, int], object] | None
    Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]
    # The name of each file, and its text.
    Files = list[tuple[str, str]]

# A file that never ends, or one made to fill the memory, is refused rather than read.
LARGEST = 16 << 20


class Extractor:
    """Compiled lexicons and rules, ready to read reports.

    Immutable, safe to use from several threads, and picklable: a pickled extractor carries the text of its files.

    Args:
        lexicons: paths of lexicon files that add to the built-in ones and may override them: TOML, or tables of actors
            and places as CSV or TSV. `khabar.lint` says what is wrong with them.
        rules: paths of rule files (TOML): frames that words of your lexicons can name, and patterns of times and
            quantities. They go before the built-in ones; a frame of the same name replaces it.
        profile: a profile's name, or a `khabar.Normalizer`, that reports are normalized by before they are read: "social"
            for posts that hide words from filters. Offsets and evidence are those of the reports as given. One that drops
            punctuation or line breaks ("wer") leaves no sentences to tell apart.
        threads: how many threads this extractor reads on. By default all extractors share a pool, as large as
            `khabar.set_threads`, else the variable KHABAR_NUM_THREADS, else the number of cores says.

    Raises:
        LexiconError: a file is missing, not UTF-8, or has a mistake in it; with `.file` and `.line`.
        ValueError: `threads` is below 1; there is no such profile.

    Examples:
        >>> import khabar
        >>> extractor = khabar.Extractor(threads=2)
        >>> len(extractor(["نص أول", "نص ثان"]).documents)
        2
        >>> posts = khabar.Extractor(profile="social")
        >>> posts(["قصـ.ـف الجيش القرية"]).events["trigger"].to_pylist()
        ['قصـ.ـف']
    """

    __slots__ = ("_lexicons", "_native", "_profile", "_rules", "_threads")

    def __init__(
        self,
        lexicons: Paths = (),
        rules: Paths = (),
        profile: str | Normalizer | None = None,
        threads: int | None = None,
    ) -> None:
        self._build(_read_all(lexicons), _read_all(rules), profile, threads)

    def _build(self, lexicons: Files, rules: Files, profile: str | Normalizer | None, threads: int | None) -> None:
        self._lexicons = lexicons
        self._rules = rules
        self._profile = profile
        self._threads = threads
        self._native = _khabar.Extractor(lexicons, rules, _normalizer(profile), threads)

    def __getstate__(self) -> tuple[Files, Files, str | Normalizer | None, int | None]:
        return self._lexicons, self._rules, self._profile, self._threads

    def __setstate__(self, state: tuple[Files, Files, str | Normalizer | None, int | None]) -> None:
        self._build(*state)

    def with_threads(self, threads: int | None) -> Extractor:
        """The same lexicons and rules, not compiled anew, read on another number of threads.

        Args:
            threads: as for `Extractor`.

        Raises:
            ValueError: `threads` is below 1.
        """
        other = object.__new__(Extractor)
        for name in Extractor.__slots__:
            setattr(other, name, getattr(self, name))
        other._threads = threads
        other._native = self._native.with_threads(threads)
        return other

    def __repr__(self) -> str:
        parts = [f"lexicons={[name for name, _ in self._lexicons]!r}"] if self._lexicons else []
        parts += [f"rules={[name for name, _ in self._rules]!r}"] if self._rules else []
        parts += [f"profile={self._profile!r}"] if self._profile is not None else []
        parts += [] if self._threads is None else [f"threads={self._threads}"]
        return f"Extractor({', '.join(parts)})"

    def __call__(
        self,
        reports: Any,
        ids: Any = None,
        published: Any = None,
        outlets: Any = None,
        titles: Any = None,
        progress: Progress = None,
        *,
        text: str | None = None,
        id: str | None = None,
        outlet: str | None = None,
        title: str | None = None,
    ) -> Extraction:
        """Reads reports; see `khabar.extract`."""
        from khabar import _inputs

        given = {"id": ids, "published": published, "outlet": outlets, "title": titles}
        names = {"text": text, "id": id, "outlet": outlet, "title": title}
        rows = _inputs.rows(reports, given, names)
        with _Progress(progress, len(rows)) as shown:
            return Extraction(self._native.extract(rows, shown.callback))

    def stream(
        self,
        reports: Iterable[Any],
        batch_size: int = 1000,
        *,
        text: str | None = None,
        id: str | None = None,
        published: str | None = None,
        outlet: str | None = None,
        title: str | None = None,
    ) -> Iterator[Extraction]:
        """Reads an endless or huge supply of reports, `batch_size` at a time, holding no more than one batch.

        Args:
            reports: texts, None for a missing one, or mappings with the keys text, id (or doc_id), published, outlet, title.
            batch_size: how many reports each Extraction holds.
            text, id, published, outlet, title: the keys, where they are called otherwise.

        Yields:
            An Extraction per batch. A report without an id is called by its number in the whole supply, from 0.

        Raises:
            ValueError: `batch_size` is below 1; a date cannot be read; two reports of one batch have one id.
            TypeError: an item is neither text, null, nor a mapping.
        """
        from khabar import _inputs

        if batch_size < 1:
            raise ValueError(f"batch_size={batch_size}: a number above 0 is needed")
        names = {"text": text, "id": id, "published": published, "outlet": outlet, "title": title}
        batches = _inputs.stream(reports, names, batch_size)
        return (Extraction(self._native.extract(rows, None)) for rows in batches)


def _normalizer(profile: str | Normalizer | None) -> _khabar.Normalizer | None:
    if profile is None:
        return None
    from khabar._normalize import Normalizer

    made = Normalizer(profile) if isinstance(profile, str) else profile
    if not isinstance(made, Normalizer):
        raise TypeError(f"profile={profile!r}: the name of a profile or a khabar.Normalizer is needed")
    return made._native


def _read_all(paths: Paths) -> Files:
    if isinstance(paths, (str, os.PathLike)):
        paths = [paths]
    if not hasattr(paths, "__iter__"):
        raise TypeError(f"{paths!r}: a path or a list of paths is needed")
    return [_read(path) for path in paths]


def _read(path: str | os.PathLike[str]) -> tuple[str, str]:
    name = os.fspath(path)
    if "\n" in name:
        raise LexiconError("the path of a file is needed, not its text", name.splitlines()[0])
    try:
        with open(name, "rb") as file:  # noqa: PTH123 - pathlib is slow to import
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise LexiconError(error.strerror or str(error), name) from None
    if len(data) > LARGEST:
        raise LexiconError(f"larger than {LARGEST >> 20} MiB, the most that a lexicon file may have", name)
    try:
        return name, data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise LexiconError(not_utf8(error, len(data)), name, line) from None


class _Progress:
    """A count on standard error where someone watches, or whatever function the caller wants called."""

    __slots__ = ("_wrote", "callback")

    def __init__(self, wanted: Progress, total: int) -> None:
        self._wrote = False
        self.callback: Callable[[int, int], object] | None = None
        if callable(wanted):
            self.callback = wanted
        elif wanted or (wanted is None and total > 2000 and sys.stderr is not None and sys.stderr.isatty()):
            self.callback = self._show

    def _show(self, done: int, total: int) -> None:
        self._wrote = True
        sys.stderr.write(f"\rkhabar: {done:,} of {total:,} reports")
        sys.stderr.flush()

    def __enter__(self) -> _Progress:
        return self

    def __exit__(self, *_: object) -> None:
        if self._wrote:
            sys.stderr.write("\n")


_default: Extractor | None = None


def default() -> Extractor:
    """The extractor with the built-in lexicons alone, compiled at first use."""
    global _default
    if _default is None:
        _default = Extractor()
    return _default


def extract(
    reports: Any,
    ids: Any = None,
    published: Any = None,
    outlets: Any = None,
    titles: Any = None,
    progress: Progress = None,
    *,
    text: str | None = None,
    id: str | None = None,
    outlet: str | None = None,
    title: str | None = None,
) -> Extraction:
    """Reads Arabic news reports and returns what they claim, as tables.

    Args:
        reports: one text; or many, as list, tuple, iterator, pandas or polars Series, pyarrow array, or anything with
            `__arrow_c_stream__`; or a DataFrame or a list of mappings with a column `text` and, where present, `id` or
            `doc_id`, `published`, `outlet`, `title`. None and NaN are missing reports: they keep their row in `documents`.
        ids: a name for each report, no two alike; where null, the report's number from 0. They become `doc_id`.
        published: when each report appeared: ISO strings, dates, datetimes, Timestamps or null (an empty string is null
            too). Relative times such as "yesterday" are counted from it. A single date stands for all reports.
        outlets: who published each; a single string stands for all.
        titles: the headline of each, for `documents`; it is not read.
        progress: True or False to count on standard error or not, or a function called with (done, total). By default
            counted if standard error is a terminal and there are more than 2,000 reports.
        text, id, outlet, title: the columns of a DataFrame (or keys of mappings), where they are called otherwise. `ids`,
            `published`, `outlets` and `titles` may name a DataFrame's column too.

    Returns:
        An `Extraction` with nine tables. All offsets are indices into the strings as given: `text[start:end]` is the
        evidence of a row.

    Raises:
        TypeError: a report is neither str nor null; the message names its row. A column is named, and there are none.
        ValueError: an argument is longer or shorter than `reports`, a date cannot be read, two ids are alike.

    Examples:
        >>> import khabar
        >>> x = khabar.extract(["خبر أول", None], ids=["a", "b"], published="2017-07-01")
        >>> x.documents.to_pylist()[1]["n_chars"] is None
        True
    """
    return default()(reports, ids, published, outlets, titles, progress, text=text, id=id, outlet=outlet, title=title)


def set_threads(threads: int | None) -> None:
    """Sets how many threads the shared pool has, for this process and those forked from it later.

    Args:
        threads: None returns to KHABAR_NUM_THREADS, else the number of cores.

    Raises:
        ValueError: `threads` is below 1.
    """
    _khabar.set_threads(threads)
