"""A page in Debian's chromium, headless, which fails its test for any error or request of its own."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from playwright.sync_api import Browser, Page, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")

# The width of each word that a mark cuts, in the view and in the same text without marks, by the rectangles of its letters.
CUT_WORDS = """
view => {
    const plain = view.cloneNode(false);
    plain.textContent = view.textContent;
    view.after(plain);
    const nodes = element => {
        const walk = document.createTreeWalker(element, NodeFilter.SHOW_TEXT), found = [];
        for (let at = 0; walk.nextNode(); at += walk.currentNode.data.length) found.push([at, walk.currentNode]);
        return found;
    };
    const marked = nodes(view), whole = nodes(plain), text = view.textContent;
    const place = (list, at) => { const [begin, node] = list.findLast(n => n[0] <= at); return [node, at - begin]; };
    const width = (list, start, end) => {
        const range = document.createRange();
        range.setStart(...place(list, start));
        const [node, at] = place(list, end - 1);
        range.setEnd(node, at + 1);
        const boxes = [...range.getClientRects()];
        return Math.max(...boxes.map(b => b.right)) - Math.min(...boxes.map(b => b.left));
    };
    const cuts = marked.map(n => n[0]).filter(at => /\\p{L}/u.test(text[at - 1] ?? "") && /\\p{L}/u.test(text[at]));
    const found = cuts.map(at => {
        const start = at - text.slice(0, at).match(/[\\p{L}\\p{M}]+$/u)[0].length;
        const end = at + text.slice(at).match(/^[\\p{L}\\p{M}]+/u)[0].length;
        return [text.slice(start, end), width(marked, start, end), width(whole, start, end)];
    });
    plain.remove();
    return found;
}
"""


@contextmanager
def browser() -> Iterator[Browser]:
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    assert path, "the browser tests need chromium (Debian: apt-get install chromium fonts-noto-core), or CHROMIUM=path"
    with sync_playwright() as playwright:
        # Chromium's sandbox cannot be had by root, as tests in containers are.
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        running = playwright.chromium.launch(executable_path=path, args=arguments)
        yield running
        running.close()


@contextmanager
def quiet_page(browser: Browser, **how: object) -> Iterator[Page]:
    """A page; afterwards it is looked at whether it said something on the console, failed, or asked for another file."""
    page = browser.new_page(**how)
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: (said.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("request", lambda request: asked.append(request.url))
    yield page
    own = page.url.split("#")[0]
    outside = [url for url in asked if url.split("#")[0] not in (own, "about:blank") and not url.startswith("data:")]
    page.close()
    assert not said, said
    assert not outside, outside


def barriers(page: Page) -> list[str]:
    """What axe-core, by the rules of WCAG, finds that keeps people out."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:200]}: {node['failureSummary']}" for one in found for node in one["nodes"]]
