__all__ = ["Extractor", "Table", "__version__", "set_threads"]

from collections.abc import Callable
from typing import final

__version__: str

def set_threads(threads: int | None) -> None:
    """Sets the size of the shared pool; None returns to KHABAR_NUM_THREADS, else the number of cores.

    Raises:
        ValueError: `threads` is below 1.

    Source: src/pool.rs
    """

@final
class Extractor:
    """Compiled lexicons and rules. Immutable; may be used from several threads at once.

    Args:
        lexicons: (name for messages, TOML text) of each file beyond the built-in ones.
        threads: the size of a pool of its own; None for the shared one.

    Raises:
        khabar.LexiconError: a mistake in a lexicon.
        ValueError: `threads` is below 1.

    Source: src/py/extract.rs
    """

    def __new__(cls, lexicons: list[tuple[str, str]], threads: int | None) -> Extractor: ...
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
