"""Pages that say on each line what must be found there, compared exactly both ways."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conftest import Project

FIXTURES = sorted((Path(__file__).parent / "fixtures").glob("*.md"))
EXPECT = re.compile(r"(?:<!-- expect:|# expect:)((?: [A-Z]{2}\d{3})+)(?: -->)?$")
APPEAL = "docs/steps/appeal.md"


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda path: path.stem)
def test_fixture_is_reported_as_it_says(project: Project, fixture: Path) -> None:
    text = fixture.read_text("utf-8")
    expected = {
        (number, code)
        for number, line in enumerate(text.splitlines(), 1)
        if (match := EXPECT.search(line))
        for code in match[1].split()
    }
    assert len(expected) >= 9
    # A comment after a heading would become part of it, so the page is checked without what it expects.
    project.write(APPEAL, re.sub(r"(?m)[ \t]*(<!-- expect:[^>]*-->|# expect:.*)$", "", text))
    project.regenerate()
    found = {(problem.line, problem.code) for problem in project.problems() if problem.path == APPEAL}
    assert found == expected
