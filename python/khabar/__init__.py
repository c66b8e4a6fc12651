"""khabar turns Arabic news into tables of attributed claims: what happened, to whom, how many, where, when, who says so.

>>> import khabar
>>> x = khabar.extract(["نص الخبر"], published="2017-07-01")
>>> x.casualties.to_pandas()  # doctest: +SKIP
>>> khabar.normalize("قُصِفَت الـــرقة عام ٢٠١٧")
'قصفت الرقه عام 2017'
"""

from khabar._errors import KeptError, LexiconError, ReadError
from khabar._extract import Extractor, extract, set_threads
from khabar._khabar import __version__
from khabar._normalize import Normalized, Normalizer, normalize
from khabar._tables import Extraction, Table

# What is imported when it is first asked for, by the module that holds it: `import khabar` stays quick.
_LATE = {
    "LABEL_STUDIO_CONFIG": "khabar._annotate",
    "demo": "khabar._read",
    "load": "khabar._keep",
    "read": "khabar._read",
    "scan": "khabar._read",
    "to_brat": "khabar._annotate",
    "to_label_studio": "khabar._annotate",
    "to_spacy": "khabar._spacy",
}

TYPE_CHECKING = False
if TYPE_CHECKING:
    from khabar._annotate import LABEL_STUDIO_CONFIG, to_brat, to_label_studio
    from khabar._keep import load
    from khabar._read import demo, read, scan
    from khabar._spacy import to_spacy

__all__ = [
    "LABEL_STUDIO_CONFIG",
    "Extraction",
    "Extractor",
    "KeptError",
    "LexiconError",
    "Normalized",
    "Normalizer",
    "ReadError",
    "Table",
    "__version__",
    "demo",
    "extract",
    "load",
    "normalize",
    "read",
    "scan",
    "set_threads",
    "to_brat",
    "to_label_studio",
    "to_spacy",
]


def __getattr__(name: str) -> object:
    if name not in _LATE:
        raise AttributeError(f"module 'khabar' has no attribute {name!r}")
    import importlib

    found: object = getattr(importlib.import_module(_LATE[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *_LATE})
