"""ZH: the language. Spacing and punctuation are decided by autocorrect, simplified forms by OpenCC, words by data."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache, partial

import autocorrect_py
import opencc

from .. import glance
from ..glance import FILE as GLANCE
from ..interface import FILE as INTERFACE
from ..literals import literals
from ..page import Page, mask
from ..site import Site
from ..sources import FILE as SOURCES
from ..terms import FILE as TERMS
from . import Found, rule

HAN = "\u3400-\u9fff"
CHINESE = re.compile(f"[{HAN}\u2e80-\u2fdf]")
# What a promise of success looks like; "不保证追回" is none.
PROMISE = re.compile(
    r"(?:保证|包|确保|必定|肯定|一定)(?:能|会|可以)?(?:全额)?(?:追回|要回|退回|胜诉|申诉成功|赢)"
    r"|百分之?百|100\s*%\s*(?:追回|成功|胜诉|退)|稳赢|包赢|必胜"
)
NEGATION = re.compile(
    r"(?:不|没有|无法|没人|谁也|别信|不要)[^，。；：！？]{0,8}$"
)  # in the same breath before a promise
UNFINISHED = re.compile(r"TODO|FIXME|TBD|XXX|待补(?![充交正])|待写|待续|此处省略|lorem ipsum|[？?]{3,}", re.IGNORECASE)
WRONG_ZHANG = re.compile(r"帐(?=[号户单目款面])|(?<=[转记入出到对查])帐")
LOOK_ALIKE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")  # radicals and compatibility forms, mostly from copied PDFs
SENTENCE_END = "。！？：；…”）」》—."
NOT_SENTENCE = re.compile(r"^\s*(?:[-*+]|\d+[.)]|\||>|#|!|\*\*[^*]+\*\*\s*$|--8<--|:|\{|<)")
MARKS = re.compile(r"\[\^[^\]]*\]|\{[^}]*\}|[*_`]")
LINK_TARGET = re.compile(r"\]\([^)]*\)")
NAME = re.compile(r"《[^》\n]+》")  # of a law or rule: written as its issuer writes it
NO_PROSE = ("sources", "aliases", "said", "avoid", "id", "see", "source", "after", "deadline", "example")
PLACEHOLDER = re.compile(r"\{[a-z][a-z0-9-]*\}")  # a field of a letter: what will stand there is a word
FLOW = re.compile(r"[\[\]{}]|, (?:\w+: )?|(?<=\{)\w+: ")  # the syntax of a list or mapping on one line
VALUE = re.compile(r"^[\s-]*(\w+): ")
LINK_AT_END = re.compile(r"\]\([^)]*\)$")
GIST = re.compile(r'^    "[^"]+": "?')  # how a clause of data/sources.yml begins
ALTERNATIVES = "|"  # a string with it is a pattern, which nobody reads
COLUMN_OF_FIRST = 1


@rule("ZH001")
def punctuation(site: Site) -> Found:
    """中文之间用了半角标点。

    错：先申诉,再投诉
    对：先申诉，再投诉
    为什么：半角逗号在手机上挤成一团，也让搜索和引文对不上。
    """
    for path, number, old, new in _corrections(site):
        if _unspaced(old) != _unspaced(new):
            col = _first_difference(_unspaced_positions(old), _unspaced(new))
            yield path, number, col, f"标点要用全角：{_around(new, col)}"


@rule("ZH002")
def spacing(site: Site) -> Found:
    """汉字与数字、字母之间少了或多了空格。

    错：7天内，后台 ，点申诉
    对：7 天内，后台，点申诉
    为什么：全站一种写法，读起来快，改起来也不会来回改。
    """
    for path, number, old, new in _corrections(site):
        if _unspaced(old) == _unspaced(new):
            col = next((at for at, (a, b) in enumerate(zip(old, new, strict=False), 1) if a != b), len(old))
            yield path, number, col, f"空格应当这样：{_around(new, col)}"


@rule("ZH003")
def strange_form(site: Site) -> Found:
    """繁体字，或长得像汉字的部首。

    错：平臺、⽤户
    对：平台、用户
    为什么：看着一样，却搜不到、读屏也读错。
    """
    for path, number, line in _body(site):
        for match in LOOK_ALIKE.finditer(line):
            yield path, number, match.start() + 1, f"「{match[0]}」不是普通的汉字；请重新输入这个字"
        simple = _simplified(line)
        if simple != line and len(simple) == len(line):
            at = next(index for index, (a, b) in enumerate(zip(line, simple, strict=True)) if a != b)
            yield path, number, at + 1, f"「{line[at]}」是繁体；请写成「{simple[at]}」"


@rule("ZH004")
def word_to_avoid(site: Site) -> Found:
    """用了不该用的词或写法。

    错：登陆后台
    对：登录后台（data/terms.yml 里的 avoid）
    为什么：同一样东西只有一个名字，读者和搜索才认得。
    """
    avoided = {word: term.term for term in site.words for word in term.avoid}
    if not avoided:
        return
    pattern = re.compile("|".join(re.escape(word) for word in sorted(avoided, key=len, reverse=True)))
    for path, number, line in _body(site):
        for match in pattern.finditer(line):
            yield path, number, match.start() + 1, f"「{match[0]}」请写成「{avoided[match[0]]}」"


@rule("ZH005")
def promise(site: Site) -> Found:
    """许诺了结果。

    错：照这样写，保证追回
    对：照这样写，平台能看清你要它核对什么
    为什么：没有人能保证结果；许一次诺，读者就不再信其余的话。
    """
    for path, number, line in _body(site):
        for match in PROMISE.finditer(line):
            if not NEGATION.search(line[: match.start()]):
                message = "不许诺结果；请写做了有什么用，不写一定会怎样"
                yield path, number, match.start() + 1, f"「{match[0]}」：{message}"


@rule("ZH006")
def zhang(site: Site) -> Found:
    """“账”写成了“帐”。

    错：对帐单
    对：对账单
    为什么：与钱有关的是“账”，“帐”是帐篷。
    """
    yield from _found(site, WRONG_ZHANG, "与钱有关的写「账」")


@rule("ZH007")
def unfinished(site: Site) -> Found:
    """留着没写完的记号。

    错：入口：待补
    对：写上入口，或写“没有读到，请在处置通知里看”
    为什么：读者看到半截话，会以为是自己的问题。
    """
    yield from _found(site, UNFINISHED, "这里还没有写完；请写完或删去")


@rule("ZH008")
def half_sentence(site: Site) -> Found:
    """一段话没有写完：末尾没有标点。

    错：申诉的期限是
    对：申诉的期限是 7 天。
    为什么：半句话多半是改稿时删漏了。
    """
    for page in site.pages.values():
        for block in () if page.generated else page.blocks:
            text = MARKS.sub("", block.text)
            ends_in_code = text != text.rstrip()  # code is blanked, so it shows as spaces
            text = text.rstrip()
            if NOT_SENTENCE.match(block.text) or ends_in_code or not re.search(f"[{HAN}]", text):
                continue
            if text[-1] not in SENTENCE_END and not LINK_AT_END.search(text):
                line = block.line + block.text.rstrip().count("\n")
                last = block.text.rstrip().rsplit("\n", 1)[-1]
                yield page.path, line, len(last), "这一段末尾没有标点；请补全句子"


@rule("ZH009")
def terms_invalid(site: Site) -> Found:
    """data/terms.yml 写法不对：格式、重复的词、一个别名属于两个词、see 指向不存在的地方、来源没有登记。

    错：aliases: 押金
    对：aliases: [押金]
    为什么：术语表、检查和搜索都读这个文件。
    """
    owner: dict[str, str] = {}
    for term in site.words:
        for name in (term.term, *term.aliases, *term.said):
            if owner.setdefault(name, term.term) != term.term or (
                name == term.term and name in (*term.aliases, *term.said)
            ):
                yield TERMS, term.line, term.col, f"「{name}」既属于「{owner[name]}」又属于「{term.term}」；请只留一处"
        for citation in term.sources:
            if not site.sources.problems and site.sources.find(citation) is None:
                yield TERMS, term.line, term.col, f"「{term.term}」引用的「{citation}」没有登记；请补上，或改正"
        slug, _, anchor = term.see.partition("#")
        page = next((page for page in site.pages.values() if page.slug == slug), None)
        if term.see and (page is None or (anchor and not site.has_anchor(page.path.removeprefix("docs/"), anchor))):
            yield TERMS, term.line, term.col, f"「{term.term}」的 see「{term.see}」不存在；请改成有的页面和位置"
    ids = Counter(term.id for term in site.words if term.id)
    for term in site.words:
        if ids[term.id] > 1:
            yield TERMS, term.line, term.col, f"id「{term.id}」用了 {ids[term.id]} 次；请换一个"


@lru_cache(maxsize=1)
def _texts(site: Site) -> tuple[tuple[str, list[str]], ...]:
    """Return path and lines of all words that readers see: pages by hand, and the sentences of the sources.

    What is no prose is blanked, so that columns stay true.
    """
    return tuple(_read(site))


def _read(site: Site) -> Iterator[tuple[str, list[str]]]:
    for page in site.pages.values():
        if not page.generated:
            yield page.path, _with_description(page)
    yield SOURCES, list(_gists(site))
    for file in sorted({rows.file for rows in site.tables.values() if rows.pages} | {site.terms.file, site.flows.file}):
        if (site.root / file).is_file():
            text = (site.root / file).read_text("utf-8")
            yield file, [_value(line) for line in text.split("\n")]
    if site.glances.entries:
        yield GLANCE, glance.words((site.root / GLANCE).read_text("utf-8"))
    yield from _interface(site)


def _interface(site: Site) -> Iterator[tuple[str, list[str]]]:
    """Yield what templates and scripts show: the file of words, and the strings of the scripts.

    A line of a script may hold several strings that have nothing to do with one another: they are yielded apart.
    """
    lines = site.interface.text.split("\n")
    yield INTERFACE, [_value(line, ()) for line in lines]
    for path, text in site.interface.scripts.items():
        length = text.count("\n") + 1
        rows: dict[int, list[str]] = {}
        for line, col, piece in literals(text):
            if CHINESE.search(piece) and ALTERNATIVES not in piece:
                rows.setdefault(line, []).append(" " * (col - 1) + piece)
        for layer in range(max(map(len, rows.values()), default=0)):
            yield path, ["".join(rows.get(line, [])[layer : layer + 1]) for line in range(1, length + 1)]


def _with_description(page: Page) -> list[str]:
    """Return a page's lines with the one line of front matter that readers see."""
    lines = list(page.lines)
    number = page.places.get("description", (0, 0))[0]
    if number:
        raw = page.text.split("\n")[number - 1]
        value = raw.find(":") + 1
        lines[number - 1] = " " * value + raw[value:]
    return lines


def _value(line: str, unread: tuple[str, ...] = NO_PROSE) -> str:
    """Return a line ``key: value`` of a data file with the YAML blanked, and what no reader reads blanked whole."""
    match = VALUE.match(line)
    if not match or match[1] in unread:
        return " " * len(line)
    value = PLACEHOLDER.sub(lambda found: "某" * len(found[0]), line[match.end() :])
    if value.startswith(("[", "{")):
        value = FLOW.sub(lambda found: " " * len(found[0]), value)
    return " " * match.end() + value


def _gists(site: Site) -> Iterator[str]:
    for line in site.sources.text.split("\n"):
        match = GIST.match(line)
        yield " " * match.end() + line[match.end() :] if match else " " * len(line)


@lru_cache(maxsize=1)
def _body(site: Site) -> tuple[tuple[str, int, str], ...]:
    """Return path, line number and line of all words, link targets blanked."""
    blank = partial(LINK_TARGET.sub, lambda match: "]" + " " * (len(match[0]) - 1))
    lines = ((path, number, line) for path, lines in _texts(site) for number, line in enumerate(lines, 1))
    return tuple((path, number, blank(line)) for path, number, line in lines if CHINESE.search(line))


def _found(site: Site, pattern: re.Pattern, message: str) -> Found:
    for path, number, line in _body(site):
        for match in pattern.finditer(line):
            yield path, number, match.start() + 1, f"「{match[0]}」：{message}"


@cache
def _simplified(line: str) -> str:
    return _converter().convert(line)


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def _corrections(site: Site) -> Iterator[tuple[str, int, str, str]]:
    """Yield each line that autocorrect would write otherwise: path, line, as it is, as it should be."""
    pages = {page.path: page for page in site.pages.values()}
    for path, lines in _texts(site):
        if path in pages:  # autocorrect knows code; blanked, it would look like spaces too many
            page = pages[path]
            whole = mask(page.text, page.body_line, inline_code=False).split("\n")
            lines = [old if old.strip() else line for old, line in zip(whole, lines, strict=True)]
        for number, old, new in site.remember(_lint, "\n".join(lines), path in pages, path == GLANCE):
            yield path, number, old, new


@cache
def _lint(body: str, is_page: bool, is_inline: bool) -> tuple[tuple[int, str, str], ...]:
    body = NAME.sub(lambda match: "《" + "某" * (len(match[0]) - 2) + "》", body)
    lines = body.split("\n")
    if is_page:
        fixed = autocorrect_py.format_for(body, "md").split("\n")
    else:  # what is indented is no code here
        parts = [(line[: _indent(line)], line[_indent(line) :]) for line in lines]
        fixed = [pad + (_inline(rest) if is_inline else autocorrect_py.format(rest)) for pad, rest in parts]
    if len(fixed) != len(lines):
        return ()
    pairs = zip(lines, fixed, strict=True)
    return tuple((number, old, new) for number, (old, new) in enumerate(pairs, 1) if old.rstrip() != new.rstrip())


def _inline(text: str) -> str:
    """Correct one line of Markdown; it knows citations and links."""
    return autocorrect_py.format_for(text, "md")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _unspaced(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _unspaced_positions(text: str) -> list[tuple[int, str]]:
    return [(col, char) for col, char in enumerate(text, COLUMN_OF_FIRST) if not char.isspace()]


def _first_difference(old: list[tuple[int, str]], new: str) -> int:
    return next((col for (col, a), b in zip(old, new, strict=False) if a != b), old[-1][0] if old else 1)


def _around(text: str, col: int) -> str:
    return f"…{text[max(0, col - 6) : col + 8].strip()}…"
