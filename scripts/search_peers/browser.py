"""Ask an engine in Chromium: through its search box as a reader does, or through its JavaScript API."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from .outcome import Outcome, Progress
from .questions import SHOWN, slug
from .quota import CHROMIUM, slowed
from .server import served

HERE = Path(__file__).resolve().parent
ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-quic"]
DESK = {"width": 1280, "height": 700}
START = "faq/"  # the page that the box is opened on
FIRST = "保证金"
SLOWER = 4
OPENINGS = 5  # the median of so many is the time to the first result
LATE = 300  # milliseconds after which nothing more is fetched
CODE = (".js", ".mjs", ".wasm", ".pagefind")
NOT_SEARCH = (".svg", ".png", ".ico", ".css", ".html", "/")


@dataclass(frozen=True)
class Box:
    """Where a search box is: what opens it, its field, the list that changes, the links in it."""

    open: str
    box: str
    list: str
    item: str
    scroll: bool = False  # the list shows more when it is scrolled
    late: bool = False  # starts its worker only when the reader reaches for it
    key: str = ""  # to press after a paste, where the box listens to keys alone


OURS = Box(".md-search__input", ".md-search__input", ".md-search-result", ".md-search-result__item a", late=True)
STOCK = Box(**{**asdict(OURS), "late": False, "key": "End"})
ZENSICAL = Box(".md-search__button", "dialog input[role=combobox]", "dialog", "dialog a[role=option]", scroll=True)


@contextmanager
def chromium(program: str = CHROMIUM) -> Iterator[Browser]:
    """Start the browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


def ask_box(folder: Path, box: Box, queries: list[str], typed: list[str], tell: Progress) -> tuple[Outcome, list[Path]]:
    """Ask through the search box of a built site; return what was measured and the files that searching fetched."""
    outcome = Outcome()
    with served(folder) as root, chromium() as browser:
        outcome.ready, asked = _openings(browser, root, box)
        if box.late:
            outcome.started = _starting(browser, root, box)
        page = _opened(browser, root, box)
        for done, query in enumerate(queries):
            tell(done, len(queries))
            outcome.found[query] = _find(page, box, query)
        outcome.keys, outcome.worker = _type(_opened(browser, root, box), "bench.type(text)", typed)
    with served(folder) as root, slowed(SLOWER) as program:
        if program:
            with chromium(program) as browser:
                outcome.ready_slow, _ = _openings(browser, root, box)
                outcome.slow, _ = _type(_opened(browser, root, box), "bench.type(text)", typed)
    return outcome, _files(folder, asked)


def ask_pagefind(folder: Path, queries: list[str], typed: list[str], tell: Progress) -> tuple[Outcome, list[Path]]:
    """Ask Pagefind through its API, in a page of the folder that it indexed."""
    outcome = Outcome()
    first = "import('/pagefind.mjs').then((peer) => peer.find(query, limit))"
    find = f"({{query, limit}}) => {first}"
    with served(folder) as root, chromium() as browser:
        outcome.ready, asked = _first_of_pagefind(browser, root, first)
        page = _page(_context(browser), root)
        page.evaluate(find, {"query": FIRST, "limit": SHOWN})
        for done, query in enumerate(queries):
            tell(done, len(queries))
            outcome.found[query] = [slug(url) for url in page.evaluate(find, {"query": query, "limit": SHOWN})]
        typing = f"import('/pagefind.mjs').then((peer) => peer.type(text, {SHOWN}))"
        outcome.keys, _ = _type(_page(_context(browser), root), typing, typed)
    with served(folder) as root, slowed(SLOWER) as program:
        if program:
            with chromium(program) as browser:
                outcome.ready_slow, _ = _first_of_pagefind(browser, root, first)
                outcome.slow, _ = _type(_page(_context(browser), root), typing, typed)
    return outcome, [file for file in _files(folder, asked) if file.parent != folder]


def _context(browser: Browser) -> BrowserContext:
    context = browser.new_context(viewport=DESK, locale="zh-CN")
    context.add_init_script(path=HERE / "box.js")
    return context


def _page(context: BrowserContext, root: str) -> Page:
    page = context.new_page()
    page.goto(root + START, wait_until="load")
    return page


def _opened(browser: Browser, root: str, box: Box) -> Page:
    """Open the box in a new page, where only one question was asked."""
    page = _page(_context(browser), root)
    page.evaluate("async (box) => { await bench.open(box); }", asdict(box))
    _find(page, box, FIRST)
    return page


def _openings(browser: Browser, root: str, box: Box) -> tuple[float, set[str]]:
    """Return the time from reaching for the box to the first result, and what was fetched for it."""
    times, fetched = [], set()
    for _ in range(OPENINGS):
        context = _context(browser)
        asked: list[str] = []
        context.on("request", lambda request, asked=asked: asked.append(urlsplit(request.url).path))
        page = _page(context, root)
        before = [path for path in asked if "search" not in path and "/lunr/" not in path]
        times.append(page.evaluate("([box, text]) => bench.first(box, text)", [asdict(box), FIRST]))
        page.wait_for_timeout(LATE)
        fetched |= set(asked) - set(before)
        context.close()
    return statistics.median(times), fetched


def _starting(browser: Browser, root: str, box: Box) -> float:
    """Return the time until the worker is ready on a processor that is four times slower.

    The page's part is slowed down by the browser; the worker's part, which that does not reach, counts four times.
    """
    parts = {True: [], False: []}
    for slow in [True, False] * OPENINGS:
        page = _page(_context(browser), root)
        page.wait_for_timeout(LATE)  # the reader does not reach for the box while the page is still starting
        if slow:
            page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        parts[slow].append(page.evaluate("(box) => bench.starting(box)", asdict(box))[0 if slow else 1])
        page.context.close()
    return statistics.median(parts[True]) + SLOWER * statistics.median(parts[False])


def _first_of_pagefind(browser: Browser, root: str, first: str) -> tuple[float, set[str]]:
    script = (
        f"async ({{query, limit}}) => {{ const t = performance.now(); await {first}; return performance.now() - t; }}"
    )
    times, fetched = [], set()
    for _ in range(OPENINGS):
        context = _context(browser)
        page = _page(context, root)
        context.on("request", lambda request: fetched.add(urlsplit(request.url).path))
        times.append(page.evaluate(script, {"query": FIRST, "limit": SHOWN}))
        context.close()
    return statistics.median(times), fetched


def _find(page: Page, box: Box, query: str) -> list[str]:
    """Paste a question into the box and read the list."""
    page.evaluate("bench.arm()")
    field = page.locator(box.box)
    field.fill(query)
    if box.key:
        field.press(box.key)
    page.evaluate("bench.settled(0)")
    return [slug(unquote(path)) for path in page.evaluate("(limit) => bench.found(limit)", SHOWN)]


def _type(page: Page, script: str, typed: list[str]) -> tuple[list[float], list[float]]:
    """Type questions letter by letter; return for every keystroke the time to the list, and in the worker."""
    keys = [key for text in typed for key in page.evaluate(f"(text) => {script}", text)]
    lists = [key["list"] for key in keys if key["list"] is not None]
    return lists, [key["worker"] for key in keys if key.get("worker") is not None]


def _files(folder: Path, asked: set[str]) -> list[Path]:
    """Return the files that were asked for, without pictures and pages."""
    paths = sorted(path for path in asked if not path.endswith(NOT_SEARCH))
    return [file for path in paths if (file := folder / unquote(path).lstrip("/")).is_file()]
