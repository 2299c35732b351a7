"""Real strict builds of a copy of this project, whole and broken."""

from __future__ import annotations

import difflib
import hashlib
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
STEP = "docs/steps/file-appeal.md"
LINE = re.compile(r"^(docs|data)/\S+?:\d+:\d+ (FM|ST|LK|SR)\d{3} \S.*$")


def build(root: Path, **environment: str) -> subprocess.CompletedProcess:
    """Run the build as `make site` does."""
    command = [sys.executable, "scripts/build.py"]
    env = {**os.environ, **environment}
    return subprocess.run(command, cwd=root, env=env, capture_output=True, text=True, check=False)


def fingerprint(folder: Path) -> dict[str, str]:
    """Return the hash of every file in a folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def difference(one: Path, other: Path) -> str:
    """Return which files of two folders differ, and the first lines in which they do; empty where none does."""
    left, right = fingerprint(one), fingerprint(other)
    names = sorted(name for name in left.keys() | right.keys() if left.get(name) != right.get(name))
    parts = []
    for name in names[:5]:
        texts = [(folder / name).read_bytes() if (folder / name).is_file() else b"" for folder in (one, other)]
        lines = [repr(text.replace(b">", b">\n"))[2:-1].split("\\n") for text in texts]
        parts += itertools.islice(
            difflib.unified_diff(*lines, f"{one}/{name}", f"{other}/{name}", n=0, lineterm=""), 12
        )
    return "\n".join([*parts, *names[5:]])


@pytest.fixture(scope="module")
def built(copy_of_project: Path) -> Path:
    """The copy, built once, by a user with other habits and in another part of the world."""
    before = os.umask(0o077)
    strange = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "HOME": "/nonexistent", "PYTHONHASHSEED": "7"}
    try:
        result = build(copy_of_project, **strange)
    finally:
        os.umask(before)
    assert result.returncode == 0, result.stderr
    return copy_of_project


@pytest.fixture
def broken(built: Path) -> Iterator[Path]:
    """The built copy, to be broken; its sources are put back afterwards."""
    kept = built.with_name("kept")
    shutil.rmtree(kept, ignore_errors=True)
    for name in ("docs", "data", "mkdocs.yml"):
        source = built / name
        copy = shutil.copytree if source.is_dir() else shutil.copy2
        kept.mkdir(exist_ok=True)
        copy(source, kept / name)
    yield built
    for name in ("docs", "data"):
        shutil.rmtree(built / name)
        shutil.copytree(kept / name, built / name)
    shutil.copy2(kept / "mkdocs.yml", built / "mkdocs.yml")


def edit(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text("utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new, 1), "utf-8", "surrogateescape")


def test_another_folder_time_zone_locale_and_umask_give_the_same_bytes(built: Path) -> None:
    """Against the site of this project, which `make test` has just built."""
    assert difference(PROJECT / "site", built / "site") == ""


def test_difference_names_the_file_and_shows_what_differs(tmp_path: Path) -> None:
    for name, text in (("a", "<p>one</p><p>x</p>"), ("b", "<p>one</p><p>y</p>")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text(text)
    told = difference(tmp_path / "a", tmp_path / "b")
    assert "index.html" in told
    assert [line for line in told.splitlines() if re.match(r"[-+]\w", line)] == ["-x</p>", "+y</p>"]


# By what each fault stops: pages that cannot be read, and pages that can. Every fault is on a page of its own.
FAULTS = {
    "unreadable": {
        STEP: ("type: step", "type: [step", "FM001"),
        "docs/topics/worth-it.md": ("type: topic", "type: topic\udcff", "FM001"),  # a byte that is no UTF-8
    },
    "readable": {
        STEP: ("type: step", "type: stepp", "FM004"),
        "docs/steps/follow-up.md": ("{ #deadline }", "{ #zeit }", "ST001"),
        "docs/steps/legal-action.md": ("[^", "[^nobody/1][^", "SR001"),
        "docs/steps/check-orders.md": ("](", "](nowhere.md) [原来的](", "LK001"),
    },
}


@pytest.mark.parametrize("kind", FAULTS)
def test_bad_pages_stop_the_build_and_keep_the_last_site(broken: Path, kind: str) -> None:
    before = fingerprint(broken / "site")
    for page, (old, new, _) in FAULTS[kind].items():
        edit(broken, page, old, new)
    result = build(broken)
    lines = result.stderr.splitlines()
    assert result.returncode == 1
    for page, (_, _, code) in FAULTS[kind].items():
        assert any(f" {code} " in line and line.startswith(f"{page}:") for line in lines), page
    assert [line for line in lines[:-1] if not LINE.match(line)] == []
    assert lines[-1].startswith("没有生成")
    assert fingerprint(broken / "site") == before


def test_what_only_mkdocs_sees_stops_the_build_too(broken: Path) -> None:
    before = fingerprint(broken / "site")
    edit(broken, "mkdocs.yml", "docs_dir: docs", "docs_dir: docs\nunheard_of: 1")
    result = build(broken)
    assert result.returncode == 1
    assert "MkDocs" in result.stderr
    assert "Traceback" not in result.stderr
    assert fingerprint(broken / "site") == before


def test_a_script_that_nobody_read_stops_the_build(broken: Path) -> None:
    """Wherever it comes from: here from the text of a page; a template or a data file ends in a page, too."""
    before = fingerprint(broken / "site")
    edit(broken, STEP, "## ", "<script>document.title = 1</script>\n\n## ")
    result = build(broken)
    assert result.returncode == 1
    first = result.stderr.splitlines()[0]
    assert re.match(r"site/steps/file-appeal/\S*:1:1 网页里有一段没有登记的脚本「document\.title = 1」", first), first
    assert fingerprint(broken / "site") == before


def test_second_build_gives_the_same_bytes_and_a_generated_page_that_was_deleted(built: Path) -> None:
    before, page = fingerprint(built / "site"), built / "docs/reference/sources.md"
    text = page.read_text("utf-8")
    page.unlink()
    assert build(built, TZ="America/New_York", LANG="C").returncode == 0
    assert page.read_text("utf-8") == text
    assert fingerprint(built / "site") == before


def test_address_that_is_none_is_refused(built: Path) -> None:
    before = fingerprint(built / "site")
    result = build(built, SITE_URL="ftp:// nowhere")
    assert result.returncode == 2
    assert result.stderr.count("\n") == 1
    assert "SITE_URL" in result.stderr
    assert fingerprint(built / "site") == before


def test_every_page_is_in_the_search_index(built: Path) -> None:
    stub = json.loads((built / "site/search/search_index.json").read_text())
    records = json.loads((built / "site" / stub["config"]["index"] / "pages0.json").read_text())
    pages = {path.parent.relative_to(built / "site").as_posix() for path in (built / "site").rglob("index.html")}
    assert {record[0].rstrip("/") or "." for record in records} == pages


def test_a_failing_swap_restores_the_old_site(tmp_path: Path) -> None:
    from build import _swap

    live = tmp_path / "site"
    live.mkdir()
    (live / "index.html").write_text("old")
    with pytest.raises(FileNotFoundError):
        _swap(tmp_path / "missing", live, tmp_path / "old")
    assert (live / "index.html").read_text() == "old"
