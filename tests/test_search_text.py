"""Text as it is searched, the Python half: ``tests/js/search-text.test.mjs`` runs the same pairs in JavaScript."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

search_text = pytest.importorskip("search_text")
VECTORS = json.loads((Path(__file__).parent / "data" / "search-text.json").read_text("utf-8"))


@pytest.mark.parametrize(("text", "normalised"), VECTORS["pairs"])
def test_text_is_normalised(text: str, normalised: str) -> None:
    assert search_text.normalise(text, VECTORS["plain"]) == normalised
