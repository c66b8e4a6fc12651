"""khabar turns Arabic news into tables of attributed claims: what happened, to whom, how many, where, when, who says so.

>>> import khabar
>>> x = khabar.extract(["نص الخبر"], published="2017-07-01")
>>> x.casualties.to_pandas()  # doctest: +SKIP
>>> khabar.normalize("قُصِفَت الـــرقة عام ٢٠١٧")
'قصفت الرقه عام 2017'
"""

from khabar._errors import LexiconError
from khabar._extract import Extractor, extract, set_threads
from khabar._khabar import __version__
from khabar._normalize import Normalized, Normalizer, normalize
from khabar._tables import Extraction, Table

__all__ = [
    "Extraction",
    "Extractor",
    "LexiconError",
    "Normalized",
    "Normalizer",
    "Table",
    "__version__",
    "extract",
    "normalize",
    "set_threads",
]
