"""What a build takes over from earlier ones: the site is the same, byte for byte, as one made from nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import render
from conftest import LATER, PROJECT, copy_project
from generate import generate
from kbcheck.site import read_site
from reuse import MANY, Kept, beside, code_of, spread
from test_build import build, difference, edit

STEP, OTHER, TERMS = "docs/steps/file-appeal.md", "docs/reference/limits.md", "data/terms.yml"
ADDED = """\
---
title: 多出来的一页
description: 这一页只在测试里，看看多了一页、少了一页以后，网站是不是和重新生成的一样。
type: reference
reviewed: 2026-11-24
keywords:
  - 多出来的一页
part_of: reference
---

# 多出来的一页

先看[没有查到的](limits.md)。
"""


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy with what the builds of this project kept: it holds in another folder, too."""
    copy = copy_project(tmp_path_factory.mktemp("reuse") / "project")
    shutil.copytree(PROJECT / ".build/kept", copy / ".build/kept")
    return copy


def rebuilt(root: Path) -> list[str]:
    """Build with what is kept. Returns the pages that MkDocs made."""
    for part in (root / ".build").glob("run*"):
        shutil.rmtree(part)
    result = build(root)
    assert result.returncode == 0, result.stderr
    files = {file: part for part in (root / ".build").glob("run*") for file in part.rglob("*.md")}
    whole = [(part, file) for file, part in files.items() if "stub.html" not in file.read_text("utf-8")]
    return sorted({file.relative_to(part).as_posix() for part, file in whole})


def test_changes_give_what_a_build_from_nothing_gives(kb: Path) -> None:
    """A title and a page more, which every page shows, with a change of two pages; then back, first that, then these.

    The site of this project is the one from nothing. What went stale at the first change is all anew at the second,
    with what the two pages then say, and would still say it after the third.
    """
    edit(kb, OTHER, "title: 没有查到的和拿不准的", "title: 没有查到的")
    edit(kb, OTHER, "# 没有查到的和拿不准的", "# 没有查到的")
    (kb / "docs/reference/added.md").write_text(ADDED, "utf-8")
    edit(kb, "mkdocs.yml", "      - reference/limits.md\n", "      - reference/limits.md\n      - reference/added.md\n")
    edit(kb, "docs/reference/index.md", "- [离线保存]", "- [多出来的一页](added.md)\n- [离线保存]")
    (kb / "data/slugs.txt").write_text((kb / "data/slugs.txt").read_text("utf-8") + "reference/added\n", "utf-8")
    change_two(kb)
    assert len(rebuilt(kb)) > 80
    assert (kb / "site/reference/added/index.html").is_file()

    for name in ("docs", "data"):
        shutil.rmtree(kb / name)
        shutil.copytree(PROJECT / name, kb / name)
    shutil.copy2(PROJECT / "mkdocs.yml", kb)
    change_two(kb)
    assert len(rebuilt(kb)) > 80
    assert "只在测试里" in (kb / "site/steps/file-appeal/index.html").read_text("utf-8")

    for name in (STEP, TERMS):
        shutil.copy2(PROJECT / name, kb / name)
    assert rebuilt(kb) == ["docs/glossary.md", STEP]
    assert difference(PROJECT / "site", kb / "site") == ""


def change_two(root: Path) -> None:
    """Change the text and the keywords of a page, and data that another page is made from."""
    edit(root, STEP, "\n## ", "\n又写了一句，只在测试里。\n\n## ")
    edit(root, STEP, "keywords:\n", "keywords:\n  - 只在测试里问\n")
    edit(root, TERMS, "meaning: ", "meaning: 在测试里改过。")


def test_parts_made_in_several_runs_are_what_one_run_makes(kb: Path, tmp_path: Path) -> None:
    """A template that reads more of other pages than the stubs have (``render.SEEN``) fails here."""
    site, kept = read_site(kb, LATER), Kept(tmp_path / "kept", "")
    generate(kb, site, kept)
    assert render.start(kb, site, kept, render.wait(kb)).collect(tmp_path / "parts") == []
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path / "whole")]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": render.source_date(site)}
    subprocess.run(command, cwd=kb, env=environment, capture_output=True, check=True)
    for name in ("whole", "parts"):
        shutil.rmtree(tmp_path / name / "search", ignore_errors=True)  # the theme's index, which ours replaces
    assert difference(tmp_path / "whole", tmp_path / "parts") == ""


def test_a_template_or_a_setting_or_the_address_makes_all_pages_anew(kb: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = read_site(kb, LATER)
    keys = [render.shared(kb, site)]
    monkeypatch.setenv("_", "what a shell sets")
    assert render.shared(kb, site) == keys[0]
    monkeypatch.setenv("SITE_URL", "https://example.invalid/")
    keys.append(render.shared(kb, site))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    keys.append(render.shared(kb, site))
    edit(kb, "overrides/partials/copyright.html", "<div", "<div ")
    keys.append(render.shared(kb, site))
    edit(kb, "mkdocs.yml", "site_name: ", "site_name:  ")
    keys.append(render.shared(kb, site))
    (kb / "docs/assets/more.svg").write_text("<svg/>")
    keys.append(render.shared(kb, site))
    assert len(set(keys)) == len(keys)


def longer(text: str) -> str:
    """Work that is seen to be done."""
    done.append(text)
    return text + "!"


done: list[str] = []


def test_a_result_is_kept_until_inputs_or_code_change(tmp_path: Path) -> None:
    done.clear()
    kept = Kept(tmp_path, "code")
    assert [kept(longer, "a"), kept(longer, "a"), kept(longer, "b")] == ["a!", "a!", "b!"]
    kept.forget()
    later = Kept(tmp_path, "code")
    assert later(longer, "a") == "a!"
    assert done == ["a", "b"]
    later.forget()  # with b, which nobody has asked for
    assert Kept(tmp_path, "code").find(f"{__name__}.longer", "b") is None
    assert Kept(tmp_path, "other code")(longer, "a") == "a!"
    assert done == ["a", "b", "a"]


def test_what_is_kept_and_broken_is_made_anew(tmp_path: Path) -> None:
    done.clear()
    kept = Kept(tmp_path, "code")
    kept(longer, "a")
    for file in kept.now.iterdir():
        file.write_bytes(file.read_bytes()[:5])
    assert (kept(longer, "a"), done) == ("a!", ["a", "a"])


def test_code_is_every_script_and_lock(tmp_path: Path) -> None:
    (tmp_path / "scripts/deep").mkdir(parents=True)
    codes = [code_of(tmp_path)]
    for name in ("scripts/deep/a.py", "requirements.txt", "package-lock.json"):
        (tmp_path / name).write_text("1")
        codes.append(code_of(tmp_path))
    assert len(set(codes)) == 4


def test_work_beside(capfd: pytest.CaptureFixture) -> None:
    assert beside(lambda: "x" * 1_000_000)() == "x" * 1_000_000
    with pytest.raises(EOFError):
        beside(lambda: 1 / 0)()
    assert "ZeroDivisionError" in capfd.readouterr().err


@pytest.mark.parametrize("jobs", [3, MANY, 2 * MANY + 1])
def test_work_spread_over_cores_is_what_one_does(tmp_path: Path, jobs: int) -> None:
    """Few jobs are done here, many by other processes; both give the same, in order, and may keep the same file."""
    kept = Kept(tmp_path, "code")
    assert spread(lambda job: (job, kept(longer, str(job % 7))), range(jobs)) == [
        (job, f"{job % 7}!") for job in range(jobs)
    ]
    with pytest.raises(ZeroDivisionError):
        spread(lambda job: 1 // (job - 2), range(jobs))
    assert len(list(kept.now.iterdir())) == min(jobs, 7)
