"""A real Chromium with the network cut, and pages that fail on any error or request."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from kg.view import ViewData, write_page
from tests.browser.ensure_chromium import NAMES

Open = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, NAMES)), None)
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if root else []
        chromium = playwright.chromium.launch(executable_path=found, args=arguments)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Give a function that opens a graph's page; afterwards nothing may have been asked for or gone wrong."""
    wrong: list[str] = []
    context = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True, accept_downloads=True)

    def open_(source: ViewData | Path, address: str = "") -> Page:
        path = tmp_path / "graph.html"
        if isinstance(source, ViewData):
            write_page(source, path, "柳河街道知识图谱")
        else:
            path = source
        page = context.new_page()
        page.set_default_timeout(5000)
        page.on("console", lambda message: wrong.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (wrong.append("dialog"), dialog.dismiss()))
        page.on("request", lambda request: is_page(request.url) or wrong.append(f"request: {request.url}"))
        page.goto(path.as_uri() + address)
        page.wait_for_function("picture.network !== null")
        return page

    def is_page(url: str) -> bool:
        return url.startswith(("file:", "blob:"))

    yield open_
    context.close()
    assert wrong == []
