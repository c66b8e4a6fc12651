"""polars with khabar: `import khabar.polars`, then `df["text"].khabar.normalize()`, `pl.col("text").khabar.normalize()`, `df.khabar.extract()`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

import khabar

if TYPE_CHECKING:
    from khabar import Extraction, Extractor


@pl.api.register_series_namespace("khabar")
class SeriesAccessor:
    """`Series.khabar`: a column of reports.

    Examples:
        >>> import polars as pl, khabar.polars
        >>> pl.Series(["الـــرقة", None]).khabar.normalize().to_list()
        ['الرقه', None]
    """

    def __init__(self, series: pl.Series) -> None:
        self._series = series

    def normalize(self, profile: str = "search", **options: Any) -> pl.Series:
        """The texts in one spelling; arguments are those of `khabar.normalize`."""
        normalized: pl.Series = khabar.normalize(self._series, profile, **options)
        return normalized

    def extract(self, extractor: Extractor | None = None, **arguments: Any) -> Extraction:
        """What the texts claim, by an `extractor` of your own or the built-in one; arguments are those of `khabar.extract`."""
        return (extractor or khabar.extract)(self._series, **arguments)


@pl.api.register_expr_namespace("khabar")
class ExprAccessor:
    """`Expr.khabar`: the same within `select` and `with_columns`, also of lazy frames."""

    def __init__(self, expr: pl.Expr) -> None:
        self._expr = expr

    def normalize(self, profile: str = "search", **options: Any) -> pl.Expr:
        """The texts in one spelling; arguments are those of `khabar.normalize`."""
        normalizer = khabar.Normalizer(profile, **options)
        return self._expr.map_batches(lambda series: normalizer(series), return_dtype=pl.String)


@pl.api.register_dataframe_namespace("khabar")
class FrameAccessor:
    """`DataFrame.khabar`: reports with what is known of them, a row each."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self._frame = frame

    def extract(self, extractor: Extractor | None = None, **arguments: Any) -> Extraction:
        """What the reports claim, by an `extractor` of your own or the built-in one.

        `text=`, `id=`, `published=`, `outlets=` and `titles=` name the columns, as in `khabar.extract`.
        """
        return (extractor or khabar.extract)(self._frame, **arguments)
