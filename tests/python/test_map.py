"""The map that can be moved about in, of notebooks/04_map.ipynb: drawn in a browser, and nothing asked for."""

import ast
from pathlib import Path
from typing import Any

import matplotlib
import nbformat
import pytest
from playwright.sync_api import Browser

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "04_map.ipynb"


def shown_last(path: Path) -> Any:
    """What the last cell of a notebook shows."""
    cells = [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    *steps, shown = ast.parse("\n".join(cells)).body
    assert isinstance(shown, ast.Expr)
    names: dict[str, Any] = {}
    exec(compile(ast.Module(steps, []), str(path), "exec"), names)
    return eval(compile(ast.Expression(shown.value), str(path), "eval"), names)


@pytest.mark.filterwarnings("ignore")
def test_the_map_needs_no_network(browser: Browser, tmp_path: Path) -> None:
    matplotlib.use("agg")
    (tmp_path / "map.html").write_text(f'<meta charset="utf-8">{shown_last(NOTEBOOK).data}', encoding="utf-8")
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tmp_path / "map.html").as_uri())
    page.frame_locator("iframe").locator("canvas").first.wait_for()
    assert [url for url in asked if not url.startswith(("file:", "about:", "data:", "blob:"))] == []
    page.close()
