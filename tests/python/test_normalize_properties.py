"""Properties of normalization that hold for every text, and the alignment against a plain one."""

import copy
import pickle
import sys
import unicodedata

import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import khabar
from khabar._normalize import profiles

PIECES = st.sampled_from(
    [
        *"ابتهويىةأإآؤئءٱلكیکۀەہےۓگ", *"\u064b\u064e\u064f\u0650\u0651\u0652\u0653\u0654\u0655\u0670\u06d6\u06dcـ",
        *"\u200c\u200d\u200f\ufeff\u202b\xad\u2066 \n\t\xa0", *"٠٣٫٬۵19.,:،؟«»“”\"%#_@&;<>/-!", *"ﻷﻼﷺﷲﷻﹷﹰﱠﳲﺎﻪ\ufdfd½²…＃＠é\u0301😀👍🏽❤\ufe0f",
        "http://a.b/c", "www.x.com", "a@b.co", "@user", "#قوات_سوريا", "&amp;", "&lt;b&gt;", "<br>", "<b>", "قصـ.ـف", "ا.ستشها.د",
        "👨\u200d👩\u200d👧", "هههههه", "!!!!", "شكراً", "\ud800", "\udfff", "\ud83d\ude00", "\U000f0000",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=24).map("".join)
ANY = TEXTS | st.text(st.characters(), max_size=40)
NORMALIZERS = [khabar.Normalizer(name) for name in profiles()]
CLOSED = [n for n in NORMALIZERS if n.to_dict()["unicode"] != "none"]


@settings(deadline=None, max_examples=150)
@given(ANY)
def test_twice_is_once(text: str) -> None:
    for n in NORMALIZERS:
        once = n(text)
        assert n(once) == once, n


@settings(deadline=None, max_examples=150)
@given(ANY)
def test_stored_forms_meet(text: str) -> None:
    for n in CLOSED:
        assert n(unicodedata.normalize("NFC", text)) == n(unicodedata.normalize("NFD", text)), n


@settings(deadline=None, max_examples=150)
@given(st.lists(st.none() | ANY, max_size=8))
@example(["\ud800", None, "\U000f0000\ud800\udfff"])
def test_a_batch_is_its_texts(texts: list[str | None]) -> None:
    for n in NORMALIZERS:
        single = [None if text is None else n(text) for text in texts]
        assert n(texts) == single
        assert [None if text is None else n.align(text).text for text in texts] == single
        whole = [t for t in texts if t is None or not any("\ud800" <= c <= "\udfff" for c in t)]
        array = pa.array(whole, pa.string())
        assert n(array).to_pylist() == [s for s, t in zip(single, texts, strict=True) if t in whole]


@settings(deadline=None, max_examples=100)
@given(TEXTS)
def test_lone_surrogates_stay(text: str) -> None:
    n = khabar.Normalizer("lossless")
    lone = [c for c in text if "\ud800" <= c <= "\udfff"]
    aligned = n.align(text)
    assert [c for c in aligned.text if "\ud800" <= c <= "\udfff"] == lone
    assert n(text) == aligned.text
    for at, c in enumerate(aligned.text):
        if "\ud800" <= c <= "\udfff":
            start, end = aligned.to_original(at, at + 1)
            assert c in text[start:end]


@settings(deadline=None, max_examples=150)
@given(TEXTS)
def test_slices_cover_what_they_came_from(text: str) -> None:
    for n in NORMALIZERS:
        aligned = n.align(text)
        last = 0
        for at in range(len(aligned.text)):
            start, end = aligned.to_original(at, at + 1)
            assert 0 <= last <= start < end <= len(text)
            last = start
            back = aligned.to_normalized(start, end)
            assert back[0] <= at < back[1]
            assert aligned.to_original(*back) == (start, end)
        assert aligned.to_original(0, 0)[0] == aligned.to_original(0, 0)[1]


# ── against a plain one: a list with an entry for each letter ────────────────────────────────────────────────────

SIMPLE = khabar.Normalizer("analysis")
STAY = "\u064b\u064e\u064f\u0650\u0651\u0652ـ"


def plainly(text: str) -> list[tuple[str, int, int]]:
    """What each letter became, and the span of its own; marks that were dropped go with the letter before."""
    pairs: list[tuple[str, int, int]] = []
    for at, c in enumerate(text):
        to = SIMPLE(c)
        if to:
            pairs.append((to, at, at + 1))
        elif c in STAY and pairs:
            pairs[-1] = (*pairs[-1][:2], at + 1)
    return pairs


@settings(deadline=None, max_examples=400)
@given(st.text("ابأةٱی\u064b\u064e\u0651ـ\u200f\ufeff ٢٫،«“#ﷺﻷ…a😀\ud800", max_size=30))
def test_alignment_is_the_plain_one(text: str) -> None:
    aligned = SIMPLE.align(text)
    pairs = plainly(text)
    assert aligned.text == "".join(to for to, _, _ in pairs)
    start = 0
    for i, (first, begin, _) in enumerate(pairs):
        end = start
        for to, _, stop in pairs[i:]:
            end += len(to)
            assert aligned.to_original(start, end) == (begin, stop)
            assert aligned.to_normalized(begin, stop) == (start, end)
        start += len(first)


@settings(deadline=None, max_examples=100)
@given(TEXTS, st.integers(-3, 40), st.integers(-3, 40))
def test_spans_beyond_the_text_are_mistakes(text: str, start: int, end: int) -> None:
    aligned = khabar.Normalizer("search").align(text)
    for ask, length in ((aligned.to_original, len(aligned.text)), (aligned.to_normalized, len(text))):
        if 0 <= start <= end <= length:
            ask(start, end)
        else:
            with pytest.raises(ValueError, match="is no span of a text of"):
                ask(start, end)


@settings(deadline=None, max_examples=50)
@given(TEXTS)
def test_an_alignment_is_a_value(text: str) -> None:
    aligned = khabar.Normalizer("search").align(text)
    for other in (pickle.loads(pickle.dumps(aligned)), copy.deepcopy(aligned), khabar.Normalizer("search").align(text)):
        assert other == aligned
        assert hash(other) == hash(aligned)
        for at in range(len(aligned.text)):
            assert other.to_original(at, at + 1) == aligned.to_original(at, at + 1)
    assert aligned != text


def test_an_alignment_that_does_not_fit_is_refused() -> None:
    restore = type(khabar.Normalizer().align("x"))._restore
    for runs in (b"abc", b"\xff" * 8, b"\x01\0\0\0\0\0\0\0" + b"\0" * 8):
        with pytest.raises(ValueError, match="not the alignment"):
            restore("ab", "ab", runs)


def memory(text: str, profile: str = "search") -> float:
    aligned = khabar.Normalizer(profile).align(text)
    empty = sys.getsizeof(khabar.Normalizer(profile).align(""))
    return (sys.getsizeof(aligned) - empty) / len(text.encode())


def test_what_an_alignment_takes() -> None:
    plain = "أعلنت قوات سوريا الديمقراطية، الأربعاء، السيطرة على 3 أحياء في مدينة الرقة عام ٢٠١٧، وقال «إن الاشتباكات مستمرة».\n"
    assert memory(plain * 200) <= 0.05
    assert memory("قُتِلَ ثَلَاثَةُ مَدَنِيِّينَ وَأُصِيبَ آخَرُونَ " * 1000) <= 2


@pytest.mark.parametrize("profile", ["search", "social", "wer", "light"])
@pytest.mark.parametrize(
    "text",
    ["\u064e" * 10**6, "ا" + "\u0654" * 10**6, "\ufdfa" * 10**5, "قُتِلَ مَدَنِيّ " * 300_000, "ـ" * 10**6, "<b" * 10**5, "a@" * 10**5],
    ids=["marks", "hamzas", "ligatures", "vocalised", "tatweel", "tags", "addresses"],
)  # fmt: skip
def test_linear_on_every_input(profile: str, text: str) -> None:
    # Not timed: anything that is not linear would not end.
    aligned = khabar.Normalizer(profile).align(text)
    assert aligned.to_original(0, len(aligned.text))[1] <= len(text)
