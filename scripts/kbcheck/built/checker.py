"""The check of a built folder: read every page once, over all cores, then look at what leads from file to file.

Time is linear in the number of pages. A page's addresses are resolved where the page is read; only what must be
compared across pages (fragments, ids) comes back, and only pages with problems are parsed again for positions.
"""

from __future__ import annotations

import json
import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser

from ..problem import Problem
from ..remember import Remember, directly
from . import own as ours
from .addressing import Base, Kind, Target, decoded
from .documents import XML, Document, NotTextError, decode_html, is_document, read_document, read_tree, scripts_of
from .elements import ELSEWHERE, MUST_NOT_BE_EMPTY, Address, is_loaded_at_once
from .files import Files
from .positions import Positions
from .styles import addresses_in_sheet, sheet_text

MISSING, NO_PLACE, FORM, REPEATED, MALFORMED, EMPTY, UNREADABLE = (
    "LK001",
    "LK002",
    "LK003",
    "LK007",
    "LK008",
    "LK009",
    "LK010",
)
WORTH_A_POOL = 64  # pages; below that, starting processes costs more than it saves
CHUNK = 32
OPENS_SVG = {"a", "area", "iframe", "frame", "object", "embed"}  # elsewhere an SVG image may load nothing
# An image is shown whole where its fragment names nothing; in a style it may be an image too.
SHOWN_WHOLE = {"img", "image", "source", "input", "style"}
MANIFEST_ADDRESSES = (("icons", "src"), ("screenshots", "src"), ("shortcuts", "url"))


@dataclass
class Report:
    """The problems found, sorted, and the external addresses seen (never fetched)."""

    problems: list[Problem]
    external: list[str]
    pages: int


class Finding(NamedTuple):
    """A problem on a page before its position is known: the element's name, attribute and value say where to look."""

    code: str
    message: str
    address: Address


@dataclass(frozen=True)
class Parsed:
    """What stands in one document, whatever else there is: its ids and addresses, and of our own pages some more."""

    document: Document
    findings: tuple[Finding, ...] = ()
    head: tuple[str, str] = ("", "")


def parsed(data: bytes, name: str, own: bool) -> Parsed:
    """Read one document; NotTextError where it is none."""
    if not own or name.lower().endswith(XML):
        return Parsed(read_document(data, name))
    tree = LexborHTMLParser(text := decode_html(data))
    found, head = ours.read(text, tree)
    return Parsed(read_tree(tree), tuple(Finding(*each) for each in found), head)


@dataclass
class PageResult:
    """What reading one document brought."""

    name: str
    ids: frozenset[str] = frozenset()
    findings: list[Finding] = field(default_factory=list)
    fragments: list[tuple[Address, str, str]] = field(default_factory=list)
    sheets: set[str] = field(default_factory=set)
    manifests: set[str] = field(default_factory=set)
    svgs: set[str] = field(default_factory=set)
    external: set[str] = field(default_factory=set)
    head: tuple[str, str] = ("", "")  # title and description, of our own pages
    moved: str = ""  # the file that a page without content leads on to at once


def check(
    folder: Path,
    base_url: str = "/",
    own: bool = False,
    progress: Callable[[int, int], None] | None = None,
    remember: Remember = directly,
) -> Report:
    """Check the built site in ``folder`` as it is served under ``base_url``.

    ``own`` adds what we ask of our own pages (``own.py``), and that addresses also hold under another folder, so that
    none may begin with ``/`` (but on ``404.html``). ``progress`` is told how many of how many pages were read,
    ``remember`` knows what it has read before.
    """
    checker = _Checker(Files(folder), Base(base_url), own, remember)
    names = sorted(name for name in checker.files.names if is_document(name) and not name.lower().endswith(".svg"))
    with _workers(checker, len(names)) as run:
        results = {}
        for count, result in enumerate(run(_read, names), 1):
            results[result.name] = result
            if progress:
                progress(count, len(names))
        checker.follow_svgs(results)
        problems = [*checker.of_sheets(results), *checker.of_manifests(results)]
        checker.look_up_fragments(results)
        if own:
            problems += checker.of_own(names, results)
        to_place = [(result.name, result.findings) for result in results.values() if result.findings]
        for placed in run(_place, to_place):
            problems.extend(placed)
    external = sorted(set().union(*(result.external for result in results.values()), checker.external))
    return Report(sorted(set(problems)), external, len(names))


class _Checker:
    """The folder, where it is served, and what all pages share."""

    def __init__(self, files: Files, base: Base, own: bool, remember: Remember) -> None:
        self.files = files
        self.base = base
        self.own = own
        self.remember = remember
        self.external: set[str] = set()
        self.scripts: dict[str, str] = {}  # of pages that lack a place which some link names

    def read(self, name: str) -> PageResult:
        """Read one document and resolve its addresses."""
        result = PageResult(name)
        nowhere = Address("", "", "", "")
        try:
            read = self.remember(parsed, self.files.read(name), name, self.own)
        except OSError as error:
            result.findings.append(
                Finding(UNREADABLE, f"文件读不出来（{error.strerror}）；请检查它还在不在、有无权限", nowhere)
            )
            return result
        except NotTextError:
            message = "这不是能读的页面（二进制，或写坏的 XML）；请重新生成，或改掉扩展名"
            result.findings.append(Finding(UNREADABLE, message, nowhere))
            return result
        result.ids, result.head = read.document.ids, read.head
        for repeated in read.document.repeated:
            message = f"id「{repeated}」在这一页用了不止一次；链接只会跳到第一个，请改名"
            result.findings.append(Finding(REPEATED, message, Address("", "id", repeated, f"#{repeated}")))
        _Resolver(self, result, read.document).run()
        result.findings += read.findings
        return result

    def problem_of(self, name: str, address: Address, target: Target) -> tuple[str, str] | None:
        """Return code and message where the address leads to no file, else None. ``name`` is the file it stands in."""
        url = address.url
        if target.kind is Kind.MALFORMED:
            return MALFORMED, f"「{url}」不是合格的网址，浏览器打不开；请改正写法"
        if target.kind is Kind.LOCAL:
            return FORM, f"「{url}」指向作者自己电脑里的文件，别人打不开；请改成相对路径"
        if target.kind is Kind.OUTSIDE:
            return FORM, f"「{url}」跑到了网站目录 {self.base.path} 之外；请改成相对路径"
        if target.kind is not Kind.INSIDE:
            return None
        if self.own and url.lstrip().startswith("/") and name != "404.html":
            return FORM, f"「{url}」以 / 开头；放在子目录下会断，请改成相对路径"
        if self.files.find(target.path) is None:
            return MISSING, f"「{url}」指向的文件不存在{self._hint(target.path)}"
        return None

    def _hint(self, path: str) -> str:
        if like := self.files.like(path):
            return f"；有「{like}」，大小写不同，请改成一样"
        if self.files.is_folder(path):
            return "；有这个目录，但里面没有 index.html"
        return "；请改正地址，或补上这个文件"

    def follow_svgs(self, results: dict[str, PageResult]) -> None:
        """Read the SVG files that readers open or that fragments point into."""
        opened = set().union(*(result.svgs for result in results.values())) if results else set()
        pointed = {
            target
            for result in results.values()
            for _, target, _ in result.fragments
            if target.lower().endswith(XML) and target not in results
        }
        for name in sorted(opened | pointed):
            read = self.read(name)
            if name not in opened:  # shown as an image: it may load nothing, so only its ids count
                read = PageResult(name, read.ids)
            results[name] = read

    def look_up_fragments(self, results: dict[str, PageResult]) -> None:
        """Add a finding for every fragment that names no place in the document it points into."""
        for result in list(results.values()):
            for address, target, fragment in result.fragments:
                if target in results and not any(
                    has_place(results[each].ids, fragment, each) or self.is_known_to_a_script(each, fragment)
                    for each in _with_moves(target, results)
                ):
                    message = f"「{address.url}」指向的位置不存在：{target} 没有 id「{decoded(fragment)}」"
                    result.findings.append(Finding(NO_PLACE, message, address))

    def is_known_to_a_script(self, name: str, fragment: str) -> bool:
        """Tell whether a script on a page names the place: mdBook leads old places on to new pages in this way."""
        if name not in self.scripts:
            try:
                self.scripts[name] = scripts_of(decode_html(self.files.read(name)))
            except (OSError, NotTextError):
                self.scripts[name] = ""
        return any(f"{quote}#{decoded(fragment)}{quote}" in self.scripts[name] for quote in "\"'")

    def of_own(self, names: list[str], results: dict[str, PageResult]) -> Iterator[Problem]:
        """Yield what is wrong with our own pages taken together."""
        names = [name for name in names if not results[name].moved]  # what only leads on is in no list
        for name, code, message in ours.unique({name: results[name].head for name in names}):
            yield Problem(name, 1, 1, code, message)
        yield from ours.sitemap(self.files, self.base, names)
        yield from ours.search_index(self.files, names)

    def place(self, name: str, findings: list[Finding]) -> list[Problem]:
        """Return the findings on a page as problems, with the positions of their elements."""
        keys = [(each.address.tag, each.address.attribute, each.address.value) for each in findings]
        twice = [key for key, each in zip(keys, findings, strict=True) if each.code == REPEATED]
        try:
            positions = Positions(self.files.read(name), (*keys, *twice))
        except OSError:
            positions = Positions(b"", keys)
        for _, _, value in twice:  # the first is right, the second is one too many
            positions.next(("", "id", value), f"#{value}")
        return [
            Problem(name, *positions.next(key, each.address.url), each.code, each.message, each.address.url)
            for key, each in zip(keys, findings, strict=True)
        ]

    def of_sheets(self, results: dict[str, PageResult]) -> Iterator[Problem]:
        """Yield the problems of every style sheet that a page loads, and of those that these import."""
        todo = sorted(set().union(*(result.sheets for result in results.values()))) if results else []
        done: set[str] = set()
        while todo:
            name = todo.pop()
            if name in done:
                continue
            done.add(name)
            try:
                text = sheet_text(self.files.read(name))
            except OSError as error:
                yield Problem(name, 1, 1, UNREADABLE, f"样式表读不出来（{error.strerror}）；请检查它还在不在、有无权限")
                continue
            document = self.base.of_file(name)
            for found in self.remember(addresses_in_sheet, text):
                if found.url.startswith("#") or not found.url:
                    continue  # a place in whatever page uses the style
                target = self.base.resolve(found.url, document)
                address = Address("", "", "", found.url)
                if target.kind is Kind.EXTERNAL:
                    self.external.add(target.url)
                elif wrong := self.problem_of(name, address, target):
                    yield Problem(name, found.line, found.col, *wrong, found.url)
                elif target.kind is Kind.INSIDE and found.is_sheet:
                    todo.append(self.files.find(target.path))

    def of_manifests(self, results: dict[str, PageResult]) -> Iterator[Problem]:
        """Yield the problems of the web app manifests that pages link to."""
        for name in sorted(set().union(*(result.manifests for result in results.values()))) if results else ():
            try:
                manifest = json.loads(self.files.read(name))
            except (OSError, ValueError, RecursionError):
                yield Problem(name, 1, 1, UNREADABLE, "manifest 不是能读的 JSON；请重新生成")
                continue
            for url in _manifest_addresses(manifest):
                target = self.base.resolve(url, self.base.of_file(name))
                if wrong := self.problem_of(name, Address("", "", "", url), target):
                    yield Problem(name, 1, 1, *wrong, url)


def _with_moves(name: str, results: dict[str, PageResult]) -> Iterator[str]:
    """Yield a page and those to which it leads on at once; a script there takes the fragment along, as in rustdoc."""
    seen = set()
    while name in results and name not in seen:
        seen.add(name)
        yield name
        name = results[name].moved


_SHARED: _Checker | None = None  # inherited by the worker processes when they are forked


def _read(name: str) -> PageResult:
    return _SHARED.read(name)


def _place(job: tuple[str, list[Finding]]) -> list[Problem]:
    return _SHARED.place(*job)


@contextmanager
def _workers(checker: _Checker, pages: int) -> Iterator[Callable[[Callable, list], Iterable]]:
    """Yield a ``map`` that keeps the order and, where there are many pages, uses all cores."""
    global _SHARED
    _SHARED = checker
    cores = os.cpu_count() or 1
    if pages < WORTH_A_POOL or cores < 2:
        yield map
        return
    with multiprocessing.get_context("fork").Pool(cores) as pool:
        yield lambda work, jobs: pool.imap(work, jobs, chunksize=CHUNK)
        pool.close()  # what ends by itself, and is not killed, also says which of its lines ran
        pool.join()


class _Resolver:
    """Resolves the addresses of one document; the same address is resolved once."""

    def __init__(self, checker: _Checker, result: PageResult, document: Document) -> None:
        self.checker = checker
        self.result = result
        self.document = document
        own = checker.base.of_file(result.name)
        self.own = own
        self.base = own if document.base is None else checker.base.join(document.base, own)
        self.seen: dict[tuple[str, str], tuple[Target, tuple[str, str] | None]] = {}

    def run(self) -> None:
        """Fill the result."""
        told: set[Address] = set()
        early_addresses, early_styles = self.document.early
        for index, address in enumerate(self.document.addresses):
            early = index < early_addresses and is_loaded_at_once(address)
            self._one(address, self.own if early else self.base, told)
        for index, (address, style) in enumerate(self.document.styles):
            if style.url.startswith("#"):
                self._local(address, style.url[1:])
            elif style.url:
                self._one(address, self.own if index < early_styles else self.base, told, style.is_sheet)

    def _one(self, address: Address, base: str, told: set[Address], is_sheet: bool = False) -> None:
        url = address.url
        if self.checker.own and address.role == ELSEWHERE:
            return  # the host puts it beside the built site; only our own templates may say so (LK003)
        if url[:1] == "#" and url[1:] in self.result.ids and base is self.own and url.split() == [url]:
            return  # half of all addresses: a place on the same page, by its name as it stands
        if not url.strip():
            if (address.tag, address.attribute) in MUST_NOT_BE_EMPTY:
                message = f"<{address.tag}> 的 {address.attribute} 是空的，什么也不会显示；请写上地址或删去"
                self.result.findings.append(Finding(EMPTY, message, address))
            return
        if (url, base) not in self.seen:
            target = self.checker.base.resolve(url, base)
            self.seen[url, base] = target, self.checker.problem_of(self.result.name, address, target)
        target, wrong = self.seen[url, base]
        if target.kind is Kind.EXTERNAL:
            self.result.external.add(target.url)
        elif wrong:
            self.result.findings.append(Finding(*wrong, address))
        elif target.kind is Kind.INSIDE:
            self._inside(address, target, is_sheet, told)

    def _inside(self, address: Address, target: Target, is_sheet: bool, told: set[Address]) -> None:
        file = self.checker.files.find(target.path)
        roles = address.role.split()
        if address.tag == "meta" and address.value.lstrip().startswith("0"):
            self.result.moved = file
        if is_sheet or "stylesheet" in roles:
            self.result.sheets.add(file)
        elif "manifest" in roles:
            self.result.manifests.add(file)
        elif address.tag in OPENS_SVG and file.endswith((".svg", ".SVG")):
            self.result.svgs.add(file)
        if not target.fragment or not is_document(file) or address.tag in SHOWN_WHOLE:
            return
        if file == self.result.name:
            self._local(address, target.fragment)
        elif address not in told:
            told.add(address)
            self.result.fragments.append((address, file, target.fragment))

    def _local(self, address: Address, fragment: str) -> None:
        if not has_place(self.result.ids, fragment, self.result.name):
            message = f"「{address.url}」指向的位置不存在：本页没有 id「{decoded(fragment)}」"
            self.result.findings.append(Finding(NO_PLACE, message, address))


def has_place(ids: frozenset[str], fragment: str, name: str) -> bool:
    """Tell whether a fragment names a place. Follows the HTML standard, "find a potential indicated element"."""
    if not fragment or fragment in ids:
        return True
    plain = decoded(fragment)
    if plain in ids or plain.lower() == "top":
        return True
    return name.lower().endswith(".svg") and plain.startswith(("svgView(", "xywh=", "t="))


def _manifest_addresses(manifest: object) -> Iterator[str]:
    if not isinstance(manifest, dict):
        return
    if isinstance(manifest.get("start_url"), str):
        yield manifest["start_url"]
    for key, name in MANIFEST_ADDRESSES:
        for entry in manifest.get(key) or () if isinstance(manifest.get(key), list) else ():
            if isinstance(entry, dict) and isinstance(entry.get(name), str):
                yield entry[name]
