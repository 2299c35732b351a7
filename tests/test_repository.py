"""The repository obeys itself."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from kbcheck import conventions, report
from kbcheck.meta import PageMeta
from kbcheck.rules import RULES

PROJECT = Path(__file__).resolve().parent.parent


def text(name: str) -> str:
    return (PROJECT / name).read_text("utf-8")


def test_ci_calls_the_test_command_of_the_readme_and_nothing_else() -> None:
    assert "make test" in text("README.md")
    commands = [line for line in text(".ci/run").splitlines() if line and not line.startswith(("#", "set ", "cd "))]
    assert commands == ["make test"]


@pytest.mark.parametrize("lock", sorted(file.name for file in PROJECT.glob("requirements*.txt")))
def test_lock_has_hashes_and_no_address(lock: str) -> None:
    lines = text(lock).splitlines()
    pins = [line for line in lines if re.match(r"[a-z0-9.-]+==", line)]
    assert len(pins) > 10
    assert all(line.endswith("\\") for line in pins)
    assert "://" not in text(lock)
    assert "--index" not in text(lock)


def test_npm_lock_has_hashes_and_no_address() -> None:
    packages = json.loads(text("package-lock.json"))["packages"]
    listed = json.loads(text("package.json"))
    wanted = listed["dependencies"] | listed["devDependencies"]
    assert all("integrity" in package for name, package in packages.items() if name)
    assert {name: packages[f"node_modules/{name}"]["version"] for name in wanted} == wanted
    for package in packages.values():
        package.pop("funding", None)  # where their authors take gifts; nothing is fetched from there
    assert "://" not in json.dumps(packages)


def test_contributing_describes_every_page_type_and_front_matter_key() -> None:
    guide = text("CONTRIBUTING.md")
    for page_type in conventions.load(PROJECT)[0].types.values():
        for section in page_type.sections:
            assert f"#{section.id}" in guide
    for name in PageMeta.__dataclass_fields__:
        assert f"`{name}`" in guide


def test_make_help_names_every_public_target() -> None:
    makefile = text("Makefile")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE)) - {"setup", "setup-test"}
    shown = subprocess.run(["make", "help"], cwd=PROJECT, capture_output=True, text=True, check=True).stdout
    assert {name for name in targets if f"make {name} " not in shown} == set()


def test_rule_manuals_are_whole() -> None:
    for rule in RULES.values():
        assert re.search(r"错：.+\n\s+对：.+\n\s+为什么：.+", rule.manual), rule.code


def test_handbook_is_up_to_date() -> None:
    assert text("scripts/kbcheck/RULES.md") == report.handbook(RULES.values()) + "\n"


def test_mkdocs_is_strict_in_all_four_ways_and_never_quiet() -> None:
    config = text("mkdocs.yml")
    for key in ("omitted_files", "absolute_links", "unrecognized_links", "anchors"):
        assert f"  {key}: warn" in config
    assert not re.search(r'"(-q|-v|--quiet|--verbose)"', text("scripts/build.py"))
    assert "hooks:" not in config
