__all__ = [
    "Column",
    "Extractor",
    "Normalized",
    "Normalizer",
    "Table",
    "__version__",
    "agreement",
    "empty",
    "lint",
    "own_strings",
    "set_threads",
]

from collections.abc import Callable, Mapping
from typing import Any, final

__version__: str

def set_threads(threads: int | None) -> None:
    """Sets the size of the shared pool; None returns to KHABAR_NUM_THREADS, else the number of cores.

    Raises:
        ValueError: `threads` is below 1.

    Source: src/pool.rs
    """

def own_strings(wanted: bool | None = None) -> tuple[bool, bool]:
    """Whether CPython's own strings are read where they lie, and made with one copy.

    Not so in versions and builds that it is not known of; then strings are encoded and decoded by Python.

    Args:
        wanted: False turns both off in this process, True on again; for tests.

    Source: src/py/cpython.rs
    """

def empty() -> dict[str, Table]:
    """The nine tables without a row, for their columns and types.

    Source: src/py/extract.rs
    """

def lint(lexicons: list[tuple[str, str]]) -> list[tuple[str, str, int, str]]:
    """Checks lexicon files against each other and the built-in ones.

    Args:
        lexicons: (name for messages, text) of each file; the suffix of the name says what it is.

    Returns:
        (severity, file, line, message) of each finding, in the order of the files and lines.

    Source: src/py/extract.rs
    """

def agreement(
    tables: Mapping[str, Any], policy: str, rules: tuple[str, str] | None, lexicons: list[tuple[str, str]]
) -> Table:
    """The facts that several reports tell, from the tables of an extraction.

    Args:
        tables: by name, anything with `__arrow_c_stream__` that has the columns of the contract.
        policy: "conservative", "best" or "minmax".
        rules: name for messages and TOML text of the file to go by; None for the built-in one.
        lexicons: name for messages and text of each file beyond the built-in ones.

    Raises:
        khabar.LexiconError: a mistake in the rules or in a lexicon.
        ValueError: another policy; a table or a column is missing, or has another type.

    Source: src/py/agree.rs
    """

@final
class Extractor:
    """Compiled lexicons and rules. Immutable; may be used from several threads at once.

    Args:
        lexicons: (name for messages, text) of each file beyond the built-in ones.
        rules: the same of each rule file.
        normalizer: what reports are brought to before they are read.
        threads: the size of a pool of its own; None for the shared one.

    Raises:
        khabar.LexiconError: a mistake in a lexicon or in a rule.
        ValueError: `threads` is below 1.

    Source: src/py/extract.rs
    """

    def __new__(
        cls,
        lexicons: list[tuple[str, str]],
        rules: list[tuple[str, str]],
        normalizer: Normalizer | None,
        threads: int | None,
    ) -> Extractor: ...
    def with_threads(self, threads: int | None) -> Extractor:
        """The same lexicons, not compiled anew, read on another number of threads.

        Raises:
            ValueError: `threads` is below 1.
        """
    def extract(
        self,
        rows: list[tuple[str, str | None, int | None, str | None, str | None]],
        progress: Callable[[int, int], object] | None,
    ) -> dict[str, Table]:
        """Reads reports in parallel, without the interpreter's lock.

        Args:
            rows: (id, text, published in days since 1970-01-01, outlet, title) of each report.
            progress: called with (done, total) reports after every batch.

        Returns:
            The nine tables by name, in their order. Offsets are code points of the text as given.

        Raises:
            TypeError: a row is of another shape.
            ValueError: KHABAR_NUM_THREADS is no number.
            KeyboardInterrupt: Ctrl-C; looked for after every batch.
        """

@final
class Table:
    """Columns and rows of one table, as Arrow data that is handed over without a copy.

    Source: src/py/capsule.rs
    """

    @property
    def column_names(self) -> list[str]:
        """The columns in order."""
    def __len__(self) -> int:
        """The number of rows."""
    def __arrow_c_schema__(self) -> object:
        """A PyCapsule `arrow_schema`."""
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """A PyCapsule `arrow_array_stream`; `requested_schema` is ignored, as the interface allows."""

@final
class Column:
    """One column as Arrow data that is handed over without a copy.

    Source: src/py/column.rs
    """

    def __len__(self) -> int:
        """The number of rows."""
    def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, object]:
        """PyCapsules `arrow_schema` and `arrow_array`; `requested_schema` is ignored, as the interface allows."""

@final
class Normalizer:
    """Compiled options. Immutable; may be used from several threads at once.

    Args:
        profile: the name of the options to begin from; None for those that keep everything.
        options: changes by name; None gives an option its default.

    Raises:
        ValueError: no such profile, option or value; the message lists those that there are.

    Source: src/py/normalize/mod.rs
    """

    def __new__(cls, profile: str | None, options: dict[str, Any]) -> Normalizer: ...
    @staticmethod
    def profiles() -> list[str]:
        """The names of all profiles, in order."""
    @property
    def options(self) -> dict[str, Any]:
        """Every option with its value, in the order of the steps."""
    def one(self, text: str) -> str:
        """The normalized text; the same object when nothing changes."""
    def many(
        self, texts: list[Any], is_null: Callable[[Any], bool], progress: Callable[[int, int], object] | None
    ) -> list[Any]:
        """The normalized texts, made in parallel without the interpreter's lock.

        Args:
            texts: strings and nulls.
            is_null: tells of what is neither a string nor None whether it is null.
            progress: called with (done, total) texts after every batch.

        Returns:
            As many strings; the nulls where they were, and the same objects.

        Raises:
            TypeError: an item is neither; the message names its index.
            ValueError: the list became shorter meanwhile.
            KeyboardInterrupt: Ctrl-C; looked for after every batch.
        """
    def arrow(self, column: object, progress: Callable[[int, int], object] | None) -> Column:
        """The normalized column, from the UTF-8 buffers of the given one straight to new ones.

        Args:
            column: whatever has `__arrow_c_array__` and is of strings or large strings; of any length, with nulls or without.
            progress: called with (done, total) rows after every batch.

        Returns:
            A column of the same type and length, with the same nulls.

        Raises:
            TypeError: a column of another type.
            OverflowError: more than 2 GiB of text for a column of (small) strings.
            KeyboardInterrupt: Ctrl-C; looked for after every batch.
        """
    def align(self, text: str) -> Normalized:
        """The normalized text with its alignment."""

@final
class Normalized:
    """A normalized text that knows where each part of it came from. Immutable, hashable, picklable.

    It stores an entry only where the distance between the two texts changes; `sys.getsizeof` gives what it takes beside them.

    Examples:
        >>> import khabar
        >>> aligned = khabar.Normalizer("light").align("قصـف ﷲ")
        >>> aligned.text, aligned.to_original(4, 8), aligned.to_normalized(0, 4)
        ('قصف الله', (5, 6), (0, 3))

    Source: src/py/normalize/aligned.rs
    """

    @property
    def text(self) -> str:
        """The normalized text."""
    @property
    def original(self) -> str:
        """The text as given."""
    def to_original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that `text[start:end]` was made of.

        A letter has its marks with it: those dropped after the last letter are covered, those dropped before the first one
        belong to the letter before. A part of something that was replaced as one (a ligature, a link) stands for all of it.
        An empty span gives an empty one.

        Raises:
            ValueError: not 0 ≤ start ≤ end ≤ len(text).
        """
    def to_normalized(self, start: int, end: int) -> tuple[int, int]:
        """The span of `text` that `original[start:end]` became; empty where all of it was dropped.

        Raises:
            ValueError: not 0 ≤ start ≤ end ≤ len(original).
        """
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __sizeof__(self) -> int:
        """The bytes of the alignment; the two strings are counted by themselves."""
    def __reduce__(self) -> tuple[Any, ...]: ...
    @staticmethod
    def _restore(text: str, original: str, runs: bytes) -> Normalized: ...
