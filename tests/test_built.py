"""check.py site: what an address leads to, case by case, compared exactly; what a browser loads is asked of Chromium.

A case is markup put into ``pages/case.html`` of a small site; expected are the problems on that page, by code and
target.
"""

from __future__ import annotations

import functools
import json
import threading
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser

import check
from kbcheck import built
from serve import Handler

SVG = '<svg xmlns="http://www.w3.org/2000/svg"><g id="part"/></svg>'
FILES = {
    "index.html": '<!doctype html><html lang="zh"><title>首页</title><h1 id="top-of-home">首页</h1>',
    "steps/index.html": '<!doctype html><title>步骤</title><h1 id="deadline">期限</h1><a name="old">旧</a>',
    "中文 名.html": '<!doctype html><title>中</title><p id="期限">x</p>',
    "pages/there.html": '<!doctype html><title>在</title><p id="a%20b">x</p>',
    "pages/moved.html": '<!doctype html><meta http-equiv="refresh" content="0; url=../steps/">',
    "pages/scripted.html": '<!doctype html><script>go({"#old": "there.html"})</script><p>x',
    "pages/a.svg": SVG,
    "pages/x.xhtml": '<html xmlns="http://www.w3.org/1999/xhtml"><body>&nbsp;<p id="here">x</p></body></html>',
    "pages/a.css": "body{}",
    "pages/a.js": "",
    "pages/a.png": "",
    "pages/a,b.png": "",
    "pages/x/style.css": "p{background:url(../a.png)}",
    "empty/readme.txt": "",
}
HEAD = '<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>例</title></head><body>\n'

# Loaded by the browser at once: markup, and the targets that are missing.
LOADED: dict[str, list[str]] = {
    '<img src="a.png" alt="">': [],
    '<img src="no.png" alt="">': ["no.png"],
    '<img src="A.png" alt="">': ["A.png"],
    '<img src=" no.png\n" alt="">': ["no.png"],
    '<img src="no&#46;png" alt="">': ["no.png"],
    '<img src="n\to.png" alt="">': ["n\to.png"],
    '<img src="..\\pages\\no.png" alt="">': ["..\\pages\\no.png"],
    '<img src="../../../../pages/a.png" alt="">': [],
    '<img src="../../../../no.png" alt="">': ["../../../../no.png"],
    '<img src="%61.png" alt="">': [],
    '<img src="a%2Cb.png" alt="">': [],
    '<img src="a.png?v=1" alt="">': [],
    '<img src="/pages/a.png" alt="">': [],
    '<img src="/no.png" alt="">': ["/no.png"],
    '<img srcset="a.png 1x, no.png 2x" src="a.png" alt="">': ["no.png"],
    '<img srcset="no,1.png 1x" alt="">': ["no,1.png"],
    '<img srcset="a,b.png, no.png 2x" alt="">': ["no.png"],
    '<picture><source srcset="no.webp"><img src="a.png" alt=""></picture>': ["no.webp"],
    '<picture><source src="no.webp"><img src="a.png" alt=""></picture>': [],
    '<video poster="no.jpg"></video>': ["no.jpg"],
    '<video src="no.mp4"></video>': ["no.mp4"],
    '<video><source src="no.webm"></video>': ["no.webm"],
    '<audio src="no.mp3"></audio>': ["no.mp3"],
    '<iframe src="no.html"></iframe>': ["no.html"],
    '<iframe src="there.html"></iframe>': [],
    '<iframe src="no.html" srcdoc="<p>x"></iframe>': [],
    "<iframe srcdoc=\"<img src='no.png'>\"></iframe>": ["no.png"],
    '<object data="no.svg"></object>': ["no.svg"],
    '<embed src="no.svg">': ["no.svg"],
    '<script src="no.js"></script>': ["no.js"],
    '<script src="a.js"/><img src="no.png" alt=""></script>': [],
    '<script type="text/template" src="no.js"></script>': [],
    '<script type="module" src="no.js"></script>': ["no.js"],
    '<script type=" TEXT/JavaScript " src="no.js"></script>': ["no.js"],
    '<link rel="stylesheet" href="no.css">': ["no.css"],
    '<link rel="alternate stylesheet" title="x" href="no.css">': ["no.css"],
    '<link rel="preload" as="image" imagesrcset="no.png 1x">': ["no.png"],
    '<link rel="modulepreload" href="no.js">': ["no.js"],
    '<input type="image" src="no.png" alt="">': ["no.png"],
    '<input type="text" src="no.png">': [],
    '<table background="no.png"><tr><td>x</table>': ["no.png"],
    '<table><tr background="no.png"><td>x</table>': ["no.png"],
    '<style type="text/less">p{background:url(no.png)}</style><p>x': [],
    '<style type="TEXT/CSS">p{background:url(no.png)}</style><p>x': ["no.png"],
    '<link rel="stylesheet" type="text/less" href="no.less">': [],
    '<link rel="stylesheet" disabled href="no.css">': [],
    '<script language="vbscript" src="no.vbs"></script>': [],
    '<script language="JavaScript" src="no.js"></script>': ["no.js"],
    '<object data="a.svg"><img src="no.png" alt=""></object>': ["no.png"],
    '<frameset><frame src="no.html"></frameset>': [],
    '<noembed><img src="no.png"></noembed><noframes><img src="no.png"></noframes>': [],
    "<svg><style>p{background:url(no.png)}</style></svg><p>x": ["no.png"],
    '<svg><script href="no.js"></script></svg>': ["no.js"],
    '<svg><foreignObject><img src="no.png" alt=""></foreignObject></svg>': ["no.png"],
    "<style>p{--x:url(no.png);background:var(--x)}</style><p>x": ["no.png"],
    "<style>@font-face{font-family:f;src:url(no.woff)}p{font-family:f}</style><p>x": ["no.woff"],
    '<svg><image href="no.png"/></svg>': ["no.png"],
    '<svg><image xlink:href="no.png"/></svg>': ["no.png"],
    '<svg><image href="a.png" xlink:href="no.png"/></svg>': [],
    '<svg><use href="no.svg#part"/></svg>': ["no.svg#part"],
    '<svg><use href="a.svg#part"/></svg>': [],
    '<image src="no.png">': ["no.png"],
    "<style>p{background:url(no.png)}</style><p>x": ["no.png"],
    "<style>p{background:url( 'no.png' )}</style><p>x": ["no.png"],
    "<style>p{background:url(n\\6f .png)}</style><p>x": ["no.png"],
    "<style>p{background:image-set('no.png' 1x)}</style><p>x": ["no.png"],
    "<style>/* url(no.png) */ p{color:red}</style><p>x": [],
    '<style>p::before{content:"url(no.png)"}</style><p>x': [],
    "<style>@import 'no.css';</style>": ["no.css"],
    "<style>p{} @import 'no.css';</style>": [],
    "<style>@namespace url(no.css);</style>": [],
    '<p style="background:url(no.png)">x': ["no.png"],
    '<base href="../steps/"><img src="no.png" alt="">': ["no.png"],
    '<img src="pages/a.png" alt=""><base href="../">': ["pages/a.png"],
    '<script src="a.js"></script><object data="a.js"></object><base href="../">': ["a.js"],
    '<base href="x/"><base href="../"><link rel="stylesheet" href="style.css">': [],
    '<!-- <img src="no.png"> -->': [],
    '<template><img src="no.png" alt=""></template>': [],
    '<div><template shadowrootmode="open"><img src="no.png" alt=""></template></div>': ["no.png"],
    '<textarea><img src="no.png"></textarea>': [],
    "<pre><code>&lt;img src=no.png&gt;</code></pre>": [],
    '<noscript><img src="a.png" alt=""></noscript>': [],
    '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="">': [],
}

# Followed only when a reader asks: markup, and (code, target) of each problem.
FOLLOWED: dict[str, list[tuple[str, str]]] = {
    '<img src="a.png" alt=""><base href="../">': [],  # Chromium also guesses ../a.png ahead, and does not use it
    '<a href="../">x</a> <a href="..">x</a> <a href="../steps">x</a>': [],
    '<a href="../gone/">x</a>': [("LK001", "../gone/")],
    '<a href="../empty/">x</a>': [("LK001", "../empty/")],
    '<a href="../Steps/">x</a>': [("LK001", "../Steps/")],
    '<area href="gone.html" alt="">': [("LK001", "gone.html")],
    "<style>@media print{p{background:url(no.png)}}</style><p>x": [("LK001", "no.png")],  # loaded for printing
    '<form action="gone/"></form>': [("LK001", "gone/")],
    '<button formaction="gone/">x</button>': [("LK001", "gone/")],
    '<svg><a href="gone.html"><text>x</text></a></svg>': [("LK001", "gone.html")],
    '<meta http-equiv="refresh" content="5; url=gone.html">': [("LK001", "gone.html")],
    '<meta http-equiv="Refresh" content="0;URL=\'gone.html\'">': [("LK001", "gone.html")],
    '<meta http-equiv="refresh" content="30">': [],
    '<link rel="next" href="gone/">': [("LK001", "gone/")],
    '<link rel="manifest" href="gone.json">': [("LK001", "gone.json")],
    '<a href="../%E4%B8%AD%E6%96%87%20%E5%90%8D.html#%E6%9C%9F%E9%99%90">x</a>': [],
    '<a href="../中文 名.html#期限">x</a>': [],
    '<a href="../中文 名.html#没有">x</a>': [("LK002", "../中文 名.html#没有")],
    '<a href="there.html#a%20b">x</a>': [],
    '<a href="there.html#a%2520b">x</a>': [],
    '<a href="#">x</a> <a href="#top">x</a> <a href="#TOP">x</a> <a href="">x</a>': [],
    '<a href="#gone">x</a>': [("LK002", "#gone")],
    '<p id="here">x</p><a href="#here">x</a> <a href="#:~:text=x">x</a> <a href="#here:~:text=x">x</a>': [],
    '<p id="Here">x</p><a href="#here">x</a>': [("LK002", "#here")],
    '<template><p id="here">x</p></template><a href="#here">x</a>': [("LK002", "#here")],
    '<a href="../steps/#old">x</a> <a href="../steps/index.html?q#deadline">x</a>': [],
    '<a href="../steps/#gone">x</a>': [("LK002", "../steps/#gone")],
    '<a href="a.svg#part">x</a> <a href="a.svg#svgView(viewBox(0,0,1,1))">x</a>': [],
    '<svg><use href="a.svg#gone"/></svg>': [("LK002", "a.svg#gone")],
    '<svg><use href="#gone"/></svg>': [("LK002", "#gone")],
    '<img src="a.svg#gone" alt=""> <a href="a.svg#gone">x</a>': [("LK002", "a.svg#gone")],
    '<a href="x.xhtml#here">x</a> <a href="x.xhtml#gone">y</a>': [("LK002", "x.xhtml#gone")],
    '<a href="a.png#xywh=1,1,1,1">x</a>': [],
    '<a href="mailto:a@example.invalid">x</a> <a href="tel:1">x</a> <a href="javascript:void(0)">x</a>': [],
    '<a href="https://example.invalid/gone">x</a> <a href="//example.invalid/gone">x</a>': [],
    '<link rel="canonical" href="gone/"><link rel="preconnect" href="gone"><link rel="dns-prefetch" href="//x">': [],
    '<a href="file:///C:/gone.html">x</a>': [("LK003", "file:///C:/gone.html")],
    '<a href="https://exa mple/">x</a>': [("LK008", "https://exa mple/")],
    '<img src="" alt="">': [("LK009", "")],
    '<p id="a">x</p><p id="a">y</p>': [("LK007", "#a")],
    '<p id="">x</p><p id="">y</p>': [],
    '<base href="https://example.invalid/"><a href="gone/">x</a>': [],
    '<a href="..//steps//index.html#deadline">x</a> <a href="moved.html#deadline">y</a>': [],
    '<a href="scripted.html#old">y</a>': [],
    '<a href="scripted.html#other">y</a>': [("LK002", "scripted.html#other")],
    '<a href="moved.html#gone">y</a>': [("LK002", "moved.html#gone")],
    '<base href="/steps/"><a href="#deadline">x</a>': [],
    '<base href="https://exa mple/"><a href="there.html">x</a>': [],  # a browser takes no notice of it
    '<a href="pages/there.html">x</a><a href="there.html">y</a><base href="../">': [("LK001", "there.html")],
    '<q cite="gone">x</q> <a ping="gone" href="there.html">x</a>': [],
}


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    """Write files into a folder; returns the folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def case(folder: Path, markup: str) -> Path:
    """Write the small site with the markup in ``pages/case.html``."""
    return write(folder, {**FILES, "pages/case.html": HEAD + markup})


def found(folder: Path, **options) -> list[tuple[str, str, str]]:
    """Return path, code and target of every problem."""
    return [(each.path, each.code, each.target) for each in built.check(folder, **options).problems]


def test_small_site_is_clean(tmp_path: Path) -> None:
    assert found(write(tmp_path, FILES)) == []


@pytest.mark.parametrize("markup", LOADED)
def test_what_is_loaded(tmp_path: Path, markup: str) -> None:
    expected = sorted(("pages/case.html", "LK001", target) for target in LOADED[markup])
    assert sorted((path, code, target.strip()) for path, code, target in found(case(tmp_path, markup))) == expected


@pytest.mark.parametrize("markup", FOLLOWED)
def test_what_is_followed(tmp_path: Path, markup: str) -> None:
    expected = sorted(("pages/case.html", code, target) for code, target in FOLLOWED[markup])
    assert sorted(found(case(tmp_path, markup))) == expected


class Recorder(Handler):
    """Serves a folder and records what was asked for and not found."""

    missing: ClassVar[set[str]] = set()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        if code == 404:
            Recorder.missing.add(unquote(urlsplit(self.path).path))
        super().send_error(code, message, explain)


def test_chromium_misses_the_same_files(tmp_path: Path, browser: Browser) -> None:
    """Every LOADED case in one run: the files that Chromium asks for in vain are those that we report."""
    expected: dict[str, set[str]] = {}
    for number, (markup, targets) in enumerate(LOADED.items()):
        if "alternate stylesheet" in markup:
            continue  # loaded late, at the browser's leisure
        folder = tmp_path / str(number)
        case(folder, markup)
        report = {urlsplit(target.replace("\t", "").replace("\\", "/")).path.rpartition("/")[2] for target in targets}
        expected[str(number)] = report
    Recorder.missing = set()
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Recorder, directory=str(tmp_path)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    frames = "".join(f'<iframe src="{number}/pages/case.html"></iframe>' for number in expected)
    (tmp_path / "all.html").write_text(f"<!doctype html>{frames}")
    page = browser.new_page(device_scale_factor=2)
    page.goto(f"http://127.0.0.1:{server.server_port}/all.html", wait_until="networkidle")
    page.close()
    server.shutdown()
    server.server_close()
    thread.join()
    asked: dict[str, set[str]] = {number: set() for number in expected}
    for path in Recorder.missing:
        folder, name = path.split("/")[1], path.rpartition("/")[2]
        if folder in asked and name != "favicon.ico":
            asked[folder].add(name)
    # An address above the root or from the root leaves the numbered folder here; those are compared without Chromium.
    above = {number for number, markup in enumerate(LOADED) if 'src="/' in markup or "../../.." in markup}
    differing = {
        list(LOADED)[int(number)]: (expected[number], asked[number])
        for number in expected
        if int(number) not in above and expected[number] != asked[number]
    }
    assert differing == {}


def test_position_is_that_of_each_element(tmp_path: Path) -> None:
    folder = case(tmp_path, '<p>\n <a href="gone/">x</a>\n<!-- <a href="gone/"> -->\n  <a href="gone/">y</a></p>')
    problems = built.check(folder).problems
    assert [(each.line, each.col) for each in problems] == [(3, 2), (5, 3)]


def test_style_sheet_is_named_with_line_and_column(tmp_path: Path) -> None:
    folder = write(tmp_path, {**FILES, "pages/a.css": "@import 'b.css';\np {\n  background: url(no.png) }"})
    write(folder, {"pages/b.css": "p{mask:url(#x);cursor:url(gone.cur)}"})
    case(folder, '<link rel="stylesheet" href="a.css">')
    write(folder, {"pages/a.css": "@import 'b.css';\np {\n  background: url(no.png) }"})
    problems = built.check(folder).problems
    assert [str(each).split(" ", 2)[:2] for each in problems] == [
        ["pages/a.css:3:15", "LK001"],
        ["pages/b.css:1:23", "LK001"],
    ]


def test_manifest_and_opened_svg_are_read(tmp_path: Path) -> None:
    folder = case(tmp_path, '<link rel="manifest" href="m.json"><a href="b.svg">x</a><img src="c.svg" alt="">')
    manifest = {"start_url": "../", "icons": [{"src": "no.png"}], "shortcuts": "odd"}
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><image href="no.png"/></svg>'
    write(folder, {"pages/m.json": json.dumps(manifest), "pages/b.svg": svg, "pages/c.svg": svg})
    assert found(folder) == [("pages/b.svg", "LK001", "no.png"), ("pages/m.json", "LK001", "no.png")]


@pytest.mark.parametrize(
    ("base_url", "href", "code"),
    [
        ("/kb/", "/kb/steps/", None),
        ("/kb/", "/steps/", "LK003"),
        ("/kb/", "../../steps/", "LK003"),
        ("/kb", "../steps/", None),
        ("https://example.invalid/kb/", "https://example.invalid/kb/steps/", None),
        ("https://example.invalid/kb/", "https://example.invalid/kb/gone/", "LK001"),
        ("https://example.invalid/kb/", "https://elsewhere.invalid/kb/gone/", None),
        ("https://example.invalid/kb/", "https://example.invalid.elsewhere.invalid/kb/gone/", None),
        ("https://example.invalid/kb/", "https://example.invalid:8443/kb/gone/", None),
    ],
)
def test_sub_path(tmp_path: Path, base_url: str, href: str, code: str | None) -> None:
    folder = case(tmp_path, f'<a href="{href}">x</a>')
    assert [each[1] for each in found(folder, base_url=base_url)] == ([code] if code else [])


@pytest.mark.parametrize(
    "data",
    [
        '<meta charset="gbk"><p id="期限">x</p><a href="#%E6%9C%9F%E9%99%90">x</a>'.encode("gbk"),
        b"\xef\xbb\xbf" + '<p id="期限">x</p><a href="#期限">x</a>'.encode(),
        b"\xff\xfe" + '<p id="期限">x</p><a href="#期限">x</a>'.encode("utf-16-le"),
        '<meta http-equiv="content-type" content="text/html; charset=gb2312"><p id="期限"><a href="#期限">x'.encode(
            "gbk"
        ),
    ],
    ids=["gbk", "utf-8-mark", "utf-16", "http-equiv"],
)
def test_encodings(tmp_path: Path, data: bytes) -> None:
    assert found(write(tmp_path, {"index.html": data})) == []


BAD = {
    "binary": b"\x00\x01\x02" * 100,
    "empty": b"",
    "deep": b"<div>" * 10_000 + b'<a href="gone">x</a>',
    "attributes": b"<p " + b"a " * 20_000 + b">",
    "broken": b"<a href='gone<p><!-- <![CDATA[",
    "srcset": b'<img srcset="' + b"," * 10_000 + b'" alt="">',
    "style": b"<style>" + b"{(" * 3_000,
    "brackets": b'<p style="background:' + b"(" * 3_000 + b'">',
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_never_breaks_the_checker(tmp_path: Path, name: str, capsys: pytest.CaptureFixture) -> None:
    write(tmp_path, {"index.html": BAD[name], "ok.html": "<p>x"})
    assert check.main(["site", str(tmp_path)]) in (0, 1)
    lines = capsys.readouterr().out.splitlines()
    assert all(line.startswith("index.html:") for line in lines)
    assert bool(lines) == (name in ("binary", "deep"))


def test_bad_svg_manifest_and_links_in_circles(tmp_path: Path) -> None:
    folder = case(tmp_path, '<a href="b.svg">x</a><link rel="manifest" href="m.json">')
    bomb = '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><svg>&b;</svg>'
    write(folder, {"pages/b.svg": bomb, "pages/m.json": "["})
    (folder / "loop").symlink_to(folder)
    (folder / "pages" / "dangling.html").symlink_to(folder / "nowhere")
    assert {(each[0], each[1]) for each in found(folder)} == {
        ("pages/b.svg", "LK010"),
        ("pages/dangling.html", "LK010"),
        ("pages/m.json", "LK010"),
    }


def test_many_pages_give_the_same_report_on_all_cores(tmp_path: Path) -> None:
    pages = {f"p{number}.html": f'<a href="p{number + 1}.html#x">x</a><i id="x">' for number in range(200)}
    assert found(write(tmp_path, pages)) == [("p199.html", "LK001", "p200.html#x")]


OWN = {
    "ST017": ('<html lang="zh">', "<html>"),
    "ST018": ("<h1>例</h1>", "<h1>例</h1><h1>又一个</h1>"),
    "ST019": ("<h1>例</h1>", "<h1>例</h1><h3>跳</h3>"),
    "ST020": ("<h1>例</h1>", '<h1>例</h1><img src="a.png">'),
    "ST021": ("<h1>例</h1>", '<h1 onclick="x()">例</h1>'),
    "FM010": ("<title>例</title>", "<title>首页</title>"),
    "FM011": ('content="例页"', 'content=""'),
    "LK016": ("<h1>例</h1>", '<h1>例</h1><a rel="nofollow" href="a.png">x</a>'),
    "LK003": ("<h1>例</h1>", '<h1>例</h1><a href="/case.html">x</a>'),
    "LK017": ("case.html</loc>", "gone.html</loc>"),
    "LK018": ('["case.html"]', '["gone.html"]'),
}


def own_site(folder: Path) -> Path:
    """A site that meets all that we ask of our own pages."""
    head = '<meta charset="utf-8"><title>{0}</title><meta name="description" content="{0}页">'
    page = f'<!doctype html><html lang="zh"><head>{head}</head><body><h1>{{0}}</h1></body></html>'
    loc = "<url><loc>https://example.invalid/{}</loc></url>"
    return write(
        folder,
        {
            "index.html": page.format("首页"),
            "case.html": page.format("例"),
            "a.png": "",
            "sitemap.xml": f"<urlset>{loc.format('')}{loc.format('case.html')}</urlset>",
            "search/abc/pages0.json": json.dumps([[""]]),
            "search/abc/pages1.json": json.dumps([["case.html"]]),
            "search/search_index.json": json.dumps({"config": {"index": "search/abc/"}}),
        },
    )


def test_own_site_is_clean(tmp_path: Path) -> None:
    assert found(own_site(tmp_path), base_url="https://example.invalid/", own=True) == []


@pytest.mark.parametrize("code", OWN)
def test_own_faults(tmp_path: Path, code: str) -> None:
    folder = own_site(tmp_path)
    old, new = OWN[code]
    for name in ("case.html", "sitemap.xml", "search/abc/pages1.json"):
        text = (folder / name).read_text("utf-8")
        (folder / name).write_text(text.replace(old, new), "utf-8")
    assert code in {each[1] for each in found(folder, base_url="https://example.invalid/", own=True)}
    if code != "LK003":
        assert code not in {each[1] for each in found(folder, base_url="https://example.invalid/")}


def test_what_the_host_puts_beside_our_own_site_is_not_missed(tmp_path: Path) -> None:
    folder = own_site(tmp_path)
    page = (folder / "case.html").read_text("utf-8")
    for rel, missing in ((' rel="noopener"', {"own", "any"}), (' rel="External noopener"', {"any"})):
        (folder / "case.html").write_text(page.replace("</h1>", f'</h1><a{rel} href="d/guide.zip">x</a>'), "utf-8")
        reports = {"own": found(folder, own=True), "any": found(folder)}
        assert {
            name for name, report in reports.items() if ("case.html", "LK001") in {each[:2] for each in report}
        } == missing


def test_formats_and_selection(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    folder = case(tmp_path, '<a href="gone/">x</a><p id="a"><p id="a"><a href="https://example.invalid/x">y</a>')
    assert check.main(["site", str(folder), "--format", "json", "--select", "LK001"]) == 1
    rows = json.loads(capsys.readouterr().out)
    assert [(row["path"], row["line"], row["col"], row["code"], row["target"]) for row in rows] == [
        ("pages/case.html", 2, 1, "LK001", "gone/")
    ]
    assert check.main(["site", str(folder), "--ignore", "LK001,LK007"]) == 0
    assert check.main(["site", str(folder), "--list-external"]) == 0
    assert capsys.readouterr().out == "https://example.invalid/x\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["site"],
        ["site", "/nonexistent"],
        ["site", ".", "--base-url", "mailto:x"],
        ["site", ".", "--base-url", "https://["],
        ["site", "{empty}"],
    ],
)
def test_bad_usage_exits_2_with_a_line(tmp_path: Path, arguments: list[str], capsys: pytest.CaptureFixture) -> None:
    assert check.main([each.format(empty=tmp_path) for each in arguments]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
