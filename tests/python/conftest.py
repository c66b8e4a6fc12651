"""What the tests share."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest

import khabar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

# A report with an actor, a place, a time, a source, an event and a casualty, whatever depth the extraction has reached.
REPORT = (
    "قالت قوات سوريا الديمقراطية إن مقاتليها سيطروا على حي الدرعية غرب الرقة يوم الثلاثاء. "
    "وأفاد المرصد السوري لحقوق الإنسان بمقتل 17 مدنياً بينهم خمسة أطفال في قصف جوي على المدينة أمس."
)


@pytest.fixture(scope="session", autouse=True)
def heeds_ctrl_c() -> None:
    """Started in the background by a shell without job control, a process and all that it starts are deaf to SIGINT."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def report() -> str:
    return REPORT


@pytest.fixture(scope="session")
def extraction(report: str) -> khabar.Extraction:
    return khabar.extract([report, None, ""], ids=["a", "b", "c"], published="2017-07-05", outlets=["x", "y", None])


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Imported when a test asks for it: most tests need none."""
    from browser import browser as running

    with running() as found:
        yield found
