"""Build the site: check the sources, generate, run MkDocs, finish, check the pages, then swap the result in.

Everything is made beside ``site/``; where a step fails, the last good ``site/`` stays as it was.
Exit code 0: built; 1: problems, one line each; 2: the machine or the project is not set up for it.
"""

from __future__ import annotations

import fcntl
import gc
import os
import re
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from subprocess import Popen

import render
from generate import WORK, BuildError, generate, refresh
from kbcheck import built, report
from kbcheck.cli import today
from kbcheck.problem import Problem
from kbcheck.rules import run
from kbcheck.site import Site, read_site
from reuse import Kept, beside, code_of

PROJECT = Path(__file__).resolve().parent.parent
ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]+)?/(?:[A-Za-z0-9._~-]+/)*")


def main() -> int:
    """Build this project."""
    gc.set_threshold(100_000, 50, 50)  # what a build makes it keeps; looking for rubbish costs a tenth of the time
    return build(PROJECT)


def build(root: Path) -> int:
    """Build the project ``root`` into ``root/site``; returns the exit code."""
    start = time.monotonic()
    if site_address() and not ADDRESS.fullmatch(site_address()):
        print(f"SITE_URL「{site_address()}」不是网址；请写成 https://example.org/kb/ 这样", file=sys.stderr)
        return 2
    with _only_one(root):
        waiting = render.wait(root)
        kept = Kept(root / WORK / "kept", code_of(root))
        site = read_site(root, today())
        if not site.sources.problems:
            site = refresh(root, site)  # the checks must see the pages made from data as they will be
        site = replace(site, remember=kept)
        rules = cache(beside(lambda: run(site)))
        folder = root / WORK / "site"
        try:
            failures = _make(root, folder, site, kept, waiting, rules)
        except Exception as error:  # on sources with problems a later step may fail in any way
            return _stop(error, rules())
        if problems := rules():
            return _refuse(report.text(problems))
        if failures:
            return _refuse(failures)
        _swap(folder, root / "site", root / WORK / "old")
        kept.forget()
    print(f"网站已生成在 site/（{len(site.pages)} 页，{time.monotonic() - start:.1f} 秒）")
    return 0


def _make(
    root: Path, folder: Path, site: Site, kept: Kept, waiting: Popen, rules: Callable[[], list[Problem]]
) -> list[str]:
    """Build into ``folder`` and check what came out; returns what is wrong, a line each.

    Problems that ``rules`` finds in the sources end it: they are known long before MkDocs is done.
    BuildError where the machine or the project is not set up for it.
    """
    generate(root, site, kept)
    runs = render.start(root, site, kept, waiting)
    from finish import finish  # loading it takes a while, in which MkDocs already works

    if rules():
        runs.stop()
        return []
    if failures := runs.collect(folder):
        return failures
    try:
        finish(root, folder, site, site_address(), kept)
    except BuildError as error:
        return str(error).splitlines()
    found = built.check(folder, site_address() or "/", own=True, remember=kept).problems
    return list(report.text([replace(each, path=f"site/{each.path}") for each in found]))


def site_address() -> str:
    """Return where the site will be published (``SITE_URL``), with a slash at its end; empty where that is not said."""
    address = os.environ.get("SITE_URL", "")
    return address + "/" if address and not address.endswith("/") else address


@contextmanager
def _only_one(root: Path) -> Iterator[None]:
    """Let one build at a time work in ``.build``; a second one waits."""
    (root / WORK).mkdir(exist_ok=True)
    with (root / WORK / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _stop(error: Exception, problems: list[Problem]) -> int:
    """Say why a step failed: for the problems of the sources, else for what the machine lacks; all else is a defect."""
    if problems:
        return _refuse(report.text(problems))
    if not isinstance(error, BuildError):
        raise error
    print(error, file=sys.stderr)
    return 2


def _refuse(lines) -> int:
    for line in lines:
        print(line, file=sys.stderr)
    print("没有生成：请先改好上面各行；site/ 仍是上一次的版本", file=sys.stderr)
    return 1


def _swap(new: Path, live: Path, old: Path) -> None:
    shutil.rmtree(old, ignore_errors=True)
    if live.exists():
        live.rename(old)
    try:
        new.rename(live)
    except OSError:
        if old.exists():
            old.rename(live)
        raise
    shutil.rmtree(old, ignore_errors=True)


if __name__ == "__main__":
    raise SystemExit(main())
