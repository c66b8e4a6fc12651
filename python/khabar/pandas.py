"""pandas with khabar: `import khabar.pandas`, then `df["text"].khabar.normalize()` and `df.khabar.extract(text="body")`.

`khabar.pandas.display_arabic()` has a notebook show each cell of a DataFrame in the direction of its own text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

import khabar

if TYPE_CHECKING:
    from khabar import Extraction, Extractor


@pd.api.extensions.register_series_accessor("khabar")
class SeriesAccessor:
    """`Series.khabar`: a column of reports.

    Examples:
        >>> import pandas as pd, khabar.pandas
        >>> pd.Series(["الـــرقة", None]).khabar.normalize().tolist()[0]
        'الرقه'
    """

    def __init__(self, series: pd.Series) -> None:
        self._series = series

    def normalize(self, profile: str = "search", **options: Any) -> pd.Series:
        """The texts in one spelling, under the same index; arguments are those of `khabar.normalize`."""
        normalized: pd.Series = khabar.normalize(self._series, profile, **options)
        return normalized

    def extract(self, extractor: Extractor | None = None, **arguments: Any) -> Extraction:
        """What the texts claim, by an `extractor` of your own or the built-in one; arguments are those of `khabar.extract`.

        A report is called by its label in the index, unless `ids` says otherwise or a label comes twice.
        """
        if "ids" not in arguments and self._series.index.is_unique:
            arguments["ids"] = self._series.index.tolist()
        return (extractor or khabar.extract)(self._series, **arguments)


@pd.api.extensions.register_dataframe_accessor("khabar")
class FrameAccessor:
    """`DataFrame.khabar`: reports with what is known of them, a row each."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self._frame = frame

    def extract(self, extractor: Extractor | None = None, **arguments: Any) -> Extraction:
        """What the reports claim, by an `extractor` of your own or the built-in one.

        `text=`, `id=`, `published=`, `outlets=` and `titles=` name the columns, as in `khabar.extract`.
        """
        return (extractor or khabar.extract)(self._frame, **arguments)


def display_arabic() -> None:
    """Shows Arabic in the DataFrames of this notebook from right to left.

    pandas lays every cell out from left to right: a number at the head of an Arabic title then stands behind it, and a
    full stop or a closing quotation mark before it. From this call on each cell goes by its first letter, as
    `dir="auto"` of HTML does.

    Raises:
        RuntimeError: There is no notebook (no IPython) to show them.
    """
    try:
        from IPython import get_ipython
    except ImportError:
        shell = None
    else:
        shell = get_ipython()
    if shell is None:
        raise RuntimeError("display_arabic() changes how a notebook shows DataFrames, and this is none")
    shell.display_formatter.formatters["text/html"].for_type(pd.DataFrame, _html)


def _html(frame: pd.DataFrame) -> str | None:
    html: str | None = frame._repr_html_()
    # pandas escapes what is in the cells, so these are its own tags.
    return html and html.replace("<td>", '<td dir="auto">').replace("<th>", '<th dir="auto">')
