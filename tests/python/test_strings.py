"""Python's strings, read where they lie and made with one copy, or by the stable interface: the results are the same."""

import ctypes
import sys
import sysconfig
import warnings
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import khabar
from khabar import _khabar
from khabar._inputs import is_null
from khabar._normalize import profiles

NORMALIZERS = [khabar.Normalizer(name) for name in profiles()]
NORMALIZERS += [khabar.Normalizer(None), khabar.Normalizer(None, table={"b": "ب", "ق": "😀", "😀": None, "é": "e"})]


class Text(str):
    """Its characters are not where a plain str has them."""

    __slots__ = ()


ALONE = [
    "", "a", "\x7f", "\x80", "é", "\xff", "\u0100", "ق", "\ud7ff", "\ue000", "\uffff", "😀", "\U0010ffff", "\U000f0000",
    "\ud800", "\udbff", "\udc00", "\udfff", "\ud83d\ude00", "\ude00\ud83d", "😀\ud83d\ude00", "\U000f0000\ud800",
    "Reuters 2017", "café  ½", "قُصِفَت الـــرقة عام ٢٠١٧", "أحمد 😀", "http://t.co/a خبر", "شكراً é", "\x00ق\x00", "ﷺ" * 3, "①",
]  # fmt: skip
# Lengths about those of a machine word, and about the units of work.
SAMPLES = [text * times for text in ALONE for times in (1, 2, 31, 64, 257)]


@pytest.fixture
def stable() -> Iterator[Callable[[], None]]:
    """A function that turns to the stable interface until the end of the test."""
    yield lambda: (_khabar.own_strings(False), None)[1]
    _khabar.own_strings(True)


def test_where_it_is_known_to_hold() -> None:
    plain = sys.implementation.name == "cpython" and not sysconfig.get_config_var("Py_GIL_DISABLED")
    known = plain and (3, 11) <= sys.version_info[:2] <= (3, 13)
    assert _khabar.own_strings() == (known, sys.platform != "win32")


def test_turned_off_and_on(stable: Callable[[], None]) -> None:
    before = _khabar.own_strings()
    assert _khabar.own_strings(False) == _khabar.own_strings() == (False, False)
    assert _khabar.own_strings(True) == before


def made(texts: list[str]) -> list[object]:
    """All that becomes of texts, one by one and together."""
    done: list[object] = []
    for n in NORMALIZERS:
        single = [n(text) for text in texts]
        aligned = [n.align(text) for text in texts]
        assert n(texts) == single == [a.text for a in aligned]
        done += [*single, *aligned]
        # No wider than need be: Python takes strings of other widths for different ones.
        assert single == ["".join(list(text)) for text in single]
    return done


def test_every_kind_of_string(stable: Callable[[], None]) -> None:
    own = made(SAMPLES)
    assert made([Text(text) for text in SAMPLES]) == own
    stable()
    assert made(SAMPLES) == own
    assert made([Text(text) for text in SAMPLES]) == own


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text(st.characters() | st.sampled_from("قـ\u064eأ\ud800\udc00😀é")), max_size=6))
def test_any_strings(texts: list[str]) -> None:
    own = made(texts)
    _khabar.own_strings(False)
    try:
        assert made(texts) == own
    finally:
        _khabar.own_strings(True)


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="since 3.12 every string is ready when it is made")
@pytest.mark.parametrize("text", ["قـ\u064eأ", "abc", "😀أ", "\ud800"])
def test_a_string_that_is_not_ready(text: str) -> None:
    unready = ctypes.pythonapi.PyUnicode_FromUnicode
    unready.restype, unready.argtypes = ctypes.py_object, [ctypes.c_void_p, ctypes.c_ssize_t]
    place = ctypes.pythonapi.PyUnicode_AsUnicode
    place.restype, place.argtypes = ctypes.c_void_p, [ctypes.py_object]
    width = ctypes.sizeof(ctypes.c_wchar)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        strings = [unready(None, len(text)) for _ in range(3)]
        for string in strings:
            data = b"".join(ord(c).to_bytes(width, sys.byteorder) for c in text)
            ctypes.memmove(place(string), data, len(data))
    n = khabar.Normalizer("search")
    assert n([strings[0]]) == [n(text)]
    assert n(strings[1]) == n(text)
    assert n.align(strings[2]).text == n(text)


def test_strings_are_left_as_they_were() -> None:
    texts = ["".join([text, str(i)]) for i, text in enumerate(SAMPLES)]
    copies = ["".join(list(text)) for text in texts]
    hashes = [hash(text) for text in texts[::2]]
    held = [sys.getrefcount(text) for text in texts]
    try:
        # On one thread, so that none is still about to let go.
        khabar.set_threads(1)
        khabar.normalize(texts)
    finally:
        khabar.set_threads(None)
    assert [sys.getrefcount(text) for text in texts] == held
    assert texts == copies
    assert [hash(text) for text in texts[::2]] == hashes == [hash(text) for text in copies[::2]]


SEARCH = _khabar.Normalizer("search", {})


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_strings_let_go_of_while_they_are_read(threads: int) -> None:
    old = ["أُصِيبَ " * 30 + str(i) for i in range(20_000)]
    new = ["ٱلرَّقّة " * 20 + str(i) for i in range(20_000)]
    expected = [{SEARCH.one(a), SEARCH.one(b)} for a, b in zip(old, new, strict=True)]
    texts = list(old)
    del old

    def replace(done: int, total: int) -> None:
        texts[done:] = new[done:]

    try:
        khabar.set_threads(threads)
        results = SEARCH.many(texts, is_null, replace)
    finally:
        khabar.set_threads(None)
    assert all(result in either for result, either in zip(results, expected, strict=True))


def test_a_list_that_becomes_shorter_is_told_of() -> None:
    texts = ["أُصِيبَ " * 100 + str(i) for i in range(20_000)]
    with pytest.raises(ValueError, match="the list changed"):
        SEARCH.many(texts, is_null, lambda done, total: texts.clear())
