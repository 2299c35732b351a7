"""LK of built pages: what ``check.py site`` reports beside LK001 to LK003. Found by ``kbcheck.built``."""

from __future__ import annotations

from . import declare

declare(
    "LK007",
    "id_repeated",
    """同一页里一个 id 用了不止一次（生成好的网站）。

    错：两个元素都写 id="deadline"
    对：id="deadline" 与 id="deadline-supplement"
    为什么：链接只会跳到第一个，读屏软件也会认错。
    """,
)
declare(
    "LK008",
    "address_malformed",
    """网址不合标准，浏览器打不开（生成好的网站）。

    错：href="https://[example/"
    对：href="https://example.org/"
    为什么：读者点了没有反应。
    """,
)
declare(
    "LK009",
    "address_empty",
    """图片、脚本这类元素的地址是空的（生成好的网站）。

    错：<img src="" alt="流程图">
    对：<img src="flow.svg" alt="流程图">
    为什么：读者看到一个破图标。
    """,
)
declare(
    "LK010",
    "file_unreadable",
    """页面、样式表或 manifest 读不出来（生成好的网站）。

    错：扩展名是 .html，内容却是二进制
    对：重新生成，或改掉扩展名
    为什么：读不出来就检查不了，读者也看不了。
    """,
)
declare(
    "ST017",
    "language_missing",
    """<html> 没有写 lang（自己的网站，site --own）。

    错：<html>
    对：<html lang="zh">
    为什么：读屏软件靠它决定用哪种语言读。
    """,
)
declare(
    "ST018",
    "heading_one",
    """一页没有 <h1>，或不止一个（自己的网站，site --own）。

    错：两个 <h1>
    对：<h1> 只有页面的标题
    为什么：读者和搜索引擎靠它知道这页讲什么。
    """,
)
declare(
    "ST019",
    "heading_order",
    """标题跳了一级（自己的网站，site --own）。

    错：<h2> 之后直接 <h4>
    对：<h2> 之后 <h3>
    为什么：用读屏软件的人靠标题的层级找路。
    """,
)
declare(
    "ST020",
    "image_without_alt",
    """图片没有 alt（自己的网站，site --own）。

    错：<img src="map.svg">
    对：<img src="map.svg" alt="从申诉到起诉的四条路">
    为什么：看不见图的人什么也得不到。
    """,
)
declare(
    "ST021",
    "inline_code",
    """写了 style 属性，或 onclick 这类处理（自己的网站，site --own）。

    错：<p style="color:red">
    对：<p class="kb-urgent">
    为什么：严格的内容安全策略会拦掉它们。
    """,
)
declare(
    "FM010",
    "page_title",
    """<title> 缺失或重复（自己的网站，site --own）。

    错：两页的 <title> 都是「申诉」
    对：每页的 <title> 各不相同
    为什么：在浏览器标签和搜索结果里分不清。
    """,
)
declare(
    "FM011",
    "page_description",
    """description 缺失或重复（自己的网站，site --own）。

    错：两页用同一句 description
    对：每页一句，说清这页帮读者做什么
    为什么：搜索结果里那一行字就是它。
    """,
)
declare(
    "LK016",
    "nofollow_inside",
    """站内链接写了 nofollow（自己的网站，site --own）。

    错：<a rel="nofollow" href="../steps/">
    对：<a href="../steps/">
    为什么：搜索引擎会不跟着走，读者就搜不到那一页。
    """,
)
declare(
    "LK017",
    "sitemap_differs",
    """sitemap 与页面对不上（自己的网站，site --own）。

    错：删了一页，sitemap 里还有它
    对：重新生成
    为什么：搜索引擎会把读者带到「找不到」。
    """,
)
declare(
    "LK018",
    "index_differs",
    """搜索索引与页面对不上（自己的网站，site --own）。

    错：加了一页，索引里没有
    对：重新生成
    为什么：站内搜不到那一页。
    """,
)
