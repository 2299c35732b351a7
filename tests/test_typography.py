"""Numbers stay with their units, and nothing else of a page changes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from typography import NO_BREAK, WORD_JOINER, keep_together

# What tests/js/typography.test.mjs reads too.
VECTORS = json.loads((Path(__file__).resolve().parent / "data/typography.json").read_text("utf-8"))


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        *VECTORS,
        ("<p>7 天内，2,000 元</p>", "<p>7~天内，2,000~元</p>"),
        ("<b>48</b> 小时", "<b>48</b> 小时"),
        ("<pre>7 天</pre>7 天", "<pre>7 天</pre>7~天"),
        ("<code>7 天<b>8 天</b></code>9 天", "<code>7 天<b>8 天</b></code>9~天"),
        ('<a title="7 天">7 天</a>', '<a title="7 天">7~天</a>'),
        ("<!-- 7 天 -->", "<!-- 7 天 -->"),
        ('<a title="1–3">1–3</a><code>1–3</code>', '<a title="1–3">1–|3</a><code>1–3</code>'),
    ],
)
def test_number_and_unit_stay_together(html: str, kept: str) -> None:
    assert keep_together(html) == kept.replace("~", NO_BREAK).replace("|", WORD_JOINER)


@given(st.text(alphabet="<>/pre code7–8 天元\"'=!-年月第", max_size=60))
def test_nothing_but_spaces_changes(html: str) -> None:
    kept = keep_together(html)
    assert kept.replace(NO_BREAK, " ").replace(WORD_JOINER, "") == html
    assert keep_together(kept) == kept
