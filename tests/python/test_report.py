"""The page that is handed on: what it holds, how it behaves in a browser, and that it asks for nothing."""

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import CUT_WORDS, barriers, quiet_page
from playwright.sync_api import Browser, Page
from test_document import HOSTILE, QUOTE, SCRIPT, strangers_lexicons

import khabar
from khabar import _report
from khabar._report import agreement, charts, data


@pytest.fixture(scope="module")
def demo() -> khabar.Extraction:
    return khabar.extract(khabar.demo())


@pytest.fixture(scope="module")
def path(demo: khabar.Extraction, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "page.html"
    demo.report(path)
    return path


@pytest.fixture
def page(browser: Browser, path: Path) -> Iterator[Page]:
    with quiet_page(browser, viewport={"width": 1250, "height": 900}) as page:
        visit(page, path)
        yield page


def visit(page: Page, path: Path, address: str = "") -> None:
    """The page with its data unpacked."""
    page.goto(path.as_uri() + address)
    page.wait_for_selector("html[data-ready]")


def column(page: Page, section: str, name: str) -> list[str]:
    heads = page.locator(f"#{section} thead th").all_inner_texts()
    return page.locator(f"#{section} tbody tr td:nth-child({heads.index(name) + 1})").all_inner_texts()


def test_every_claim_and_report_is_there(page: Page, demo: khabar.Extraction) -> None:
    assert page.locator("#claims tbody tr").count() == len(demo.claims)
    assert page.locator("#reports tbody tr").count() == 5
    assert page.locator("#claims [role=status]").inner_text().startswith(f"{len(demo.claims)} ")
    assert page.locator("main section").evaluate_all("all => all.map(s => s.id)") == [
        "summary", "map", "timeline", "agreement", "claims", "sources", "places", "reports",
    ]  # fmt: skip


def test_tables_sort_both_ways_with_null_last(page: Page) -> None:
    head = page.locator("#claims thead th", has_text="How many")
    for order in ("ascending", "descending"):
        head.locator("button").click()
        assert head.get_attribute("aria-sort") == order
        figures = column(page, "claims", "How many")
        stated = [int(found[0]) for text in figures if (found := re.search(r"\d+", text.replace(",", "")))]
        assert len(set(stated)) > 3
        assert stated == sorted(stated, reverse=order == "descending")
        assert not any(re.search(r"\d", text) for text in figures[len(stated) :])


def test_tables_filter_by_words_and_choices(page: Page, demo: khabar.Extraction) -> None:
    killed = [row for row in demo.casualties.to_pylist() if row["kind"] == "killed"]
    page.locator("#claims-what").select_option("killed")
    assert set(column(page, "claims", "What")) == {"killed"}
    assert len(column(page, "claims", "What")) == len(killed)
    page.locator("#claims-filter").fill("المرصد")
    kept = column(page, "claims", "Who says so")
    assert 0 < len(kept) < len(killed)
    page.locator("#claims .tools button").click()
    assert page.locator("#claims tbody tr").count() == len(demo.claims)
    page.locator("#claims-filter").fill("no such words")
    assert page.locator("#claims tbody tr").count() == 0


def test_a_claim_opens_its_sentence(page: Page, demo: khabar.Extraction) -> None:
    rows = {row["claim_id"]: row for row in demo.casualties.to_pylist()}
    texts = {row["doc_id"]: row["text"] for row in demo.documents.to_pylist()}
    assert page.locator("#timeline [data-claim]").count() > 5
    for link in page.locator("#timeline [data-claim]").all()[:4]:
        row = rows[link.get_attribute("data-claim")]
        link.focus()
        page.keyboard.press("Enter")
        assert page.locator("#text").evaluate("e => e.textContent") == texts[row["doc_id"]]
        marked = "".join(page.locator("#text mark").all_inner_texts())
        assert marked == row["anchor"]
        sentence = page.locator("#text .here").evaluate_all("all => all.map(e => e.textContent).join('')")
        assert row["text"] in sentence
        assert len(sentence) < len(texts[row["doc_id"]]) / 2
        assert page.locator("#text mark").first.evaluate(
            "e => { const b = e.getBoundingClientRect(); return b.top > 0 && b.bottom < innerHeight }"
        )
        assert page.evaluate("decodeURIComponent(location.hash)") == f"#claim={row['claim_id']}"
        page.keyboard.press("Escape")
        assert not page.locator("#reader").is_visible()
        assert page.evaluate("document.activeElement.dataset.claim") == row["claim_id"]


def test_from_claim_to_claim_and_by_address(page: Page, path: Path, demo: khabar.Extraction) -> None:
    page.locator("#claims tbody button").first.click()
    first, second = (row["claim_id"] for row in demo.claims.to_pylist()[:2])
    assert page.locator("#previous").is_disabled()
    page.locator("#next").click()
    assert page.evaluate("decodeURIComponent(location.hash)") == f"#claim={second}"
    page.locator("#close").click()
    page.goto("about:blank")
    visit(page, path, f"#claim={first.replace('#', '%23')}")
    assert page.locator("#reader").is_visible()


def test_the_map_filters_the_claims(page: Page, demo: khabar.Extraction) -> None:
    spot = page.locator("#map [data-place]").first
    key = spot.get_attribute("data-place")
    spot.focus()
    page.keyboard.press("Enter")
    there = [row for row in demo.claims.to_pylist() if row["place_id"] == key]
    assert there
    assert page.locator("#claims tbody tr").count() == len(there) < len(demo.claims)
    count = page.locator("#claims [role=status]")
    for language in ("en", "ar"):
        assert spot.get_attribute(f"data-{language}") in count.inner_text()
        assert str(len(demo.claims)) in count.inner_text()
        page.locator("#language").click()
        spot.focus()
        page.keyboard.press("Enter")
    page.locator("#claims .tools button").click()
    assert count.inner_text().startswith(f"{len(demo.claims)} ")


def test_the_grid_of_agreement_opens_claims(page: Page, demo: khabar.Extraction) -> None:
    facts = [row for row in demo.agreement().to_pylist() if row["relation"] != "single"]
    assert page.locator("#agreement tbody tr").count() == len(facts) > 0
    button = page.locator("#agreement td button").first
    button.click()
    assert page.locator("#text mark").count() > 0
    assert page.locator("#agreement thead th[dir=rtl]").count() >= 2


def test_both_languages(page: Page) -> None:
    assert page.locator("h1").inner_text() == "What the reports claim"
    page.locator("#language").click()
    assert page.evaluate("[document.documentElement.lang, getComputedStyle(document.body).direction]") == ["ar", "rtl"]
    assert page.locator("h1").inner_text() == "ما تقوله التقارير"
    assert "ماذا" in page.locator("#claims thead th").all_inner_texts()
    assert "قتلى" in column(page, "claims", "ماذا")
    page.locator("#claims-filter").fill("غارة جوية")
    assert set(column(page, "claims", "ماذا")) == {"غارة جوية"}
    page.locator("#language").click()
    assert page.locator("h1").inner_text() == "What the reports claim"


def test_the_grid_of_agreement_speaks_both_languages(page: Page) -> None:
    rows = page.locator("#agreement tbody")
    assert "that it happened" in rows.inner_text()
    page.locator("#language").click()
    assert "أنه وقع" in rows.inner_text()
    # The demonstration has no word in Latin letters.
    assert re.findall("[a-z_]+", rows.inner_text()) == []


def test_what_has_types_has_labels_in_both_languages() -> None:
    words = tomllib.loads((Path(charts.__file__).parent / "labels.toml").read_text(encoding="utf-8"))
    lexicon = Path(__file__).parents[2] / "lexicon"
    frames = tomllib.loads((lexicon / "rules" / "frames.toml").read_text(encoding="utf-8"))["frame"]
    types = {frame[what] for frame in frames for what in ("event", "harm") if what in frame}
    files = "".join(path.read_text(encoding="utf-8") for path in lexicon.glob("*.toml"))
    classes = set(re.findall(r'\bvictim = "(\w+)"', files)) - {"same", "unknown"}
    assert {"airstrike", "killed"} <= types
    assert {"civilian", "child"} <= classes
    assert (types | classes) - {"none"} <= words["values"].keys()
    assert all(len(pair) == 2 and all(pair) for room in words.values() for pair in room.values())


def test_a_reader_without_eyes_or_mouse(page: Page) -> None:
    nameless = """
        [...document.querySelectorAll('button, a, input, select, [role=region], dialog')].filter(e => e.checkVisibility()).filter(e =>
            !(e.getAttribute('aria-label') || e.getAttribute('aria-labelledby') || e.textContent.trim() || e.labels?.length)).length
    """
    assert page.evaluate(nameless) == 0
    assert page.locator("table thead th:not([scope])").count() == 0
    assert page.evaluate(
        "[...document.querySelectorAll('h1, h2, h3')].every((h, n, all) => !n || h.tagName <= 'H' + (+all[n - 1].tagName[1] + 1))"
    )
    assert page.evaluate("document.documentElement.lang") == "en"
    seen = set()
    for _ in range(12):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("document.activeElement.id || document.activeElement.textContent"))
    assert len(seen) == 12


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_barriers(browser: Browser, path: Path, scheme: str) -> None:
    with quiet_page(browser, color_scheme=scheme, viewport={"width": 1250, "height": 900}) as page:
        visit(page, path)
        assert barriers(page) == []
        page.locator("#claims tbody button").first.click()
        assert barriers(page) == []
        page.keyboard.press("Escape")
        page.locator("#language").click()
        page.set_viewport_size({"width": 390, "height": 800})
        assert barriers(page) == []
        page.locator("#language").evaluate("e => e.replaceChildren()")
        assert [one.split(":")[0] for one in barriers(page)] == ["button-name"]


def test_what_is_drawn_is_named_in_the_language_of_the_page(page: Page) -> None:
    for names in (("Contents", "Map", "killed"), ("المحتويات", "الخريطة", "قتلى")):
        for role, name in zip(("navigation", "group", "group"), names, strict=True):
            assert page.get_by_role(role, name=name, exact=True).count() == 1, name
        page.locator("#language").click()


def test_a_mark_of_the_timeline_is_told_in_the_language_of_the_page(page: Page, demo: khabar.Extraction) -> None:
    bounded = {row["claim_id"] for row in demo.casualties.to_pylist() if row["modifier"] == "at_least"}
    marks = [one for one in page.locator("#timeline [data-claim]").all() if one.get_attribute("data-claim") in bounded]
    assert marks
    for words in ("at least", "على الأقل"):
        assert all(words in mark.get_attribute("aria-label") for mark in marks)
        assert all(words in mark.locator("title").text_content() for mark in marks)
        page.locator("#language").click()


def test_an_arabic_browser_is_spoken_to_in_arabic(browser: Browser, path: Path) -> None:
    with quiet_page(browser, locale="ar-SY") as page:
        visit(page, path)
        assert page.locator("h1").inner_text() == "ما تقوله التقارير"
        page.locator("#language").click()
        assert page.locator("h1").inner_text() == "What the reports claim"


def test_a_narrow_window_moves_what_is_wide(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    # Letters of a drawing are not shrunk with it, and a label stays beside its choice.
    assert all(width >= 700 for width in page.locator("svg").evaluate_all("all => all.map(e => e.clientWidth)"))
    middles = "all => all.map(e => [...e.children].map(c => c.getBoundingClientRect()).map(r => r.top + r.bottom))"
    assert all(abs(first - second) < 20 for first, second in page.locator(".pair").evaluate_all(middles))
    page.locator("#claims tbody button").first.click()
    text, dialog = (page.locator(name).bounding_box()["height"] for name in ("#text", "#reader"))
    assert text > dialog / 3


def test_heads_say_what_stands_below_them(page: Page) -> None:
    for section in ("claims", "reports", "sources", "places"):
        heads = page.locator(f"#{section} thead th").all_inner_texts()
        assert len(set(heads)) == len(heads)
        assert page.locator("h1").inner_text() not in heads
    assert page.locator("#reports thead th").first.inner_text() == "Title"
    assert all(re.fullmatch(r"[01]\.\d\d", text) for text in column(page, "claims", "Confidence"))


def test_the_grid_says_what_it_leaves_out(demo: khabar.Extraction, monkeypatch: pytest.MonkeyPatch) -> None:
    all = sum(row["relation"] != "single" for row in demo.agreement().to_pylist())
    assert f": {all}</p>" not in _report.page(demo)
    monkeypatch.setattr(agreement, "MOST", 2)
    assert f": {all}</p>" in _report.page(demo)


def test_paper_has_every_row(page: Page, demo: khabar.Extraction) -> None:
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#claims tbody tr").count() == len(demo.claims)
    assert not page.locator("nav").is_visible()
    assert not page.locator("#claims .tools").is_visible()
    # A head with boxes in it is not repeated on each sheet.
    boxes = page.locator("#claims thead button").evaluate_all("all => all.map(e => getComputedStyle(e).display)")
    assert set(boxes) == {"contents"}
    # The width of A4 between its margins.
    page.set_viewport_size({"width": 703, "height": 1000})
    edges = page.locator("th, td, svg, header").evaluate_all("all => all.map(e => e.getBoundingClientRect().right)")
    assert max(edges) <= 703
    assert len(page.pdf(format="A4")) > 10_000


def test_joined_letters_stay_joined(page: Page) -> None:
    page.locator("#claims tbody button").first.click()
    cut = page.locator("#text").evaluate(CUT_WORDS)
    assert cut
    for word, marked, plain in cut:
        assert abs(marked - plain) < 0.6, word


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_strangers_write_stays_text(browser: Browser, tmp_path: Path, scheme: str) -> None:
    texts = [*HOSTILE, "</script><!--<script>alert(4)//\u2028 قُتل 5 مدنيين في حلب 😀 وأصيب 3 آخرون"]
    named = f"عنوان {SCRIPT}{QUOTE}"
    ids = [f"a{SCRIPT}{QUOTE}", "b&quot;", "</script>"]
    outlets = [f"وكالة {SCRIPT}", QUOTE, "</script>"]
    extractor = khabar.Extractor(strangers_lexicons(tmp_path))
    x = extractor(texts, ids=ids, outlets=outlets, titles=[named] * 3, published="2017-07-01")
    x.report(tmp_path / "page.html", title=f"{SCRIPT}{QUOTE}")
    with quiet_page(browser, color_scheme=scheme) as page:
        visit(page, tmp_path / "page.html")
        assert page.locator("body img, body script:not([id]) + script, main script").count() == 0
        assert page.locator("h1").inner_text().startswith("<script>")
        for number, button in enumerate(page.locator("#reports tbody button").all()):
            button.click()
            shown = page.locator("#text").evaluate("e => e.textContent")
            assert shown == x.documents.to_pylist()[number]["text"]
            page.locator("#close").click()
        # What stands beyond the basic plane is two letters to a browser: spans must still fit.
        page.locator("#claims tbody tr").last.locator("button").click()
        assert page.locator("#text mark").inner_text() == x.casualties.to_pylist()[-1]["anchor"]
        handlers = (
            "[...document.querySelectorAll('*')].flatMap(e => e.getAttributeNames()).filter(n => n.startsWith('on'))"
        )
        assert page.evaluate(handlers) == []


@pytest.mark.parametrize("reports", [[], [None, ""], ["خبر بلا أي إفادة."]])
def test_reports_that_claim_nothing(browser: Browser, tmp_path: Path, reports: list) -> None:
    khabar.extract(reports).report(tmp_path / "page.html")
    with quiet_page(browser) as page:
        visit(page, tmp_path / "page.html")
        assert page.locator("#claims tbody tr").count() == 0
        assert page.locator("#reports tbody tr").count() == len(reports)


def test_two_hundred_reports_in_three_megabytes(tmp_path: Path) -> None:
    # Reports of 2,500 letters as agencies write them, no two with the same words to store once.
    texts = [row["text"] for row in khabar.demo()]
    many = [f"{n} " + " ".join(texts[(n + k) % 5] for k in range(3)) for n in range(200)]
    path = tmp_path / "page.html"
    khabar.extract(many, published="2017-07-14").report(path)
    assert path.stat().st_size < 3_000_000


def test_data_cannot_end_its_element() -> None:
    value = {"a": "</script><!--", "b": "\u2028\ud800"}
    made = data.inert(value)
    assert "<" not in made
    assert json.loads(made) == value | {"b": "\u2028?"}


def test_offsets_beyond_the_basic_plane() -> None:
    assert data.utf16("خبر") is None
    assert data.utf16("") is None
    assert data.utf16("a😀b") == [0, 1, 3, 4]


def test_a_page_that_cannot_be_written_leaves_the_old_one(demo: khabar.Extraction, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no"):
        demo.report(tmp_path / "no" / "page.html")
    (tmp_path / "page.html").mkdir()
    with pytest.raises(OSError, match=r"page\.html"):
        demo.report(tmp_path / "page.html")
    assert [p.name for p in tmp_path.iterdir()] == ["page.html"]


def test_the_window_holds_most_places_and_a_country_round_them() -> None:
    def at(lon: float, lat: float, n: int) -> dict:
        return {"lon": lon, "lat": lat, "n": n}

    west, south, east, north = charts.window([at(39, 36, 50), at(37.2, 36.2, 40), at(-77, 38.9, 1)])
    assert west < 37.2 < 39 < east < 60
    assert south < 36 < 36.2 < north < 45
    rings = khabar.outlines()
    assert len(rings) > 200
    lons = [x for ring in rings["Syria"] for x, _ in ring]
    assert 35 < min(lons) < 36.5 < 41 < max(lons) < 43
