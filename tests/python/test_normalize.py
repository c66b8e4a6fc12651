"""Normalization from Python: what must be right, kinds in as kinds out, and what a normalizer is."""

import copy
import json
import multiprocessing
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import khabar
from khabar._normalize import profiles


@pytest.mark.parametrize(
    ("given", "expected", "options"),
    [
        ("مو\u0654من", "مؤمن", {"unicode": "nfc", "diacritics": "strip"}),
        ("شن\u0651\u064eها", "شنها", {"diacritics": "strip"}),
        ("م\u0651\u064e", "م\u064e\u0651", {"unicode": "nfc"}),
        ("م\u064e\u0651", "م\u064e\u0651", {"unicode": "nfc"}),
        ("ﻷ ﻼ ﷲ ﷺ", "لأ لا الله صلى الله عليه وسلم", {"presentation_forms": "fold"}),
        ("ٱلرقة", "الرقة", {"alef_wasla": "fold"}),
        ("رحمٰن هٰذا", "رحمان هاذا", {"dagger_alef": "alef"}),
        ("هٰذا", "هذا", {"dagger_alef": "drop"}),
        ("عَلَيۡهِمۡ ۖ", "عَلَيهِم ", {"quranic_marks": "drop"}),
        ("مـ\u064eن وـ\u0654", "م\u064eن ؤ", {"tatweel": "drop", "unicode": "nfc"}),
        ("٣٫١٤ ١٬٠٠٠ ۲۰۱۷", "3.14 1,000 2017", {"digits": "western", "separators": "western"}),
        ("12:30 3.5% 1,000.", "12:30 3.5% 1,000", {"punctuation": "drop"}),
        ("1000000 راااائع", "1000000 راائع", {"max_repeat": 2}),
        ("#قوات_سوريا", "قوات سوريا", {"hashtags": "words"}),
        ("انظر http://t.co/a، ثم", "انظر ، ثم", {"urls": "drop"}),
        ("a@b.co @user", "a@b.co [مستخدم]", {"mentions": "token"}),
        ("س < 5 و ص > 3 <b>قصف</b>&nbsp;", "س < 5 و ص > 3 قصف\xa0", {"html": "decode"}),
        ("\u2066قصف\u2069\u200f", "قصف", {"bidi": "drop"}),
        ("\ufeffمي\u200cخواهم 👨\u200d👩\u200d👧", "ميخواهم 👨\u200d👩\u200d👧", {"zero_width": "drop"}),
        ("👍🏽👨\u200d👩\u200d👧 خبر", " خبر", {"emoji": "drop"}),
        ("علی کتاب ہ ے گ پ چ", "علي كتاب ه ي ك ب ج", {"persian_letters": "arabic"}),
        ("على سلمى", "علي سلمي", {"alef_maqsura": "yeh"}),
        ("قصـ.ـف ا.ستشها.د د.محمد", "قصف استشهاد د.محمد", {"hidden": "join"}),
        ("شكراً عصا", "شكر عصا", {"tanween_alef": "drop"}),
    ],
)
def test_what_must_be_right(given: str, expected: str, options: dict[str, str]) -> None:
    assert khabar.normalize(given, None, **options) == expected
    aligned = khabar.Normalizer(None, **options).align(given)
    assert (aligned.text, aligned.original) == (expected, given)


def test_spellings_meet_under_search() -> None:
    assert khabar.normalize("شكراً عصا") == khabar.normalize("شُكْرا عصا") == "شكرا عصا"


def test_nothing_is_lost_by_default() -> None:
    text = "قَالَ «شكراً»، ٢٠١٧ على مدينة مؤمن ﴾"
    assert khabar.Normalizer()(text) == text


LIST = ["على", None, "ٱلرَّقّة ٢٠١٧", "", "Reuters", "😀 أحمد"]
DONE = ["علي", None, "الرقه 2017", "", "Reuters", "😀 احمد"]


def test_lists_and_tuples() -> None:
    assert khabar.normalize(LIST) == DONE
    assert khabar.normalize(tuple(LIST)) == tuple(DONE)
    assert khabar.normalize([]) == []
    assert khabar.normalize(None) is None


def test_nulls_stay_what_they_are() -> None:
    nan = float("nan")
    done = khabar.normalize([nan, pd.NA, None, "أ"])
    assert done[0] is nan
    assert done[1] is pd.NA
    assert done[2:] == [None, "ا"]


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.string_view()])
def test_arrow_arrays(kind: pa.DataType) -> None:
    array = pa.array(LIST, kind)
    done = khabar.normalize(array)
    assert (done.type, done.to_pylist()) == (kind, DONE)
    done.validate(full=True)
    assert khabar.normalize(array[2:]).to_pylist() == DONE[2:]
    assert khabar.normalize(array[6:]).to_pylist() == []
    chunked = khabar.normalize(pa.chunked_array([array[:1], array[1:], array[:0]]))
    assert (chunked.type, chunked.to_pylist()) == (kind, DONE)
    assert khabar.normalize(pa.chunked_array([], kind)).to_pylist() == []


def test_arrow_of_other_kinds() -> None:
    array = pa.array(LIST).dictionary_encode()
    dictionary = khabar.normalize(array)
    assert (dictionary.type, dictionary.to_pylist()) == (array.type, DONE)
    assert khabar.normalize(pa.nulls(3)).type == pa.null()
    assert khabar.normalize(pa.scalar("أ")).as_py() == "ا"
    assert khabar.normalize(pa.nulls(3, pa.string())).to_pylist() == [None] * 3


@pytest.mark.parametrize("dtype", [object, "string", "str", pd.ArrowDtype(pa.string()), "category"])
def test_pandas_series(dtype: object) -> None:
    series = pd.Series(LIST, index=list("abcdef"), name="text", dtype=dtype)
    done = khabar.normalize(series)
    assert isinstance(done, pd.Series)
    assert (done.name, list(done.index)) == ("text", list("abcdef"))
    assert [None if pd.isna(value) else value for value in done] == DONE
    assert done.dtype == series.dtype or dtype == "category"
    if dtype == "category":
        assert isinstance(done.dtype, pd.CategoricalDtype)
    assert series["a"] == "على"


def test_categories_that_become_alike_are_one() -> None:
    given = ["أ", "ب", "ا", "إ", None]
    done = khabar.normalize(pd.Series(given, dtype="category"))
    assert list(done.cat.categories) == ["ا", "ب"]
    assert [None if pd.isna(value) else value for value in done] == ["ا", "ب", "ا", "ا", None]
    dictionary = khabar.normalize(pa.array(given).dictionary_encode())
    assert dictionary.dictionary.to_pylist() == ["ا", "ب"]
    assert dictionary.to_pandas().dropna().tolist() == ["ا", "ب", "ا", "ا"]
    # A null may also stand in the dictionary.
    dictionary = pa.DictionaryArray.from_arrays(pa.array([1, 0, None], pa.int8()), pa.array(["أ", None]))
    assert khabar.normalize(dictionary).to_pylist() == [None, "ا", None]


@pytest.mark.parametrize("dtype", ["string", "string[python]", "category", pd.ArrowDtype(pa.string_view())])
def test_arrays_of_pandas(dtype: object) -> None:
    array = pd.Series(LIST, dtype=dtype).array
    done = khabar.normalize(array)
    assert type(done) is type(array)
    assert [None if pd.isna(value) else value for value in done] == DONE


@pytest.mark.parametrize("dtype", [pl.String, pl.Categorical])
def test_polars_series(dtype: type) -> None:
    done = khabar.normalize(pl.Series("text", LIST, dtype=dtype))
    assert isinstance(done, pl.Series)
    assert (done.name, done.dtype, done.to_list()) == ("text", dtype, DONE)


def test_numpy_arrays() -> None:
    done = khabar.normalize(np.array([["على", "أ"], ["ٱ", ""]]))
    assert done.tolist() == [["علي", "ا"], ["ا", ""]]
    done = khabar.normalize(np.array(LIST, dtype=object))
    assert (done.dtype, done.tolist()) == (object, DONE)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (3, "int is not a text"),
        (b"x", "bytes is not a text"),
        ({"a": "b"}, "dict is not a text"),
        (["a", 3], "item 1 is int"),
        (["a", b"x"], "item 1 is bytes"),
        (pd.DataFrame({"a": ["b"]}), "DataFrame has several columns"),
        (pd.Series([1, 2]), "not of int64"),
        (pl.Series([1, 2]), "not of Int64"),
        (pa.array([1, 2]), "not of int64"),
        (pa.table({"a": ["b"]}), "Table is not known"),
    ],
)
def test_what_is_no_text(given: object, message: str) -> None:
    with pytest.raises(TypeError, match=message):
        khabar.normalize(given)


@pytest.mark.parametrize(
    ("profile", "options", "message"),
    [
        ("strict", {}, "unknown profile `strict`, expected one of .*`search`"),
        (3, {}, "profile=3: .*search"),
        ("light", {"aleph": "fold"}, "unknown option `aleph`, expected one of .*`alef`"),
        ("light", {"alef": "flod"}, "alef: unknown variant `flod`, expected `keep` or `fold`"),
        ("light", {"alef": True}, "alef: unknown variant `.*`, expected `keep` or `fold`"),
        ("light", {"alef": ["fold"]}, "alef: unknown variant `.*`, expected `keep` or `fold`"),
        ("light", {"max_repeat": 0}, "max_repeat: 0 is no whole number above 0"),
        ("light", {"max_repeat": -1}, "max_repeat: -1 is no whole number above 0"),
        ("light", {"max_repeat": "2"}, "max_repeat: .*2.* is no whole number"),
        ("light", {"max_repeat": 10**30}, "max_repeat: out of range"),
        ("light", {"table": {"ab": "c"}}, "table: .*ab.*expected a character"),
        ("light", {"table": {"\ud800": "c"}}, "table: half a character"),
        ("light", {"table": 3}, "table: "),
    ],
)
def test_mistakes_are_told_with_what_there_is(profile: str, options: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        khabar.Normalizer(profile, **options)
    with pytest.raises(ValueError, match=message):
        khabar.normalize("x", profile, **options)


@pytest.mark.parametrize("profile", [*profiles(), None])
def test_a_normalizer_is_a_value(profile: str | None) -> None:
    n = khabar.Normalizer(profile, max_repeat=3, table={"ا": "اا", "ب": None, ord("ت"): "ث"})
    others = [
        pickle.loads(pickle.dumps(n)),
        copy.copy(n),
        copy.deepcopy(n),
        khabar.Normalizer.from_dict(n.to_dict()),
        khabar.Normalizer.from_dict(json.loads(json.dumps(n.to_dict()))),
        eval(repr(n), {"Normalizer": khabar.Normalizer}),
    ]
    for other in others:
        assert other == n
        assert hash(other) == hash(n)
        assert other("أاابت") == n("أاابت")
    assert n != khabar.Normalizer(profile)
    assert n != "n"
    assert n("بت") == "ث"


def test_a_normalizer_cannot_be_changed() -> None:
    n = khabar.Normalizer("light")
    with pytest.raises(AttributeError):
        n.digits = "western"
    n.to_dict()["table"]["ا"] = "ب"
    n.to_dict()["digits"] = "western"
    assert n.to_dict()["table"] == {}
    assert n == khabar.Normalizer()


def test_repr_shows_the_steps() -> None:
    n = khabar.Normalizer(None, digits="western", alef="fold")
    assert repr(n) == "Normalizer(None, alef='fold', digits='western')"


def test_from_dict_takes_a_profile() -> None:
    assert khabar.Normalizer.from_dict({"profile": "light", "digits": "western"}) == khabar.Normalizer(digits="western")
    assert khabar.Normalizer.from_dict({}) == khabar.Normalizer(None)


def test_none_gives_an_option_its_default() -> None:
    assert khabar.normalize("أ على", alef=None) == "أ علي"


def test_the_same_object_where_nothing_changes() -> None:
    text = "قصف " * 10
    assert khabar.normalize(text, "lossless") is text


TEXTS = [("قُصِفَت الـــرقة عام ٢٠١٧ " * (i % 9) + f"#{i}_أ") if i % 11 else None for i in range(20_000)]


def normalized(texts: list[str | None]) -> list[str | None]:
    return khabar.normalize(texts)


def test_a_batch_is_its_texts_on_any_number_of_threads() -> None:
    single = [khabar.normalize(text) for text in TEXTS]
    array = pa.array(TEXTS)
    try:
        for threads in (1, 2, 3, 8):
            khabar.set_threads(threads)
            assert khabar.normalize(TEXTS) == single
            assert khabar.normalize(array).to_pylist() == single
    finally:
        khabar.set_threads(None)


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_forked_process_normalizes_too() -> None:
    khabar.normalize(TEXTS)
    with multiprocessing.get_context("fork").Pool(1) as pool:
        assert pool.apply_async(normalized, (TEXTS[:5000],)).get(timeout=60) == khabar.normalize(TEXTS[:5000])


@pytest.mark.parametrize("make", [list, pa.array, pd.Series, pl.Series])
def test_progress_is_told(make) -> None:
    seen: list[tuple[int, int]] = []
    khabar.normalize(make(TEXTS), progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (len(TEXTS), len(TEXTS))
    assert seen == sorted(set(seen))


@pytest.mark.parametrize("make", [list, pa.array])
def test_what_progress_raises_ends_the_work(make) -> None:
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        khabar.normalize(make(TEXTS), progress=stop)


class Last:
    """A null at the end of a list, which tells that it was come to."""

    reached = False

    def __ne__(self, other: object) -> bool:
        Last.reached = True
        return True


@pytest.fixture
def alarm() -> Iterator[None]:
    """What an alarm does is what Ctrl-C does."""
    before = signal.signal(signal.SIGALRM, signal.default_int_handler)
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no timer sends a signal on Windows")
@pytest.mark.usefixtures("alarm")
def test_ctrl_c_ends_long_work() -> None:
    def interrupted(*args: object, **named: object) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0.01)
        khabar.normalize(*args, **named)

    texts: list[object] = ["قُصِفَت الـــرقة " * 600] * 20_000
    Last.reached = False
    with pytest.raises(KeyboardInterrupt):
        interrupted([*texts, Last()], progress=False)
    assert not Last.reached
    array = pa.array(texts, pa.large_string())
    seen = [0]
    with pytest.raises(KeyboardInterrupt):
        interrupted(array, progress=lambda done, total: seen.append(done))
    assert seen[-1] < len(array)


@pytest.mark.parametrize("make", [list, pa.array])
def test_other_threads_go_on_meanwhile(make) -> None:
    given = make(TEXTS * 4)
    ticks = 0
    done = threading.Event()

    def tick() -> None:
        nonlocal ticks
        while not done.is_set():
            ticks += 1
            time.sleep(0)

    other = threading.Thread(target=tick)
    interval = sys.getswitchinterval()
    try:
        # Nobody is asked to hand the interpreter's lock over: it is had by others only where it is given up.
        sys.setswitchinterval(1000)
        other.start()
        before = ticks
        khabar.normalize(given, progress=False)
        meanwhile = ticks - before
    finally:
        done.set()
        sys.setswitchinterval(interval)
        other.join()
    assert meanwhile > 0


def test_progress_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    khabar.normalize(["أ"] * 3, progress=True)
    assert capsys.readouterr().err == "\rkhabar: 3 of 3 texts\n"
    khabar.normalize(["أ"] * 3, progress=False)
    assert capsys.readouterr().err == ""


def test_nothing_heavy_is_imported_with_khabar() -> None:
    code = "import khabar, sys; khabar.normalize('أ'); print({'pyarrow', 'pandas', 'polars', 'numpy', 'typing'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.strip() in ("set()", "{'typing'}"), done.stdout + done.stderr
