"""Agreement: what several reports say about the same things, side by side."""

from __future__ import annotations

from khabar import _khabar
from khabar._tables import Table

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
    from collections.abc import Iterable
    from typing import Any

    from khabar._tables import Extraction

    Path = str | os.PathLike[str]

# The columns of a pivot that come before those of the outlets.
ABOUT = ("fact_id", "what", "aspect", "counted", "place", "relation", "best", "low", "high", "n_sources", "grading")


class Agreement(Table):
    """The facts that reports tell, a row each; a `Table` that can be turned on its side."""

    __slots__ = ()

    def __init__(self, source: Any) -> None:
        super().__init__("agreement", source)

    def __reduce__(self) -> tuple[Any, ...]:
        from khabar._tables import _to_ipc

        return _unpickle, (_to_ipc(self.to_arrow()),)

    def shared(self) -> Agreement:
        """The facts that two reports or more tell."""
        import pyarrow.compute as pc

        facts = self.to_arrow()
        return Agreement(facts.filter(pc.not_equal(facts.column("relation"), "single")))

    def pivot(self, shared: bool = True) -> Table:
        """One row a fact, one column an outlet: what each says of it, null where it says nothing.

        Args:
            shared: leave out what only one report tells.

        Returns:
            The fact's own columns (fact_id, what, aspect, counted, place, relation, best, low, high, n_sources, grading), then
            a column of text for each outlet, or for each report that has none. Several values of one outlet stand in the order
            of its reports with " · " between them; a denied one has "✗ " before it, one that a later toll replaced is in brackets.
        """
        import pyarrow as pa

        facts = (self.shared() if shared else self).to_arrow()
        cells: dict[str, list[str | None]] = {}
        values = facts.column("values").to_pylist()
        for row, said in enumerate(values):
            for value in said:
                column = cells.setdefault(value["outlet"] or value["doc_id"], [None] * len(values))
                text = cell(value)
                column[row] = text if column[row] is None else _with(column[row] or "", text)
        names = _apart(list(cells), ABOUT)
        arrays = [facts.column(name) for name in ABOUT]
        arrays += [pa.array(column, pa.large_string()) for column in cells.values()]
        return Table("pivot", pa.table(arrays, names=[*ABOUT, *names]))


def cell(value: dict[str, Any]) -> str:
    """One value as a reader sees it."""
    text: str = value["value"]
    if value["superseded"]:
        text = f"({text})"
    return f"✗ {text}" if value["denied"] else text


def agreement(extraction: Extraction, policy: str, rules: Path | None, lexicons: Iterable[Path] | Path) -> Agreement:
    """The facts of an extraction's tables."""
    from khabar._extract import _read, _read_all

    own = None if rules is None else _read(rules)
    return Agreement(_khabar.agreement(extraction.tables, policy, own, _read_all(lexicons)))


def _with(before: str, text: str) -> str:
    return before if text in before.split(" · ") else f"{before} · {text}"


def _apart(names: list[str], taken: tuple[str, ...]) -> list[str]:
    """The names with a mark behind those that are columns already."""
    return [f"{name} (outlet)" if name in taken else name for name in names]


def _unpickle(data: bytes) -> Agreement:
    import pyarrow as pa

    return Agreement(pa.ipc.open_stream(data).read_all())
