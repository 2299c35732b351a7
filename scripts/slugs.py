"""Add the slugs of new pages to ``data/slugs.txt``, the list of every address ever published. Nothing is taken out."""

from __future__ import annotations

from pathlib import Path

from kbcheck.addresses import LIST, published
from kbcheck.page import slug_of

PROJECT = Path(__file__).resolve().parent.parent
HEAD = """\
# 发布过的每一个地址，一行一个。新的一页：make slugs。只加不删；页面搬走了，写进 data/redirects.yml。
"""


def main() -> int:
    """Bring this project's list up to date."""
    print(f"{LIST}：新增 {add(PROJECT)} 个地址")
    return 0


def add(root: Path) -> int:
    """Write the slugs of all pages under ``root`` beside those already listed, sorted; returns how many are new."""
    listed = published(root).lines.keys()
    docs = root / "docs"
    found = {slug_of(path.relative_to(docs).as_posix()) for path in docs.rglob("*.md")}
    (root / LIST).write_text(HEAD + "".join(f"{slug}\n" for slug in sorted(found | listed)), "utf-8")
    return len(found - listed)


if __name__ == "__main__":
    raise SystemExit(main())
