"""The comparison with other engines: our Markdown becomes theirs, the figures become a table. Nothing is built here."""

from __future__ import annotations

from pathlib import Path

import bench_site
from search_peers.convert import STARLIGHT, VITEPRESS, convert
from search_peers.lighthouse import median, read

PAGE = """---
title: 第一步
description: 说明
type: step
---

# 第一步

看[期限](../topics/late.md#when)和[本节](#do)[^rule/7]。

--8<-- "part.md"

## 怎么做 { #do }

!!! warning "别等"
    今天交。

`[^not/one]` 是代码。
{ .kb-jump }

[^rule/7]: 规则第 7 条。
"""
PART = """<!-- 生成的 -->
<section class="kb-glance" markdown>

期限
:   7 天

</section>
"""
AUDITS = ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift")


def converted(tmp_path: Path, dialect) -> str:
    (tmp_path / "part.md").write_text(PART, "utf-8")
    return convert(PAGE, "steps/one.md", tmp_path, dialect)


def test_a_page_keeps_its_content_in_other_dialects(tmp_path: Path) -> None:
    vitepress, starlight = converted(tmp_path, VITEPRESS), converted(tmp_path, STARLIGHT)
    for text in (vitepress, starlight):
        assert text.startswith('---\ntitle: "第一步"\ndescription: "说明"\n---\n')
        assert '<section class="kb-glance">\n\n**期限**\n\n7 天\n\n</section>' in text
        assert "`[^not/one]` 是代码。\n" in text
        assert not [mark for mark in ("kb-jump", "--8<--", "!!!", "<!--", "markdown>", "\0") if mark in text]
    assert "# 第一步" in vitepress
    assert "## 怎么做 {#do}" in vitepress
    assert "::: warning 别等\n今天交。\n:::" in vitepress
    assert "[期限](../topics/late.md#when)和[本节](#do)<sup>[1](#source-1)</sup>" in vitepress
    assert "1. 规则第 7 条。 {#source-1}" in vitepress
    assert "# 第一步" not in starlight
    assert "## 怎么做\n" in starlight
    assert ":::caution[别等]\n今天交。\n:::" in starlight
    assert "[期限](/topics/late/#when)和[本节](#do)[^rule/7]" in starlight
    assert "[^rule/7]: 规则第 7 条。" in starlight


def report(sent: int, lcp: float, score: float) -> dict:
    audits = {name: {"numericValue": lcp, "score": score} for name in AUDITS}
    requests = [{"transferSize": sent}, {"transferSize": 0}]  # the second came from the cache
    parts = [{"id": AUDITS[1], "weight": 25}]
    scores = ("performance", "accessibility", "best-practices", "seo")
    return {
        "environment": {"benchmarkIndex": 1500},
        "audits": audits | {"network-requests": {"details": {"items": requests}}},
        "categories": {name: {"score": score, "auditRefs": parts if name == "performance" else []} for name in scores},
    }


def test_the_table_has_medians_and_the_faults_are_named() -> None:
    one = median(map(read, (report(40_000, 900, 1), report(42_000, 1000, 1), report(90_000, 4000, 0.7))))
    assert one.faults == ("largest-contentful-paint",)
    head, line, ours = bench_site.table({"ours": one}, {"ours": (12.34, 9.96)}, {"ours": ""})
    assert head.count("|") == line.count("|") == ours.count("|")
    assert ours == "| 本站 | 42.0 | 1 | 1000 | 1000 | 1000 | 1000.000 | 100 | 100 | 100 | 100 | 1500 | 12.3 | 10.0 |"
