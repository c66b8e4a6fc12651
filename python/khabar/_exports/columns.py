"""The columns of the targets, and the values that they know."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from khabar._tables import Table

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

HERE = Path(__file__).parent


class Export(Table):
    """Rows in the columns of another data set."""

    __slots__ = ("losses",)

    losses: Table
    """What those columns cannot hold: claim_id, doc_id, field (null: the whole claim), value, reason; a row each."""

    def __init__(self, name: str, source: Any, losses: Any) -> None:
        super().__init__(name, source)
        self.losses = losses if isinstance(losses, Table) else Table(f"{name} losses", losses)

    def __reduce__(self) -> tuple[Any, ...]:
        return Export, (self.name, self.to_arrow(), self.losses.to_arrow())


@cache
def mappings() -> dict[str, Any]:
    """The file that says how types are told elsewhere."""
    return tomllib.loads((HERE / "exports.toml").read_text(encoding="utf-8"))


@cache
def countries() -> dict[str, dict[str, str]]:
    """ISO 3166-1 codes and ACLED's regions, by alpha-2 code."""
    lines = (HERE / "countries.tsv").read_text(encoding="utf-8").splitlines()
    head = lines[0].split("\t")
    return {row[0]: dict(zip(head, row, strict=True)) for row in (line.split("\t") for line in lines[1:])}


def table(target: str, rows: list[dict[str, Any]], nested: Mapping[str, pa.DataType] | None = None) -> pa.Table:
    """The rows in the order and with the types of the target's columns, whatever is in them."""
    import pyarrow as pa

    types = {"whole": pa.int64(), "real": pa.float64(), "day": pa.date32()}
    mapping = mappings()[target]
    kinds = {column: types[kind] for kind in types for column in mapping["kinds"].get(kind, ())} | dict(nested or {})
    return pa.Table.from_pylist(
        rows, schema=pa.schema([(column, kinds.get(column, pa.large_string())) for column in mapping["columns"]])
    )
