"""Reports in whatever form they come, as rows for the native extractor.

Nothing is imported for a guest's sake: a Series, an array or a frame is known by what it can do.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from khabar._errors import not_utf8

EPOCH = dt.date(1970, 1, 1).toordinal()

# The field of a report, and the column names that are understood without being told.
FIELDS = {
    "text": ("text",),
    "id": ("id", "doc_id"),
    "published": ("published",),
    "outlet": ("outlet",),
    "title": ("title",),
}

Raw = dict[str, Any]
# id, text, published in days since the epoch, outlet, title: what the native extractor takes.
Row = tuple[str, str | None, int | None, str | None, str | None]


def rows(reports: Any, given: Mapping[str, Any], names: Mapping[str, str | None], first: int = 0) -> list[Row]:
    """Every report with what is known about it.

    `given` holds the arguments ids, published, outlets and titles under their field's name; `names` the columns of a frame.
    """
    if isinstance(reports, str) or reports is None:
        reports = [reports]
        given = {field: value if value is None or _is_many(value) else [value] for field, value in given.items()}
    frame = _frame(reports)
    names = dict(names)
    given = dict(given)
    if frame is not None:
        for field, value in given.items():
            if isinstance(value, str) and value in frame:
                names[field], given[field] = value, None
            elif isinstance(value, str) and (field in ("id", "title") or (field == "published" and not is_day(value))):
                raise ValueError(f"no column {value!r} for {field}; there are {', '.join(frame)}")
    raw = list(_raw(reports, frame, names))
    for field, value in given.items():
        if value is not None:
            for row, item in zip(raw, _column(field, value, len(raw)), strict=True):
                row[field] = item
    done = [_finish(number, row) for number, row in enumerate(raw, start=first)]
    _check_ids(done, first)
    return done


def stream(reports: Any, names: Mapping[str, str | None], size: int) -> Iterator[list[Row]]:
    """The same, `size` reports at a time, never holding more."""
    if isinstance(reports, str):
        raise TypeError("stream takes many reports; one string would be read letter by letter")
    held: list[Row] = []
    first = 0
    for number, row in enumerate(_raw(reports, _frame(reports), dict(names))):
        held.append(_finish(number, row))
        if len(held) == size:
            _check_ids(held, first)
            yield held
            held, first = [], number + 1
    if held:
        _check_ids(held, first)
        yield held


def is_null(value: Any) -> bool:
    """None, NaN, NaT and pandas' NA."""
    if value is None or isinstance(value, str):
        return value is None
    try:
        return bool(value != value)
    except (TypeError, ValueError):
        return type(value).__name__ == "NAType"


def day(value: Any) -> int | None:
    """Days since 1970-01-01; an aware time counts by its own clock.

    Raises:
        ValueError: the value is not a date.
    """
    if is_null(value):
        return None
    if isinstance(value, str):
        value = value.strip()
        if not value:
            return None
        try:
            value = dt.datetime.fromisoformat(value)
        except ValueError:
            raise ValueError(f"{value!r} is not an ISO date such as 2017-07-01") from None
    elif type(value).__name__ == "datetime64":
        value = value.astype("datetime64[D]").item()
    if isinstance(value, dt.date):
        return value.toordinal() - EPOCH
    raise ValueError(f"{value!r} is not a date, and not a string that holds one")


def is_day(value: str) -> bool:
    """Whether it is a date, and so not the name of a column."""
    try:
        day(value)
    except ValueError:
        return False
    return True


def _is_many(value: Any) -> bool:
    return not isinstance(value, (str, bytes, dt.date)) and (
        hasattr(value, "__iter__") or hasattr(value, "__arrow_c_array__")
    )


def _is_pandas(value: Any) -> bool:
    return type(value).__module__.partition(".")[0] == "pandas" and hasattr(value, "ndim")


def _arrow(value: Any) -> Any:
    """A pyarrow chunked array of whatever speaks the Arrow capsule interface; None for what does not."""
    if hasattr(value, "__arrow_c_stream__"):
        import pyarrow as pa

        return pa.chunked_array(value)
    if hasattr(value, "__arrow_c_array__"):
        import pyarrow as pa

        return pa.chunked_array([pa.array(value)])
    return None


def _frame(reports: Any) -> dict[str, Any] | None:
    """The columns of a table-like thing, by name; None for everything else."""
    if isinstance(reports, (list, tuple, Iterator)):
        return None
    if _is_pandas(reports):
        return {str(name): reports[name] for name in reports.columns} if reports.ndim == 2 else None
    chunked = _arrow(reports)
    if chunked is not None:
        import pyarrow as pa

        if pa.types.is_struct(chunked.type):
            flat = pa.Table.from_batches(
                [pa.RecordBatch.from_struct_array(chunk) for chunk in chunked.chunks],
                schema=pa.schema(list(chunked.type)),
            )
            return {name: flat.column(name) for name in flat.column_names}
    return None


def _values(column: Any) -> Iterable[Any]:
    """The values of a Series, an array or any iterable, as Python's own."""
    if isinstance(column, (list, tuple)):
        return column
    if _is_pandas(column):
        return cast("list[Any]", column.tolist())
    if (chunked := _arrow(column)) is not None:
        return _pylist(chunked)
    if isinstance(column, (Mapping, bytes, bytearray)) or not hasattr(column, "__iter__"):
        wanted = "not a text, nor a list, iterator, Series, array or frame of texts"
        raise TypeError(f"{type(column).__name__} is {wanted}{_hint(column)}")
    return cast("Iterable[Any]", column)


def _hint(given: Any) -> str:
    if isinstance(given, Mapping):
        return "; a report with what is known of it stands in a list: [{'text': …, 'id': …}]"
    if isinstance(given, (bytes, bytearray)):
        return "; decode it to a str first"
    return "; khabar.read(path) reads files" if isinstance(given, os.PathLike) else ""


def _pylist(chunked: Any) -> list[Any]:
    try:
        return cast("list[Any]", chunked.to_pylist())
    except UnicodeDecodeError:
        # Readers of files, Parquet's among them, hand on as text whatever bytes they find.
        for row, value in enumerate(chunked):
            try:
                value.as_py()
            except UnicodeDecodeError as error:
                raise ValueError(f"row {row}: {not_utf8(error, len(error.object))}") from None
        raise


def _raw(reports: Any, frame: dict[str, Any] | None, names: Mapping[str, str | None]) -> Iterator[Raw]:
    if frame is not None:
        chosen = {field: _name(field, names.get(field), frame) for field in FIELDS}
        if chosen["text"] is None and len(frame) == 1:
            chosen["text"] = next(iter(frame))
        if chosen["text"] is None:
            raise ValueError(f"no column 'text'; name the one that holds the reports by text=: {', '.join(frame)}")
        fields = [(field, _values(frame[name])) for field, name in chosen.items() if name is not None]
        for values in zip(*(column for _, column in fields), strict=True):
            yield {field: value for (field, _), value in zip(fields, values, strict=True)}
        return
    for item in _values(reports):
        if isinstance(item, Mapping):
            chosen = {field: _name(field, names.get(field), item) for field in FIELDS}
            if chosen["text"] is None:
                raise ValueError(f"a report without 'text': it has {', '.join(map(str, item))}")
            yield {field: item[name] for field, name in chosen.items() if name is not None}
        else:
            if named := {field: name for field, name in names.items() if name is not None}:
                field, name = next(iter(named.items()))
                raise TypeError(f"{field}={name!r} names a column, and the reports are texts without columns")
            yield {"text": item}


def _name(field: str, asked: str | None, frame: Mapping[str, Any]) -> str | None:
    if asked is not None:
        if asked not in frame:
            raise ValueError(f"no column {asked!r} for {field}; there are {', '.join(map(str, frame))}")
        return asked
    return next((name for name in FIELDS[field] if name in frame), None)


def _column(field: str, value: Any, length: int) -> list[Any]:
    """An argument as one value per report. One date or outlet stands for all reports."""
    argument = field if field == "published" else field + "s"
    if not _is_many(value):
        if field in ("published", "outlet"):
            return [value] * length
        raise TypeError(f"{argument}={value!r}: one value per report is needed")
    values = list(_values(value))
    if len(values) != length:
        raise ValueError(f"{argument} has {len(values)} values for {length} reports")
    return values


def _finish(number: int, row: Raw) -> Row:
    text = row.get("text")
    if not isinstance(text, str):
        if not is_null(text):
            raise TypeError(f"report {number} is {type(text).__name__}; a str or None is needed")
        text = None
    try:
        published = day(row.get("published"))
    except ValueError as error:
        raise ValueError(f"published, row {number}: {error}") from None
    name = _string("ids", number, row.get("id"))
    return (
        str(number) if name is None else name,
        None if text is None else str(text),
        published,
        _string("outlets", number, row.get("outlet")),
        _string("titles", number, row.get("title")),
    )


def _string(argument: str, number: int, value: Any) -> str | None:
    if is_null(value):
        return None
    if isinstance(value, (bytes, bytearray)):
        raise TypeError(f"{argument}, row {number}: {value!r} is bytes; decode it to a str first")
    # A column of whole numbers with a gap in it comes as floats.
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _check_ids(done: list[Row], first: int) -> None:
    seen: dict[str, int] = {}
    for number, row in enumerate(done, start=first):
        if (other := seen.setdefault(row[0], number)) != number:
            raise ValueError(
                f"ids: reports {other} and {number} are both {row[0]!r}; rows could not be told apart by doc_id"
                f"{' (a report without an id is called by its number)' if row[0] == str(number) else ''}"
            )
