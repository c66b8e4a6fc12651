"""Normalization: one spelling for the many that a text may have, with the way back to what was written."""

from __future__ import annotations

from khabar import _khabar
from khabar._khabar import Normalized

# `typing` would double the time that `import khabar` takes; the same goes for what functions below import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, Literal, TypedDict, TypeVar, Unpack

    Progress = bool | Callable[[int, int], object] | None
    Texts = TypeVar("Texts")
    Link = Literal["keep", "drop", "token"]

    class Options(TypedDict, total=False):
        """The options of `Normalizer`, which says what each value does. None gives an option its default, keep."""

        unicode: Literal["none", "nfc", "nfkc"] | None
        presentation_forms: Literal["keep", "fold"] | None
        tatweel: Literal["keep", "drop"] | None
        diacritics: Literal["keep", "strip", "strip_keep_tanween", "strip_keep_shadda"] | None
        quranic_marks: Literal["keep", "drop"] | None
        dagger_alef: Literal["keep", "drop", "alef"] | None
        alef: Literal["keep", "fold"] | None
        alef_wasla: Literal["keep", "fold"] | None
        hamza: Literal["keep", "fold", "lone"] | None
        alef_maqsura: Literal["keep", "yeh"] | None
        teh_marbuta: Literal["keep", "heh"] | None
        tanween_alef: Literal["keep", "drop"] | None
        persian_letters: Literal["keep", "arabic"] | None
        digits: Literal["keep", "western", "arabic_indic"] | None
        separators: Literal["keep", "western"] | None
        punctuation: Literal["keep", "western", "arabic", "drop"] | None
        quotes: Literal["keep", "straight"] | None
        zero_width: Literal["keep", "drop"] | None
        bidi: Literal["keep", "drop"] | None
        html: Literal["keep", "decode"] | None
        urls: Link | None
        emails: Link | None
        mentions: Link | None
        hashtags: Literal["keep", "words"] | None
        emoji: Literal["keep", "drop"] | None
        hidden: Literal["keep", "join"] | None
        max_repeat: int | None
        max_repeat_punctuation: int | None
        whitespace: Literal["keep", "collapse", "lines"] | None
        table: Mapping[str, str | None] | Mapping[int, str | int | None] | None


__all__ = ["Normalized", "Normalizer", "normalize", "profiles"]


class Normalizer:
    """What a text is to look like: a profile, changed by options. Call it with a text or many.

    Immutable, hashable, equal to another one with the same options, picklable, and safe to use from several threads. It does
    the steps in a fixed order whatever the order of the arguments, and normalizing twice is normalizing once (but for `table`,
    and for a text of 100 KB and more whose markup is wrapped in itself more than eight times).

    Args:
        profile: the options to begin from; None for those that keep everything. What each makes of one text is shown below.
            `lossless`: one encoding for one text (NFC), without invisible controls.
            `light`: what no reader would miss: also presentation forms, tatweel and white space.
            `search`: everything folded that keeps two spellings of one word apart.
            `ml`: input of a model: spelling kept, noise gone, links and addresses as tokens.
            `social`: posts: the words that are meant, also where they were hidden from filters.
            `wer`: two transcripts of one recording: no punctuation.
            `camel`, `arabert`, `lucene`: what camel-tools, AraBERT's preprocessor and Lucene's ArabicNormalizer make of a text.
            `analysis`: the extractor's own view.
        unicode: Unicode's forms (Unicode Standard Annex 15): "none"; "nfc" (composed): و + U+0654 → ؤ; "nfkc" (compatibility
            characters replaced): ½ → 1⁄2.
        presentation_forms: "fold": shaped letters and ligatures of old fonts and PDF files: ﻷ → لأ, ﷲ → الله.
        tatweel: "drop": قصــف → قصف.
        diacritics: "strip": قُصِفَ → قصف; "strip_keep_tanween": مدنيّاً → مدنياً; "strip_keep_shadda": مدنيّاً → مدنيّا. The
            hamza that is stored as a mark is part of its letter and stays.
        quranic_marks: "drop": pause signs and small high letters of Quran prints: عليهمۡ ۖ → عليهم.
        dagger_alef: "drop": هٰذا → هذا; "alef": رحمٰن → رحمان.
        alef: "fold": أ إ آ → ا.
        alef_wasla: "fold": ٱ → ا.
        hamza: "fold": ؤ ئ → و ي; "lone": ؤ ئ → ء, so that مسؤول and مسئول meet.
        alef_maqsura: "yeh": على → علي.
        teh_marbuta: "heh": مدينة → مدينه.
        tanween_alef: "drop": the alef that only carries fathatan: شكراً → شكر.
        persian_letters: "arabic": ی ک گ پ چ → ي ك ك ب ج.
        digits: "western": ٢٠١٧ and ۲۰۱۷ → 2017; "arabic_indic": 2017 → ٢٠١٧.
        separators: "western": ٣٫١٤ → ٣.١٤, ١٬٠٠٠ → ١,٠٠٠.
        punctuation: "western": ، ؛ ؟ → , ; ?; "arabic": the other way, but not in numbers, links and Latin text: 1,000, متى? →
            1,000، متى؟; "drop": none, but numbers stay whole: قال: 3.5 → قال 3.5.
        quotes: "straight": «قسد» → "قسد".
        zero_width: "drop": joiners, byte order marks, soft hyphens: مي + U+200C + خواهم → ميخواهم; the joiners inside an emoji stay.
        bidi: "drop": direction marks, embeddings, isolates: U+2066 + قصف + U+2069 → قصف.
        html: "decode": entities and tags: <b>قصف</b>&amp;nbsp; → قصف; س < 5 stays.
        urls, emails, mentions: "drop": انظر http://a.b، ثم → انظر ، ثم; "token": http://a.b → [رابط], a@b.co → [بريد],
            @user → [مستخدم], the tokens that AraBERT's vocabulary knows.
        hashtags: "words": #قوات_سوريا → قوات سوريا.
        emoji: "drop": each with its skin tones and joiners: خبر👍🏽 → خبر.
        hidden: "join": words hidden from filters: قصـ.ـف → قصف, ا.ستشها.د → استشهاد; و/أو, كم/س and ا.ف.ب stay.
        max_repeat: at most so many of one letter in a row, with 2: رااااائع → راائع; digits are never touched.
        max_repeat_punctuation: at most so many of one mark in a row, with 1: !!!! → !.
        whitespace: "collapse": runs of white space to one space, none at the ends: قصف   حلب → قصف حلب; "lines": the same, but one
            line break where there was one: قصف \\n\\n حلب → قصف\\nحلب.
        table: replacements of your own, done last: {"گ": "ق", "ـ": None}, or what `str.maketrans` gives.

    Raises:
        ValueError: no such profile, option or value; the message lists those that there are.

    Examples:
        >>> import khabar
        >>> n = khabar.Normalizer("light", digits="western", diacritics="strip")
        >>> n("قُصِفَت الـــرقة عام ٢٠١٧")
        'قصفت الرقة عام 2017'
        >>> n(["قُصِفَت", None])
        ['قصفت', None]
        >>> n == khabar.Normalizer.from_dict(n.to_dict())
        True
        >>> for profile in ("lossless", "light", "search", "ml", "social", "wer", "camel", "arabert", "lucene", "analysis"):
        ...     print(khabar.Normalizer(profile)("@أ: «قصـــفِ  #حلب_الآن» ٢٠١٧!!"), "|", profile)
        @أ: «قصـــفِ  #حلب_الآن» ٢٠١٧!! | lossless
        @أ: «قصفِ #حلب_الآن» ٢٠١٧!! | light
        @ا: "قصف حلب الان" 2017!! | search
        [مستخدم]: «قصف حلب الآن» 2017!! | ml
        : "قصف حلب الان" 2017! | social
        ا قصف حلب الان 2017 | wer
        @ا: «قصـــف  #حلب_الان» ٢٠١٧!! | camel
        [مستخدم]: «قصف #حلب_الآن» ٢٠١٧!! | arabert
        @ا: «قصف  #حلب_الان» ٢٠١٧!! | lucene
        @ا: «قصف  #حلب_الان» 2017!! | analysis
        >>> khabar.Normalizer("light", alef="flod")
        Traceback (most recent call last):
        ...
        ValueError: alef: unknown variant `flod`, expected `keep` or `fold`
    """

    __slots__ = ("_key", "_native", "_options")

    _key: tuple[tuple[str, object], ...]
    _native: _khabar.Normalizer
    _options: dict[str, Any]

    def __init__(self, profile: str | None = "light", **options: Unpack[Options]) -> None:
        _build(self, profile, dict(options))

    def __call__(self, x: Texts, /, progress: Progress = None) -> Texts:
        """Normalizes a text, or each of many; see `khabar.normalize`."""
        if isinstance(x, str):
            return self._native.one(x)  # type: ignore[return-value]
        from khabar import _columns

        return _columns.normalize(self._native, x, progress)  # type: ignore[no-any-return]

    def align(self, text: str) -> Normalized:
        """The normalized text that knows where each part of it came from.

        Args:
            text: one text.

        Returns:
            A `Normalized`, whose spans are indices into the two strings.

        Examples:
            >>> import khabar
            >>> text = "قُصِفَت الـــرقة"
            >>> aligned = khabar.Normalizer("search").align(text)
            >>> start = aligned.text.index("الرقه")
            >>> first, last = aligned.to_original(start, start + 5)
            >>> text[first:last]
            'الـــرقة'
        """
        return self._native.align(text)

    def to_dict(self) -> dict[str, Any]:
        """Every option with its value, as JSON can hold it; `Normalizer.from_dict` is the way back.

        Profiles may gain steps in later versions; what stands in the dict is what is done.
        """
        return {name: dict(value) if isinstance(value, dict) else value for name, value in self._options.items()}

    @classmethod
    def from_dict(cls, options: Mapping[str, Any]) -> Normalizer:
        """The normalizer with these options; what is not named is kept. A key `profile` names what to begin from.

        Raises:
            ValueError: no such profile, option or value.

        Examples:
            >>> import khabar
            >>> khabar.Normalizer.from_dict({"digits": "western"})("عــام ٢٠١٧")
            'عــام 2017'
        """
        rest = dict(options)
        profile = rest.pop("profile", None)
        made = cls.__new__(cls)
        _build(made, profile, rest)
        return made

    def __eq__(self, other: object) -> bool:
        return self._key == other._key if isinstance(other, Normalizer) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._key)

    def __repr__(self) -> str:
        steps = [f"{name}={value!r}" for name, value in self._options.items() if not _keeps(value)]
        return f"Normalizer({', '.join(['None', *steps])})"

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("a Normalizer cannot be changed; make another one")

    __delattr__ = __setattr__  # type: ignore[assignment]

    def __reduce__(self) -> tuple[Any, ...]:
        return Normalizer.from_dict, (self.to_dict(),)

    def __copy__(self) -> Normalizer:
        return self

    def __deepcopy__(self, memo: object) -> Normalizer:
        return self


def _keeps(value: object) -> bool:
    return value is None or value == {} or value == "keep" or value == "none"


def _build(self: Normalizer, profile: object, options: dict[str, Any]) -> None:
    if not isinstance(profile, (str, type(None))):
        raise ValueError(f"profile={profile!r}: a name is needed, one of {', '.join(profiles())}, or None")
    if hasattr(options.get("table"), "items"):
        options["table"] = {_letter(key): _letter(to) for key, to in options["table"].items()}
    native = _khabar.Normalizer(profile, options)
    values = native.options
    key = tuple((name, tuple(value.items()) if isinstance(value, dict) else value) for name, value in values.items())
    for name, value in (("_native", native), ("_options", values), ("_key", key)):
        object.__setattr__(self, name, value)


def _letter(value: Any) -> Any:
    """The character of a code point, as `str.maketrans` gives them; None drops."""
    return "" if value is None else chr(value) if isinstance(value, int) else value


def profiles() -> list[str]:
    """The names of all profiles."""
    return _khabar.Normalizer.profiles()


_made: dict[str, Normalizer] = {}


def normalize(
    x: Texts, profile: str | None = "search", *, progress: Progress = None, **options: Unpack[Options]
) -> Texts:
    """Normalizes a text, or each of many.

    Args:
        x: a str; or many, as list, tuple, pandas or polars Series, NumPy array, pyarrow Array or ChunkedArray of strings.
        profile: the options to begin from: lossless, light, search, ml, social, wer, camel, arabert, lucene, analysis; None for
            those that keep everything. `Normalizer` describes them.
        progress: True or False to count on standard error or not, or a function called with (done, total). By default
            counted if standard error is a terminal and there are more than 2,000 texts.
        options: changes to the profile; `Normalizer` describes them.

    Returns:
        The same kind of thing, of the same length, with its index and name. None, NaN and null stay what they are. Where nothing
        changes it may be the very same object. Lone surrogates (half a character, from broken decoding) stay where they are.

    Raises:
        TypeError: `x` is none of these, or an item is neither str nor null; the message says which.
        ValueError: no such profile, option or value; the message lists those that there are.

    Examples:
        >>> import khabar
        >>> khabar.normalize("أُصِيبَ ٣ مدنيين في مدينة #الرقة")
        'اصيب 3 مدنيين في مدينه الرقه'
        >>> khabar.normalize(["على سلمى", None], alef_maqsura=None)
        ['على سلمى', None]
    """
    if options or profile is None:
        return Normalizer(profile, **options)(x, progress=progress)
    made = _made.get(profile) if isinstance(profile, str) else None
    if made is None:
        made = _made[profile] = Normalizer(profile)
    return made(x, progress=progress)
