"""ST: the words of the interface stand in one file."""

from __future__ import annotations

import re

from ..interface import FILE, IN_SCRIPT, IN_TEMPLATE, SCRIPTS
from ..literals import literals
from ..site import CONFIG, Site
from . import Found, rule

ADDRESS = re.compile(r"https://[A-Za-z0-9.-]+(?::\d+)?/[^\s?#{}\"'<>]*\?[^\s#\"'<>]+")
FOLDER = re.compile(r"(?:https://[A-Za-z0-9.-]+(?::\d+)?/)?(?:[A-Za-z0-9_~-][A-Za-z0-9._~-]*/)*(?<=/)")
HAN = re.compile("[\u3400-\u9fff]+")
COMMENT = re.compile(r"\{#.*?#\}|<!--.*?-->", re.DOTALL)


@rule("ST025")
def interface_word(site: Site) -> Found:
    """模板和网页脚本显示的文字没有写在 data/interface.yml，或者用了那里没有的，或者写了没人用。

    错：button.textContent = '清除标记'
    对：button.textContent = WORDS.marks.clear，文字写在 data/interface.yml
    为什么：同一句话到处各写一份，改了一处漏一处；写在一起，才能一起读、一起检查。
    """
    used = set()
    for path, text in _users(site).items():
        for use in (IN_SCRIPT if path.endswith(".js") else IN_TEMPLATE).finditer(text):
            used.add((use[1], use[2]))
            if (use[1], use[2]) not in site.interface.words and not site.interface.problems:
                yield path, *_place(text, use.start()), f"{FILE} 里没有「{use[1]}.{use[2]}」；请补上，或改正"
        yield from ((path, line, col, _message(words)) for line, col, words in _typed(path, text))
    for (group, name), word in site.interface.words.items():
        if (group, name) not in used:
            yield FILE, word.line, word.col, f"「{group}.{name}」没有人用；请删去，或改正用它的地方"


@rule("ST026")
def feedback_address(site: Site) -> Found:
    """mkdocs.yml 的 extra: feedback 不是能填好的 https 网址。

    错：feedback: http://example.org/issues/new
    对：feedback: https://example.org/issues/new?title={title}&body={body}
    为什么：读者点下去要么打不开，要么是空白的表，不知道是哪一页、哪一版。
    """
    entry = _extra(site, "feedback")
    address = entry.node.value if entry else None
    if address in (None, ""):
        return
    whole = isinstance(address, str) and ADDRESS.fullmatch(address)
    if not whole or any(address.count(f"{{{name}}}") != 1 for name in ("title", "body")):
        message = "feedback 必须是 https 网址，问号后面各有一个 {title} 和 {body}；不用就写空的引号"
        yield CONFIG, entry.node.line, entry.node.col, message


@rule("ST027")
def downloads_folder(site: Site) -> Found:
    """mkdocs.yml 的 extra: downloads 不是一个文件夹的地址。

    错：downloads: http://example.org/guide.zip
    对：downloads: downloads/
    为什么：链接是这个地址接上文件名；少一条斜线，读者点下去什么也没有。
    """
    entry = _extra(site, "downloads")
    folder = entry.node.value if entry else None
    if folder not in (None, "") and not (isinstance(folder, str) and FOLDER.fullmatch(folder)):
        message = "downloads 必须是文件夹，以斜线结尾：downloads/ 或 https://example.org/guide/；不用就写空的引号"
        yield CONFIG, entry.node.line, entry.node.col, message


def _extra(site: Site, name: str):
    """Return an entry below ``extra`` in mkdocs.yml, or None."""
    extra = site.config.get("extra")
    return extra.value.get(name) if extra and isinstance(extra.value, dict) else None


def _users(site: Site) -> dict[str, str]:
    scripts = {path: text for path, text in site.interface.scripts.items() if path.startswith(f"{SCRIPTS}/")}
    return site.interface.templates | scripts


def _typed(path: str, text: str):
    """Yield line, column and words of what is typed in a file that should take its words from elsewhere."""
    if path.endswith(".js"):
        for line, col, piece in literals(text):
            if found := HAN.search(piece):
                yield line, col + found.start(), found[0]
        return
    shown = COMMENT.sub(lambda comment: re.sub(r"[^\n]", " ", comment[0]), text)
    for number, line in enumerate(shown.split("\n"), 1):
        if found := HAN.search(line):
            yield number, found.start() + 1, found[0]


def _message(words: str) -> str:
    return f"「{words}」要写在 {FILE}；这里写 words.组.名字（模板）或 WORDS.组.名字（脚本）"


def _place(text: str, at: int) -> tuple[int, int]:
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
