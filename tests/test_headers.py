"""The policy of the site, in a real browser: everything of ours works under it, nothing of anybody else's."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

import finish
import headers
from conftest import DESK, LATER, settled
from generate import BuildError
from kbcheck.site import read_site

PROJECT = Path(__file__).resolve().parent.parent
SITE = PROJECT / "site"
MODEL = read_site(PROJECT, LATER)
GUIDE = "/steps/file-appeal/"
HTML = sorted(SITE.rglob("*.html"))
TOOLS = [page.slug for page in MODEL.pages.values() if page.meta and page.meta.type == "tool"]
# One page of each type, every tool, the pages of the search and of what is not found.
WALK = {page.meta.type: f"/{page.slug}/" for page in MODEL.pages.values() if page.meta and page.slug != "index"}
WALK |= {slug: f"/{slug}/" for slug in TOOLS} | {
    "home": "/",
    "search": "/search/?q=申诉&h=申诉",
    "marked": f"{GUIDE}?h=申诉",
}
REPORTS = "window.reports = []; addEventListener('securitypolicyviolation', (e) => reports.push(e.violatedDirective))"
IMAGE = "<img src=x onerror=\"document.title='owned'\">"
ATTACK = f"""<script>document.title = 'owned'</script>{IMAGE}<p style="color:red" onclick="1">x</p>
<img src="https://example.invalid/a.png"><script src="https://example.invalid/a.js"></script>
<iframe src="https://example.invalid/"></iframe><base href="https://example.invalid/">"""
BLOCKED = {"script-src-elem", "script-src-attr", "style-src-attr", "img-src", "frame-src", "base-uri"}
Visit = Callable[..., Page]


def without_policy(html: str) -> str:
    return re.sub(rf'<meta http-equiv="{headers.NAME}"[^>]*>', "", html)


def test_every_page_carries_the_policy_before_anything_that_it_rules() -> None:
    for file in HTML:
        text = file.read_text("utf-8")
        before = text.partition(f'http-equiv="{headers.NAME}"')[0]
        assert before.endswith("<meta "), file
        assert not re.search("<(?:script|link)", before), file
        for name in headers.scripts_of(text):
            assert headers.fingerprint(name) in headers.KNOWN, file


def test_policy_allows_nothing_unsafe_and_no_host() -> None:
    sent = headers.read(SITE)
    assert sent.keys() == {headers.NAME, *headers.FIXED}
    assert not re.search(r"unsafe|\*|://|\bhttps?:", sent[headers.NAME])
    assert all(len(value) < 2000 for value in sent.values())  # the most that Cloudflare Pages takes
    every = {each for file in HTML for each in headers.hashes_of(file.read_text("utf-8"))}
    assert set(re.findall("'sha256-[^']+'", sent[headers.NAME])) == every
    assert "frame-ancestors 'none'" in sent[headers.NAME]
    assert "frame-ancestors" not in (SITE / "index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("html", "count"),
    [
        ("<script>1</script>", 1),
        ("<SCRIPT type='module'>1</SCRIPT>", 1),
        ('<script src="a.js"></script>', 0),
        ('<script type="application/json">1</script>', 0),
        ('<script id=a type="application/ld+json">1</script>', 0),
        ('<script data-src="a">1</script>', 1),
    ],
)
def test_only_scripts_that_would_run_are_hashed(html: str, count: int) -> None:
    assert len(headers.hashes_of(html)) == count


def test_page_file_and_nginx_get_one_policy(tmp_path: Path) -> None:
    html = '<head><meta charset="utf-8"><title>例</title><script>b</script><script>a</script><meta charset="x"></head>'
    hashes = headers.hashes_of(html)
    digest = base64.b64encode(hashlib.sha256(b"b").digest()).decode()
    assert hashes[0] == f"'sha256-{digest}'"
    sent = headers.policy(hashes)
    assert sent.startswith(f"default-src 'none'; script-src 'self' {' '.join(sorted(hashes))}; style-src 'self'; ")
    assert sent.endswith("; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types default")
    own = sent.replace(" frame-ancestors 'none';", "")
    meta = f'<meta http-equiv="Content-Security-Policy" content="{own}">'
    assert headers.protected(html) == html.replace('"utf-8">', f'"utf-8">{meta}')
    headers.write(tmp_path, {*hashes}, ("/search/1a/*",))
    text = (tmp_path / "_headers").read_text("utf-8")
    kept = "  Cache-Control: public, max-age=31536000, immutable"
    assert text.startswith(f"/*\n  Content-Security-Policy: {sent}\n  X-Content-Type-Options: nosniff\n")
    assert text.endswith(f"\n/assets/kb/*\n{kept}\n/search/1a/*\n{kept}\n")
    read = headers.read(tmp_path)
    assert read == {headers.NAME: sent, **headers.FIXED}
    assert headers.read(tmp_path / "nowhere") == {}
    (tmp_path / headers.FILE).write_text(headers.listing({"A": "b: c: d"}, ()), "utf-8")
    assert headers.read(tmp_path) == {"A": "b: c: d"}
    first, second = headers.nginx(read).splitlines()
    assert first == f'map "" $kb_policy {{ default "{sent}"; }}'
    assert second.startswith("map \"\" $kb_file_policy { default \"default-src 'none'; script-src 'self'; ")


def test_a_script_that_nobody_read_is_named_with_its_page(tmp_path: Path) -> None:
    (tmp_path / "steps").mkdir()
    (tmp_path / "steps" / "index.html").write_text("<p><script>steal()</script>")
    with pytest.raises(BuildError) as stopped:
        finish.seal(tmp_path)
    [line] = str(stopped.value).splitlines()
    assert line.startswith("site/steps/index.html:1:1 ")
    assert "steal()" in line


def test_every_page_type_every_tool_and_the_search_work_under_the_policy(visit: Visit) -> None:
    page = visit(None, viewport=DESK)
    page.add_init_script(REPORTS)
    for path in WALK.values():
        response = page.goto(page.full(path))
        assert response.headers["content-security-policy"] == headers.read(SITE)[headers.NAME]
        if path.startswith("/tools/") and path.count("/") == 3:
            expect(page.locator("#kb-tool").locator("button, input, a").first).to_be_visible()
        if path.startswith("/search/?"):
            expect(page.locator(".kb-found__list li").first).to_be_visible()
        assert page.evaluate("[getComputedStyle(document.body).margin, ...reports]") == ["0px"], path
    page.locator(".md-search__input").click()
    page.keyboard.insert_text("申诉")
    expect(page.locator(".md-search-result__item mark").first).to_be_visible()
    assert page.evaluate("reports") == []


def test_missing_page_carries_the_headers_too(browser: Browser, address: str) -> None:
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    page.add_init_script(REPORTS)
    response = page.goto(address + "/no/such/page")
    assert response.status == 404
    assert response.headers.keys() >= {name.lower() for name in headers.read(SITE)}
    assert page.evaluate("reports") == []
    context.close()


@pytest.mark.parametrize("carried", ["headers", "meta"])
def test_what_is_slipped_into_a_page_does_not_run(browser: Browser, address: str, carried: str) -> None:
    """Shown to fail where the policy is taken away: then the title changes."""

    def slip(route: Route, protected: bool = True) -> None:
        answer = route.fetch()
        sent = {name: value for name, value in answer.headers.items() if carried == "headers" and protected}
        sent["content-type"] = "text/html; charset=utf-8"
        html = answer.text() if carried == "meta" and protected else without_policy(answer.text())
        route.fulfill(status=200, headers=sent, body=html.replace("</article>", ATTACK + "</article>", 1))

    context = browser.new_context(service_workers="block")
    page = context.new_page()
    page.add_init_script(REPORTS)
    page.route("https://example.invalid/**", lambda route: route.abort())
    page.route("**" + GUIDE, slip)
    page.goto(address + GUIDE)
    assert "owned" not in page.title()
    assert set(page.evaluate("reports")) >= BLOCKED
    page.route("**" + GUIDE, lambda route: slip(route, protected=False))
    page.goto(address + GUIDE)
    page.wait_for_function("document.title === 'owned'")
    context.close()


def test_nothing_that_a_link_or_the_store_brings_is_run(visit: Visit) -> None:
    """In the query, in the part of the address after #, in what the tools kept: it is shown as text or not at all."""
    page = visit(None, viewport=DESK)
    kept = {f"kb-tool-{slug.rpartition('/')[2]}": {"version": 1, "state": IMAGE} for slug in TOOLS}
    stored = {name: json.dumps(value | {"tool": name[8:]}) for name, value in kept.items()}
    stored |= {"kb-steps": json.dumps([IMAGE]), "kb-scheme": IMAGE}
    page.add_init_script(REPORTS)
    page.add_init_script(f"for (const [k, v] of Object.entries({json.dumps(stored)})) localStorage.setItem(k, v)")
    places = [f"/search/?q={IMAGE}&type={IMAGE}", f"{GUIDE}?q={IMAGE}&h={IMAGE}#{IMAGE}", f"/?q={IMAGE}"]
    places += [f"/{slug}/?q={IMAGE}#{key}={IMAGE}" for slug in TOOLS for key in ("a", "letter", "kind", "from")]
    for place in places:
        asked_later = "search" in place  # the index, and then what is found
        page.goto(page.full(place.replace('"', "%22")), wait_until="networkidle" if asked_later else "load")
        settled(page)
        assert page.locator("img[src=x]").count() == 0, place
        assert "owned" not in page.title()
        assert page.evaluate("reports") == []


def test_no_script_can_make_html_of_a_string(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=DESK)
    page = context.new_page()
    page.goto(address)
    made = """() => { const e = document.createElement('div');
      try { e.innerHTML = '<b>x</b>' } catch (error) { return error.name } return e.innerHTML }"""
    assert page.evaluate(made) == "TypeError"
    context.close()
