"""Without a network: pages as they were read, the whole site when asked for, a new build, removal, and the ZIP."""

from __future__ import annotations

import base64
import functools
import hashlib
import json
import re
import shutil
import threading
import zipfile
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect
from selectolax.lexbor import LexborHTMLParser

import offline
import offline_zip
from conftest import ARGUMENTS, LATER, PHONE, asset, violations
from kbcheck.site import read_site
from serve import Handler

PROJECT = Path(__file__).resolve().parent.parent
SITE = PROJECT / "site"
ASSETS = PROJECT / ".build" / "assets"
GUIDE, OTHER, SAVING = "steps/file-appeal/", "topics/complaints/", "reference/offline/"
INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
KEPT = "async url => Boolean(await caches.match(url))"
ADDRESSES = "async () => (await (await caches.open((await caches.keys())[0])).keys()).map(each => each.url)"
LEFT = "async () => [(await caches.keys()).length, (await navigator.serviceWorker.getRegistrations()).length]"
NONE_LEFT = f"async () => String(await ({LEFT})()) === '0,0'"
SAVED = """async ([root, build]) => {
  const kept = await caches.match(root + 'offline-saved.json');
  return kept && (await kept.json()).build === build;
}"""
# Asks again with every frame the browser draws; the answer is false where a minute's worth of them did not do.
UNTIL = """async given => {
  for (let frame = 0; frame < 3600; frame += 1) {
    if (await ASK(given)) return true;
    await new Promise(requestAnimationFrame);
  }
  return false;
}"""
NOTICE = re.compile(r"^离线内容，存于 \d{4}-\d\d-\d\d \d\d:\d\d；期限以后台为准。$")


class Host:
    """A copy of the built site below ``/kb/`` on this machine, with the policy of a strict host; can be cut off."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "kb"
        shutil.copytree(SITE, self.folder)
        self.asked: list[str] = []
        hashes = {digest for file in self.folder.rglob("*.html") for digest in inline(file.read_text("utf-8"))}
        own = "; ".join(f"{kind}-src 'self'" for kind in ("style", "connect", "worker", "manifest"))
        policy = f"default-src 'none'; img-src 'self' data:; script-src 'self' {' '.join(sorted(hashes))}; {own}"
        asked = self.asked

        class Strict(Handler):
            def end_headers(self) -> None:
                asked.append(self.path)
                self.send_header("Content-Security-Policy", policy)
                super().end_headers()

        self.handler = functools.partial(Strict, directory=str(folder))
        self.port = 0
        self.connect()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/kb/"

    def connect(self) -> None:
        self.server = ThreadingHTTPServer(("127.0.0.1", self.port), self.handler)
        self.port = self.server.server_port
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True)
        self.thread.start()

    def cut(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def publish(self, **pages: str) -> str:
        """Publish a new build in which each of ``pages`` (its name below steps/) has another heading; its hash."""
        for name, heading in pages.items():
            file = self.folder / "steps" / name.replace("_", "-") / "index.html"
            file.write_text(re.sub(r"(<h1[^>]*>).*?<", rf"\1{heading}<", file.read_text("utf-8"), count=1), "utf-8")
        for name in (offline.BUNDLE, offline.RETIRED, offline.ON_DISK):
            shutil.copy(ASSETS / Path(name).name, self.folder / name)
        offline.write(self.folder)
        return json.loads((self.folder / offline.LIST).read_text("utf-8"))["build"]


def inline(html: str) -> Iterator[str]:
    for text in INLINE.findall(html):
        yield f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    host = Host(tmp_path)
    yield host
    host.cut()


def is_fault(message: ConsoleMessage) -> bool:
    return message.type == "error" and "ERR_CONNECTION" not in message.text


def reader(context: BrowserContext, faults: list[str]) -> Page:
    """A page of ``context`` that notes errors, but not that the network, cut on purpose, failed."""
    page = context.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if is_fault(message) else None)
    return page


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A phone whose browser may keep pages."""
    faults: list[str] = []
    context = browser.new_context(viewport=PHONE, locale="zh-CN", service_workers="allow", reduced_motion="reduce")
    yield reader(context, faults)
    context.close()
    assert faults == []


def wait_until(page: Page, ask: str, given: object = None) -> None:
    """Wait until the page answers ``ask``, an asynchronous function of ``given``, with something true."""
    assert page.evaluate(UNTIL.replace("ASK", f"({ask})"), given), ask


def search(page: Page, query: str) -> None:
    page.locator("[for=__search].md-header__button").click()
    expect(page.locator(".md-search__input")).to_be_focused()
    page.keyboard.insert_text(query)
    page.locator("[role=option]").first.wait_for()


def save(page: Page, host: Host) -> None:
    page.goto(host.address + SAVING)
    page.get_by_role("button", name="离线保存").click()
    expect(page.get_by_role("status").filter(has_text="存好了")).to_be_visible(timeout=60_000)


def test_pages_that_were_read_and_the_search_are_there_without_a_network(page: Page, host: Host) -> None:
    page.goto(host.address + GUIDE)
    wait_until(page, KEPT, host.address + GUIDE)
    wait_until(page, KEPT, host.address + f"assets/kb/{asset('site.css').name}")
    page.goto(host.address + OTHER + "?h=%E6%8A%95%E8%AF%89")
    wait_until(page, KEPT, host.address + OTHER)
    search(page, "仲裁")
    expect(page.locator("[role=option] mark").first).to_be_visible()
    wait_until(page, KEPT, host.address + "search/search_index.json")
    addresses = page.evaluate(ADDRESSES)
    assert not [each for each in addresses if "?" in each]  # what a reader looked for is not kept
    host.cut()
    page.goto(host.address + GUIDE)
    expect(page.locator("article > .kb-offline")).to_have_text(NOTICE)
    expect(page.locator(".kb-offline")).to_have_css("background-color", "rgb(243, 241, 236)")  # styles are kept, too
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert violations(page, ".kb-offline") == []
    search(page, "调解")  # never asked before: found, although its texts are not there
    expect(page.locator(".md-search-result__meta")).to_contain_text("个结果")
    page.goto(host.address + "topics/lawyer/")
    expect(page.locator("h1")).to_have_text("没有连上网，这一页没有存过")
    page.locator("a", has_text="提交申诉").click()
    expect(page.locator("article > .kb-offline")).to_be_visible()
    host.connect()
    page.goto(host.address + GUIDE)
    expect(page.locator(".kb-offline")).to_have_count(0)


def test_whole_site_is_saved_renewed_and_removed(page: Page, host: Host) -> None:
    listed = json.loads((host.folder / offline.LIST).read_text("utf-8"))
    page.goto(host.address + SAVING)
    box = page.locator(".kb-tool")
    expect(box).to_contain_text(f"整站 {len(listed['files'])} 个文件，下载大约 {listed['wire'] / 1e6:.1f} MB")
    expect(box).to_contain_text("整站还没有存在这台设备上")
    tampered = host.folder / "faq/index.html"
    whole = tampered.read_bytes()
    tampered.write_bytes(whole + b" ")
    page.get_by_role("button", name="离线保存").click()
    expect(page.get_by_role("status").filter(has_text="网站刚刚更新过")).to_be_visible(timeout=60_000)
    tampered.write_bytes(whole)
    save(page, host)
    expect(box).to_contain_text(re.compile(r"整站已经存在这台设备上，.*（不到一天）存的，和网上的一样"))
    expect(page.get_by_role("button", name="离线保存")).to_be_hidden()
    assert violations(page, ".kb-tool") == []

    host.cut()
    page.goto(host.address + "tools/costs/")
    expect(page.locator("#kb-tool input").first).to_be_visible()
    search(page, "小额诉讼")
    expect(page.locator(".md-search-result mark").first).to_be_visible()
    page.goto(host.address + "steps/check-orders/")
    expect(page.locator(".kb-offline")).to_have_text(NOTICE)
    page.goto(host.address + SAVING)
    expect(page.locator(".kb-tool")).to_contain_text("现在连不上网")

    build = host.publish(file_appeal="新的期限", check_orders="也是新的")
    host.connect()
    page.goto(host.address + GUIDE)
    expect(page.locator("article h1")).to_have_text("新的期限")
    host.asked.clear()
    page.goto(host.address + "steps/")  # the new worker has been found by now, and brings the saved site up to date
    wait_until(page, SAVED, [host.address, build])
    assert len([path for path in host.asked if path.endswith("/")]) <= 4  # what has not changed is not fetched again
    host.cut()
    page.goto(host.address + "steps/check-orders/")
    expect(page.locator("article h1")).to_have_text("也是新的")
    host.connect()

    page.goto(host.address + SAVING)
    page.get_by_role("button", name="删除离线内容").click()
    expect(page.get_by_role("status").filter(has_text="已经删除")).to_be_visible()
    assert page.evaluate(LEFT) == [0, 0]
    page.goto(host.address + GUIDE, wait_until="networkidle")
    assert page.evaluate(LEFT) == [0, 0]
    save(page, host)
    assert page.evaluate(LEFT) == [1, 1]


def test_a_site_that_offers_it_no_more_takes_the_copies_away(page: Page, host: Host) -> None:
    page.goto(host.address + GUIDE)
    wait_until(page, KEPT, host.address + GUIDE)
    for file in host.folder.rglob("*.html"):
        file.write_text(file.read_text("utf-8").replace("kb-offline-way", "gone"), "utf-8")
    (host.folder / offline.LIST).unlink()
    for name in (offline.BUNDLE, offline.RETIRED, offline.ON_DISK):
        shutil.copy(ASSETS / Path(name).name, host.folder / name)
    offline.write(host.folder)
    assert not (host.folder / offline.LIST).exists()
    page.goto(host.address + OTHER)
    wait_until(page, NONE_LEFT)


def test_where_storage_is_denied_it_is_said_and_nothing_breaks(browser: Browser, host: Host, tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    (profile / "Default").mkdir(parents=True)
    denied = {"profile": {"default_content_setting_values": {"cookies": 2}}}
    (profile / "Default/Preferences").write_text(json.dumps(denied))
    faults: list[str] = []
    # Only a whole browser reads a profile.
    context = browser.browser_type.launch_persistent_context(
        profile, executable_path="/usr/bin/chromium", headless=True, args=ARGUMENTS, viewport=PHONE
    )
    page = reader(context, faults)
    page.goto(host.address + SAVING, wait_until="networkidle")
    expect(page.locator("article")).to_contain_text("这个浏览器不让网页存东西")
    page.goto(host.address + GUIDE, wait_until="networkidle")
    search(page, "仲裁")
    context.close()
    assert faults == []


def test_without_scripts_the_page_says_what_to_do(browser: Browser, address: str) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{address}/{SAVING}")
    expect(page.locator("#kb-offline")).to_contain_text("可以打印成 PDF")
    page.close()


# The list of what may be kept.


def small_site(folder: Path, foot: str) -> Path:
    texts = {
        "index.html": f"<p>{foot}",
        "a/index.html": "<p>a",
        "404.html": "<p>gone",
        "a.md": "# a",
        offline.BUNDLE: "keep()",
        offline.RETIRED: "retire()",
        offline.ON_DISK: "local()",
    }
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    offline.write(folder)
    return folder


def test_list_names_what_a_reader_can_use_and_the_worker_carries_its_hash(tmp_path: Path) -> None:
    folder = small_site(tmp_path / "a", '<a class="kb-offline-way">')
    listed = json.loads((folder / offline.LIST).read_text())
    assert [path for path, _, _ in listed["files"]] == ["a/", ""]
    assert listed["bytes"] == sum(size for _, size, _ in listed["files"])
    assert (folder / offline.WORKER).read_text() == f"self.kbBuild='{listed['build']}';keep()"
    again = small_site(tmp_path / "b", '<a class="kb-offline-way">')
    assert (again / offline.LIST).read_bytes() == (folder / offline.LIST).read_bytes()
    changed = small_site(tmp_path / "c", '<a class="kb-offline-way">!')
    assert json.loads((changed / offline.LIST).read_text())["build"] != listed["build"]


def test_site_that_offers_nothing_gets_a_worker_that_retires(tmp_path: Path) -> None:
    folder = small_site(tmp_path, "")
    assert (folder / offline.WORKER).read_text() == "retire()"
    assert not (folder / offline.LIST).exists()


def test_every_file_that_a_page_loads_is_listed() -> None:
    listed = {path for path, _, _ in json.loads((SITE / offline.LIST).read_text("utf-8"))["files"]}
    for file in SITE.rglob("index.html"):
        at = file.parent.relative_to(SITE).as_posix().removeprefix(".")
        tree = LexborHTMLParser(file.read_text("utf-8"))
        assert (f"{at}/" if at else "") in listed
        for node in tree.css("script[src], link[rel=stylesheet], link[rel=icon], img[src]"):
            url = urljoin(f"http://x/{at}/", node.attributes.get("src") or node.attributes["href"])
            assert urlsplit(url).path.lstrip("/") in listed


# The ZIP.


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("zip")
    site = read_site(PROJECT, LATER)
    for name in ("one.zip", "two.zip"):
        offline_zip.write(folder / name, offline_zip.contents(PROJECT, SITE, site))
    assert (folder / "one.zip").read_bytes() == (folder / "two.zip").read_bytes()
    zipfile.ZipFile(folder / "one.zip").extractall(folder)
    return folder / offline_zip.NAME


def test_zip_holds_together(unpacked: Path) -> None:
    assert not list(unpacked.rglob("*.json"))
    for file in unpacked.rglob("*.html"):
        tree = LexborHTMLParser(file.read_text("utf-8"))
        assert tree.css_first("script[src$='local.js']") is not None
        assert tree.css("link[rel=manifest], .kb-offline-way") == []
        for node in tree.css("[href], [src], form[action]"):
            address = next(node.attributes[name] for name in ("href", "src", "action") if name in node.attributes)
            parts = urlsplit(address)
            if parts.scheme or not parts.path:
                assert node.tag == "a" or parts.scheme == "data" or not parts.scheme
                continue
            assert not address.startswith("/")
            assert (file.parent / unquote(parts.path)).is_file(), f"{file}: {address}"


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("../x/", "../x/index.html"),
        ("..", "../index.html"),
        (".", "./index.html"),
        ("./", "./index.html"),
        ("../../x/?q=1#a", "../../x/index.html?q=1#a"),
        ("#a", "#a"),
        ("?q=1", "?q=1"),
        ("x.docx", "x.docx"),
        ("https://example.org/", "https://example.org/"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("", ""),
    ],
)
def test_link_to_a_folder_names_its_page(address: str, file: str) -> None:
    assert offline_zip.to_file(address) == file


def test_zip_opens_from_a_disk(unpacked: Path, browser: Browser) -> None:
    faults: list[str] = []
    asked: list[str] = []
    context = browser.new_context(viewport=PHONE, locale="zh-CN", reduced_motion="reduce")
    page = reader(context, faults)
    page.on("request", lambda request: asked.append(request.url))
    page.goto((unpacked / "index.html").as_uri())
    page.locator("article a[href*='steps/']").first.click()
    page.wait_for_url("**/steps/**/index.html*")
    expect(page.locator(".kb-offline")).to_contain_text("离线内容，截至 20")
    search(page, "仲裁")
    expect(page.locator("[role=option] mark").first).to_be_visible()
    page.locator("[role=option]").first.click()
    page.wait_for_url("**/topics/platform-arbitration/index.html")
    expect(page.locator("article mark").first).to_be_visible()
    page.goto((unpacked / "search/index.html").as_uri() + "?q=%E7%94%B3%E8%AF%89")
    page.locator(".kb-found__list h3 a").first.click()
    page.wait_for_url("**/index.html*")
    page.goto((unpacked / "tools/costs/index.html").as_uri())
    page.locator("#kb-tool input").first.fill("20000")
    page.get_by_role("button", name="算一算").click()
    expect(page.locator("#kb-tool")).to_contain_text("150 元")
    page.locator("#kb-tool a[href$='#litigation-fees']").first.click()  # made by a script, which names a folder
    page.wait_for_url("**/reference/laws/index.html#litigation-fees")
    page.goto((unpacked / SAVING / "index.html").as_uri())
    expect(page.locator("article")).to_contain_text("你看的是存在设备里的一份")
    context.close()
    assert faults == []
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []


def test_zip_of_nothing_is_refused_in_one_line(tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.setattr(offline_zip, "PROJECT", tmp_path)
    assert offline_zip.main([]) == 2
    assert capsys.readouterr().err == "还没有 site/；请先运行 make site\n"
