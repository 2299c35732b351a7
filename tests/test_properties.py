"""Random input: never a traceback, exit 0, 1 or 2, and every position inside its file."""

from __future__ import annotations

import contextlib
import io
import json
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import check
from conftest import PROJECT, Project, make_project
from kbcheck import built
from kbcheck.page import Page
from kbcheck.rules import run
from kbcheck.site import read_site

TODAY = date(2026, 11, 24)
SITE = read_site(PROJECT, TODAY)
SETTINGS = settings(max_examples=60, suppress_health_check=list(HealthCheck))

PIECES = Path(__file__).parent / "pieces"


def texts(file: str, size: int) -> st.SearchStrategy[str]:
    """Random texts of characters and of pieces that mean something to the parsers, so that corners are reached."""
    pieces = [line.encode().decode("unicode_escape") for line in (PIECES / file).read_text("ascii").splitlines()]
    return st.lists(st.sampled_from(pieces) | st.text(max_size=8), max_size=size).map("".join)


MARKDOWN = texts("markdown.txt", 40)
YAML = texts("yaml.txt", 30)
HTML = texts("html.txt", 40)


def small_project(folder: str) -> Project:
    return make_project(Path(folder) / "kb")


def assert_positions_inside(root: Path, problems: list) -> None:
    for problem in problems:
        path = root / problem.path
        lines = path.read_bytes().decode("utf-8-sig", "replace").split("\n") if path.is_file() else [""]
        assert 1 <= problem.line <= len(lines), problem
        assert 1 <= problem.col <= len(lines[problem.line - 1]) + 1, problem


# What may make a heading no heading, or give it another id than the one that stands there.
LINES = (PIECES / "headings.txt").read_text("utf-8").splitlines()


@settings(SETTINGS, max_examples=600)
@given(lines=st.lists(st.sampled_from(LINES), max_size=9))
def test_an_id_read_off_the_source_is_one_that_the_renderer_gives(lines: list[str]) -> None:
    body = "\n".join(lines)
    page = Page("docs/x.md", "x", body, 1, None, (), {})
    assert page.named <= set(replace(SITE, pages={page.path: page}).anchors("x.md"))


def test_nearly_all_ids_that_links_name_are_read_off_the_source() -> None:
    """Else every page that is linked to would be rendered twice in a build."""
    linked = {found for page in SITE.texts for link in page.links if (found := SITE.resolve(page, link.target))}
    anchors = [(SITE.by_path[path], anchor) for path, anchor in linked if anchor and path in SITE.by_path]
    assert all(page.named <= set(SITE.anchors(page.path.removeprefix("docs/"))) for page, _ in anchors)
    assert len({page.slug for page, anchor in anchors if anchor not in page.named}) < 10


@SETTINGS
@given(body=MARKDOWN)
def test_random_body(body: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        project = small_project(folder)
        head = project.read("docs/steps/appeal.md").partition("\n# ")[0]
        project.write("docs/steps/appeal.md", f"{head}\n{body}".encode("utf-8", "replace"))
        assert_positions_inside(project.root, run(read_site(project.root, TODAY)))


@SETTINGS
@given(yaml=YAML, file=st.sampled_from(["docs/steps/appeal.md", "data/sources.yml", "data/terms.yml", "data/fees.yml"]))
def test_random_yaml(yaml: str, file: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        project = small_project(folder)
        text = f"---\n{yaml}\n---\n\n# 甲\n" if file.endswith(".md") else yaml
        project.write(file, text.encode("utf-8", "replace"))
        assert_positions_inside(project.root, run(read_site(project.root, TODAY)))


@SETTINGS
@given(data=st.binary(max_size=200), file=st.sampled_from(["docs/index.md", "data/page-types.yml", "mkdocs.yml"]))
def test_random_bytes(data: bytes, file: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        project = small_project(folder)
        project.write(file, data)
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            code = check.main(["sources", "--root", str(project.root), "--today", "2026-11-24", "--format", "json"])
        assert code in (0, 1)
        assert isinstance(json.loads(out.getvalue()), list)


@SETTINGS
@given(html=HTML, name=st.sampled_from(["index.html", "a.svg", "style.css", "x/index.html"]))
def test_random_page(html: str, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "x").mkdir()
        (root / "index.html").write_text('<link rel=stylesheet href="style.css"><a href="a.svg#x">x</a>')
        (root / name).write_bytes(html.encode("utf-8", "surrogatepass"))
        assert_positions_inside(root, built.check(root, own=True).problems)


@SETTINGS
@given(data=st.binary(max_size=300))
def test_random_page_bytes(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "index.html").write_bytes(data)
        assert check.main(["site", folder, "--select", "LK010"]) in (0, 1)
