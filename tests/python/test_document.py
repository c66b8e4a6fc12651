"""The view of one report: what is marked, what is said of it, and what a browser makes of it."""

import json
import re
from pathlib import Path

import pytest
from browser import CUT_WORDS, barriers, quiet_page
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser

import khabar
from khabar import _html, _markup

# Injections in every field that a stranger fills, with Arabic round them so that they are marked and turned.
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"
QUOTE = '"\' onmouseover=alert(3) x="'
HOSTILE = [
    f"قُتل 14 مدنياً في قصف على الرقة {SCRIPT} وقالت قوات سوريا الديمقراطية {QUOTE} إن \u202e17 عنصراً أصيبوا\u2066 بجروح.",
    f"وقال {SCRIPT} إن «{QUOTE}» سيطر على حلب وأسر 3 جنود. \0\x1b[31m\ufdd0\ud800 &lt;b&gt; &amp;",
]


@pytest.fixture(scope="module")
def demo() -> khabar.Extraction:
    return khabar.extract(khabar.demo())


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> khabar.Extraction:
    ids = [f"a{SCRIPT}{QUOTE}", "b"]
    titles = [f"عنوان {SCRIPT}{QUOTE}", QUOTE]
    extractor = khabar.Extractor(strangers_lexicons(tmp_path_factory.mktemp("lexicon")))
    return extractor(HOSTILE, ids=ids, outlets=f"وكالة {SCRIPT}", titles=titles)


def strangers_lexicons(folder: Path) -> list[Path]:
    """A party and a place whose ids and English names are anything but names."""
    parties, places = folder / "mine.toml", folder / "mine.tsv"
    hostile = SCRIPT + QUOTE
    parties.write_text(
        f"[[actor]]\nid = {json.dumps('x:' + hostile)}\nname = {json.dumps(hostile)}\n"
        'name_ar = "قوات سوريا الديمقراطية"\ntype = "armed_group"\n',
        encoding="utf-8",
    )
    places.write_text(
        f"name_ar\tname_en\tkind\tlat\tlon\tplace_id\nالرقة\t{hostile}\tcity\t35.95\t39.01\tx:{SCRIPT}\n",
        encoding="utf-8",
    )
    return [parties, places]


def labels(page: str) -> list[str]:
    return [label.replace("\u2068", "").replace("\u2069", "") for label in re.findall(r'title="([^"]*)"', page)]


def test_what_is_said_of_a_mention_and_a_claim(demo: khabar.Extraction) -> None:
    said = "\n".join(labels(demo.document("1")._repr_html_()))
    assert "actor · Syrian Democratic Forces · sdf · armed_group" in said
    assert "place · Raqqa · geonames:172955 · city · SY · 35.953, 39.008" in said
    rows = [row for row in demo.claims.to_pylist() if row["doc_id"] == "1"]
    for row in rows:
        assert f"rule: {row['rule']} · confidence: {row['confidence']:.2f} · claim: {row['claim_id']}" in said
        assert row["source"] is None or f"source: {row['source']}" in said
    actors = {(row["sentence"], row["text"]) for row in demo.actors.to_pylist() if row["doc_id"] == "1"}
    acting = [
        row for row in demo.events.to_pylist() if row["doc_id"] == "1" and (row["sentence"], row["agent"]) in actors
    ]
    assert acting
    for row in acting:
        assert f"agent of {row['type']} ({row['claim_id']})" in said


@pytest.mark.parametrize(
    ("row", "figure"),
    [
        ({"count": 14, "upper": None, "modifier": "exact", "magnitude": None}, "14"),
        ({"count": 1340, "upper": None, "modifier": "at_least", "magnitude": None}, "at_least 1,340"),
        ({"count": 5, "upper": 8, "modifier": "range", "magnitude": None}, "5–8"),
        ({"count": None, "upper": None, "modifier": "indefinite", "magnitude": 100}, "in hundreds"),
        ({"count": None, "upper": None, "modifier": "indefinite", "magnitude": 10**6}, "in multiples of 1,000,000"),
        ({"count": None, "upper": None, "modifier": "indefinite", "magnitude": None}, None),
        ({"count": 0, "upper": None, "modifier": "exact", "magnitude": None}, "0"),
    ],
)
def test_figures_as_they_are_worded(row: dict, figure: str | None) -> None:
    assert _markup.figure_of(row) == figure


def test_the_text_is_all_there_and_marked_where_the_tables_say(demo: khabar.Extraction) -> None:
    for row in demo.documents.to_pylist():
        text = row["text"]
        _, tables = _markup.rows_of(demo, row["doc_id"])
        pieces = list(_markup.pieces(len(text), _markup.marks(tables)))
        assert "".join(text[piece.start : piece.end] for piece in pieces) == text
        for name, kind in _markup.MENTIONS.items():
            for mention in tables[name]:
                over = [
                    p
                    for p in pieces
                    if any((m.kind, m.start, m.end) == (kind, mention["start"], mention["end"]) for m in p.marks)
                ]
                assert "".join(text[p.start : p.end] for p in over) == mention["text"]


def test_reports_that_are_missing_empty_or_not_there(demo: khabar.Extraction) -> None:
    x = khabar.extract([None, ""], ids=["a", "b"])
    assert repr(x.document("a")) == "<khabar.Document a: 0 characters, 0 claims>"
    assert x.document("a").text is None
    assert "empty text" in x.document("b")._repr_html_()
    with pytest.raises(KeyError, match="no report '9'"):
        demo.document("9")


marks = st.builds(
    lambda start, length, kind: _markup.Mark(start, start + length, kind, "x", claim="c"),
    st.integers(-2, 40),
    st.integers(-1, 20),
    st.sampled_from(["actor", "place", "event", "trigger"]),
)


@given(st.integers(0, 40), st.lists(marks, max_size=12))
def test_pieces_cover_every_text_once(length: int, found: list[_markup.Mark]) -> None:
    pieces = list(_markup.pieces(length, found))
    assert [n for piece in pieces for n in range(piece.start, piece.end)] == list(range(length))
    for piece in pieces:
        over = [m for m in found if m.start <= piece.start < m.end <= length and m.start >= 0]
        assert sorted(map(repr, piece.marks)) == sorted(map(repr, over))


@given(st.text(st.characters(exclude_categories=[])))
def test_whatever_is_escaped_stays_one_text(value: str) -> None:
    assert not re.search(r"[<\0\ud800-\udfff]", _html.escape(value))
    assert not re.search(r'[<"\n]', _html.attribute(value))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_a_browser(browser: Browser, demo: khabar.Extraction, tmp_path: Path, scheme: str) -> None:
    for doc_id in demo.documents.to_arrow()["doc_id"].to_pylist():
        path = tmp_path / f"{doc_id}.html"
        document = demo.document(doc_id)
        document.save(path)
        with quiet_page(browser, color_scheme=scheme) as page:
            page.goto(path.as_uri())
            view = page.locator("[lang=ar][dir=rtl]", has=page.locator("span")).last
            assert view.evaluate("e => e.textContent") == document.text
            style = "e => { const s = getComputedStyle(e); return [s.direction, s.whiteSpace, s.textAlign] }"
            assert view.evaluate(style) == ["rtl", "pre-wrap", "right"]
            boxes = "e => [...e.querySelectorAll('span')].map(s => { const c = getComputedStyle(s); return [c.display, c.paddingLeft, c.paddingRight, c.marginLeft, c.marginRight, c.borderLeftWidth].join() })"
            assert set(view.evaluate(boxes)) == {"inline,0px,0px,0px,0px,0px"}
            cut = view.evaluate(CUT_WORDS)
            assert cut
            for word, marked, plain in cut:
                assert abs(marked - plain) < 0.6, word
            assert doc_id != "1" or barriers(page) == []


def test_tables_keep_nobody_out(browser: Browser, demo: khabar.Extraction, tmp_path: Path) -> None:
    parts = [demo._repr_html_(), demo.explain("1#c0")._repr_html_(), demo.document("1")._repr_html_()]
    parts += [table._repr_html_() for table in [*demo.tables.values(), demo.agreement(), demo.agreement().pivot()]]
    path = tmp_path / "all.html"
    head = "<!doctype html><html lang=en><meta charset=utf-8><title>tables</title><main><h1>tables</h1>"
    path.write_text(head + "\n".join(parts), encoding="utf-8")
    with quiet_page(browser) as page:
        page.goto(path.as_uri())
        assert barriers(page) == []


def test_a_torn_word_would_be_seen(browser: Browser, demo: khabar.Extraction, tmp_path: Path) -> None:
    path = tmp_path / "1.html"
    demo.document("1").save(path)
    with quiet_page(browser) as page:
        page.goto(path.as_uri())
        page.add_style_tag(content="[dir=rtl] span { padding: 0 2px }")
        view = page.locator("[lang=ar][dir=rtl]", has=page.locator("span")).last
        assert any(abs(marked - plain) > 0.6 for _, marked, plain in view.evaluate(CUT_WORDS))


def test_nothing_that_strangers_write_is_obeyed(browser: Browser, hostile: khabar.Extraction, tmp_path: Path) -> None:
    parts = [hostile.document(row["doc_id"])._repr_html_() for row in hostile.documents.to_pylist()]
    parts += [table._repr_html_() for table in hostile.tables.values()] + [hostile._repr_html_()]
    # Outlets, whatever they call themselves, are columns here.
    facts = hostile.agreement()
    parts += [facts._repr_html_(), facts.pivot(shared=False)._repr_html_()]
    parts += [hostile.explain(row["claim_id"])._repr_html_() for row in hostile.claims.to_pylist()]
    path = tmp_path / "all.html"
    path.write_text("<!doctype html><meta charset=utf-8>" + "\n".join(parts), encoding="utf-8")
    with quiet_page(browser) as page:
        page.goto(path.as_uri())
        assert page.locator("script, img, b:not(caption b)").count() == 0
        handlers = (
            "[...document.querySelectorAll('*')].flatMap(e => e.getAttributeNames()).filter(n => n.startsWith('on'))"
        )
        assert page.evaluate(handlers) == []
        for element in page.locator("[title]").all():
            element.hover(force=True, trial=True)
