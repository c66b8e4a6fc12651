"""Texts in whatever form they come, normalized and given back in the same form.

Nothing is imported for a guest's sake: a Series or an array is known by what it can do.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from khabar._extract import _Progress
from khabar._inputs import is_null

if TYPE_CHECKING:
    from khabar import _khabar

Callback = Callable[[int, int], object] | None


def normalize(native: _khabar.Normalizer, x: Any, progress: Any) -> Any:
    """Normalizes each text of `x`; a null is given back as it is."""
    if isinstance(x, str):
        return native.one(x)
    module = type(x).__module__.partition(".")[0]
    if isinstance(x, (list, tuple)):
        if type(x) is not list and type(x) is not tuple and not hasattr(x, "_make"):
            raise TypeError(f"a {type(x).__name__} is not known; make it a list")
        with _Shown(progress, len(x)) as shown:
            done = native.many(list(x), is_null, shown.callback)
        return done if isinstance(x, list) else x._make(done) if hasattr(x, "_make") else tuple(done)
    if module == "pyarrow":
        return _arrow(native, x, progress)
    if module == "pandas" and getattr(x, "ndim", None) == 1:
        return _pandas(native, x, progress)
    if module == "polars" and hasattr(x, "to_arrow") and hasattr(x, "alias"):
        return _polars(native, x, progress)
    if module == "numpy" and getattr(x, "ndim", 0) > 0 and x.dtype.kind in "OUT":
        done = normalize(native, x.ravel().tolist(), progress)
        made = sys.modules["numpy"].array(done, dtype=None if x.dtype.kind == "U" else x.dtype)
        return made.reshape(x.shape) if done else x.copy()
    if is_null(x):
        return x
    if hasattr(x, "columns"):
        raise TypeError(f"a {type(x).__name__} has several columns; normalize one of them")
    raise TypeError(f"{type(x).__name__} is not a text, nor a list, tuple, Series or array of texts")


class _Shown(_Progress):
    """The count of texts, and the function to call with it."""

    __slots__ = ()

    def _show(self, done: int, total: int) -> None:
        self._wrote = True
        sys.stderr.write(f"\rkhabar: {done:,} of {total:,} texts")
        sys.stderr.flush()


def _arrow(native: _khabar.Normalizer, x: Any, progress: Any) -> Any:
    import pyarrow as pa

    if isinstance(x, pa.ChunkedArray):
        total = len(x)
        with _Shown(progress, total) as shown:
            chunks = []
            before = 0
            for chunk in x.chunks:
                chunks.append(_array(native, chunk, _from(shown.callback, before, total)))
                before += len(chunk)
        return pa.chunked_array(chunks, type=x.type)
    if isinstance(x, pa.Array):
        with _Shown(progress, len(x)) as shown:
            return _array(native, x, shown.callback)
    if isinstance(x, pa.Scalar) and not x.is_valid:
        return x
    if isinstance(x, pa.Scalar) and _is_string(x.type):
        return pa.scalar(native.one(x.as_py()), type=x.type)
    raise TypeError(f"a pyarrow {type(x).__name__} is not known; an Array or ChunkedArray of strings is needed")


def _is_string(type: Any) -> bool:
    import pyarrow as pa

    view = getattr(pa.types, "is_string_view", lambda _: False)
    return bool(pa.types.is_string(type) or pa.types.is_large_string(type) or view(type))


def _array(native: _khabar.Normalizer, array: Any, callback: Callback) -> Any:
    import pyarrow as pa

    if pa.types.is_null(array.type):
        return array
    if pa.types.is_dictionary(array.type):
        kept, to = _merged(_array(native, array.dictionary, None).to_pylist())
        values = pa.array(kept, type=array.type.value_type)
        indices = pa.array(to, type=array.type.index_type).take(array.indices)
        return pa.DictionaryArray.from_arrays(indices, values, ordered=array.type.ordered)
    if not _is_string(array.type):
        raise TypeError(f"an array of strings is needed, not of {array.type}")
    if not (pa.types.is_string(array.type) or pa.types.is_large_string(array.type)):
        return _array(native, array.cast(pa.large_string()), callback).cast(array.type)
    return pa.array(native.arrow(array, callback))


def _from(callback: Callback, before: int, total: int) -> Callback:
    return None if callback is None else lambda done, _: callback(before + done, total)


def _pandas(native: _khabar.Normalizer, x: Any, progress: Any) -> Any:
    pd = sys.modules["pandas"]
    if not hasattr(x, "name"):
        # An array of pandas' own, such as a Series has under it.
        return _pandas(native, pd.Series(x), progress).array
    named = {"name": x.name} | ({"index": x.index} if hasattr(x, "index") else {})
    if isinstance(x.dtype, pd.CategoricalDtype):
        kept = _categories(native, x.array if hasattr(x, "array") else x, pd)
        return type(x)(kept, **named)
    if getattr(x.dtype, "storage", None) == "pyarrow" or type(x.dtype).__name__ == "ArrowDtype":
        import pyarrow as pa

        array = pa.array(x.array)
        chunked = array if isinstance(array, pa.ChunkedArray) else pa.chunked_array([array])
        made = type(x)(pd.array(_arrow(native, chunked, progress), dtype=x.dtype), **named)
    elif pd.api.types.is_numeric_dtype(x.dtype) and not x.isna().all():
        raise TypeError(f"a {type(x).__name__} of strings is needed, not of {x.dtype}")
    else:
        values = x.tolist()
        done = normalize(native, values, progress)
        made = type(x)(pd.array(done, dtype=x.dtype) if x.dtype != object else done, dtype=x.dtype, **named)
    if hasattr(x, "attrs"):
        made.attrs = dict(x.attrs)
    return made


def _categories(native: _khabar.Normalizer, x: Any, pd: Any) -> Any:
    kept, to = _merged(normalize(native, list(x.categories), False))
    codes = [to[code] if code >= 0 else -1 for code in x.codes]
    return pd.Categorical.from_codes(codes, categories=kept, ordered=x.ordered)


def _merged(done: list[str | None]) -> tuple[list[str | None], list[int]]:
    """Categories may become alike: then they are one. Those that are left, and which of them each has become."""
    places: dict[str | None, int] = {}
    to = [places.setdefault(category, len(places)) for category in done]
    return list(places), to


def _polars(native: _khabar.Normalizer, x: Any, progress: Any) -> Any:
    pl = sys.modules["polars"]
    if x.dtype == pl.Null:
        return x
    if x.dtype not in (pl.String, pl.Categorical):
        raise TypeError(f"a Series of strings is needed, not of {x.dtype}")
    done = pl.Series(x.name, _arrow(native, x.cast(pl.String).to_arrow(), progress), dtype=pl.String)
    return done.cast(x.dtype)
