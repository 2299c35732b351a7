"""Numbers stay with their units, and nothing else of a page changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from typography import NO_BREAK, keep_together


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<p>7 天内，2,000 元</p>", "<p>7~天内，2,000~元</p>"),
        ("1–5 个工作日", "1–5~个工作日"),
        ("2026 年 11 月 25 日", "2026~年~11~月~25~日"),
        ("第 3 步", "第~3~步"),
        ("<b>48</b> 小时", "<b>48</b> 小时"),
        ("<pre>7 天</pre>7 天", "<pre>7 天</pre>7~天"),
        ("<code>7 天<b>8 天</b></code>9 天", "<code>7 天<b>8 天</b></code>9~天"),
        ('<a title="7 天">7 天</a>', '<a title="7 天">7~天</a>'),
        ("<!-- 7 天 -->", "<!-- 7 天 -->"),
        ("3 是数", "3 是数"),
    ],
)
def test_number_and_unit_stay_together(html: str, kept: str) -> None:
    assert keep_together(html) == kept.replace("~", NO_BREAK)


@given(st.text(alphabet="<>/pre code7 天元\"'=!-年月第", max_size=60))
def test_nothing_but_spaces_changes(html: str) -> None:
    kept = keep_together(html)
    assert kept.replace(NO_BREAK, " ") == html
    assert keep_together(kept) == kept
