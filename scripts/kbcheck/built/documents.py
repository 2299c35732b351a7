"""A document as its ids and addresses: HTML by a standard parser (lexbor), SVG and XHTML by an XML parser."""

from __future__ import annotations

import codecs
import contextlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from xml.parsers import expat

import webencodings
from selectolax.lexbor import LexborHTMLParser, LexborNode

from .elements import CSS_VALUED, Address, addresses_of, is_css
from .styles import StyleAddress, addresses_in_sheet, addresses_in_value

HTML = (".html", ".htm")
XML = (".svg", ".xhtml", ".xht")
SNIFFED = 1024  # bytes within which a browser looks for the declared encoding
MAX_SRCDOC_DEPTH = 3
# One selector for everything that may hold an address, so that the tree is walked once.
SELECTOR = ",".join(
    [
        "[href]",
        "[src]",
        "[srcset]",
        "[data]",
        "[action]",
        "[formaction]",
        "[poster]",
        "[background]",
        "[imagesrcset]",
        "[srcdoc]",
        "[style]",
        "[xlink\\:href]",
        "base[href]",
        "meta[http-equiv]",
        "style",
        "template[shadowrootmode]",
    ]
    + [f"[{name}]" for name in CSS_VALUED]
)


@dataclass(frozen=True)
class Document:
    """What a document holds: ids, ids used twice, `<base href>`, addresses, and addresses in its styles.

    ``early`` counts the addresses and the styles that stand before `<base href>`: what is loaded at once is loaded
    before the base counts.
    """

    ids: frozenset[str]
    repeated: tuple[str, ...]
    base: str | None
    addresses: tuple[Address, ...]
    styles: tuple[tuple[Address, StyleAddress], ...]
    early: tuple[int, int] = (0, 0)


class NotTextError(Exception):
    """The file is not a document at all."""


def is_document(name: str) -> bool:
    """Tell by its name whether a browser shows a file as a document that can hold links."""
    return name.lower().endswith(HTML + XML)


def read_document(data: bytes, name: str) -> Document:
    """Read an HTML, XHTML or SVG file; raises ``NotTextError`` where the bytes are no such thing."""
    if name.lower().endswith(".svg"):
        return _read_xml(data)
    if name.lower().endswith(XML):
        with contextlib.suppress(NotTextError):  # XHTML with entities that only a browser knows
            return _read_xml(data)
    return read_tree(LexborHTMLParser(decode_html(data)))


def decode_html(data: bytes) -> str:
    """Decode a page as a browser does: by its byte order mark, its `<meta>`, UTF-8, else windows-1252."""
    for mark, codec in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            return data[len(mark) :].decode(codec, "replace")
    head = data[:SNIFFED]
    if b"\0" in head:
        raise NotTextError
    if codec := _declared(head):
        return data.decode(codec, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("windows-1252", "replace")


def _declared(head: bytes) -> str | None:
    if b"charset" not in head.lower():
        return None
    for node in LexborHTMLParser(head.decode("latin-1")).css("meta"):
        attributes = node.attributes
        label = attributes.get("charset")
        if label is None and (attributes.get("http-equiv") or "").lower() == "content-type":
            label = (attributes.get("content") or "").lower().partition("charset=")[2].strip("\"' ;")
        if label and (found := webencodings.lookup(label)):
            name = found.name
            return {"utf-16le": "utf-8", "utf-16be": "utf-8", "x-user-defined": "windows-1252"}.get(
                name, found.codec_info.name
            )
    return None


def read_tree(tree: LexborHTMLParser) -> Document:
    """Return what an HTML document holds. What a template keeps does not count; a declarative shadow tree does."""
    ids = _ids(tree)
    base = next((node.attributes["href"] or "" for node in tree.css("base[href]")), None)
    addresses: list[Address] = []
    styles: list[tuple[Address, StyleAddress]] = []
    early = _collect(tree, addresses, styles, 0)
    repeated = tuple(each for each, count in ids.items() if count > 1)
    return Document(frozenset(ids), repeated, base, tuple(addresses), tuple(styles), early)


def scripts_of(text: str) -> str:
    """Return the text of all scripts that stand in a page."""
    return "\n".join(node.text() for node in LexborHTMLParser(text).css("script:not([src])"))


def _ids(tree: LexborHTMLParser) -> Counter:
    ids = Counter(value for node in tree.css("[id]") if (value := node.attributes["id"]))
    for node in tree.css("a[name]"):
        if (name := node.attributes["name"]) and name not in ids:
            ids[name] = 1
    return ids


def _collect(tree: LexborHTMLParser, addresses: list, styles: list, depth: int) -> tuple[int, int]:
    """Collect in document order; return how many addresses and styles stand before the first `<base href>`."""
    early = None
    within = {node.mem_id for node in tree.css(MAYBE_IN_SVG)}
    for node in tree.css(SELECTOR):
        tag = node.tag.lower()
        attributes = node.attributes
        if tag == "base":
            early = early or (len(addresses), len(styles))
            continue
        if tag == "template":
            if (attributes.get("shadowrootmode") or "").lower() in ("open", "closed"):
                _collect(LexborHTMLParser(_as_div(node.html or "")), addresses, styles, depth + 1)
            continue
        parent = node.parent.tag.lower() if node.parent and node.parent.tag else ""
        addresses.extend(addresses_of(tag, attributes, parent, _in_svg(node, tag, within)))
        styles.extend(_styles(tag, attributes, node.text() if tag == "style" else ""))
        inner = attributes.get("srcdoc") if tag == "iframe" else None
        if inner and depth < MAX_SRCDOC_DEPTH:
            _collect(LexborHTMLParser(inner), addresses, styles, depth + 1)
    return early or (0, 0)


def _as_div(template: str) -> str:
    """Return a template as an element whose content the parser shows."""
    return "<div" + template.removeprefix("<template").removesuffix("</template>") + "</div>"


STYLED = frozenset(("style", *CSS_VALUED))
MAYBE_SVG = {"a", "script", "style", "image", "filter", "set", "animate"}
MAYBE_IN_SVG = ",".join(f"svg {tag}" for tag in sorted(MAYBE_SVG))


def _in_svg(node: LexborNode, tag: str, within: set[int]) -> bool:
    if tag not in MAYBE_SVG:
        return True  # the other names of the table belong to SVG alone
    if node.mem_id not in within:
        return False
    while node := node.parent:
        if node.tag in ("svg", "foreignObject", "foreignobject"):
            return node.tag == "svg"
    return False


def _styles(tag: str, attributes: dict, sheet: str) -> Iterator[tuple[Address, StyleAddress]]:
    if tag == "style" and is_css(attributes):
        for found in addresses_in_sheet(sheet):
            yield Address(tag, "", "", found.url), found
    for name in STYLED & attributes.keys():
        if value := attributes.get(name):
            for found in addresses_in_value(value):
                yield Address(tag, name, value, found.url), found


def _read_xml(data: bytes) -> Document:
    ids: Counter = Counter()
    addresses: list[Address] = []
    styles: list[tuple[Address, StyleAddress]] = []
    path: list[str] = []
    base: list[str] = []

    def start(name: str, attributes: dict) -> None:
        tag = name.rpartition(":")[2].lower()
        if attributes.get("id"):
            ids[attributes["id"]] += 1
        if tag == "base" and "href" in attributes:
            base.append(attributes["href"])
        inside = any(each == "svg" for each in path)
        addresses.extend(addresses_of(tag, attributes, path[-1] if path else "", inside))
        styles.extend(_styles(tag if tag != "style" else "", attributes, ""))
        path.append(tag)
        text.clear()

    def end(_name: str) -> None:
        if path.pop() == "style":
            styles.extend(_styles("style", {}, "".join(text)))

    def refuse(*_arguments: object) -> None:
        raise NotTextError  # an entity of one's own could grow without bound

    text: list[str] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = text.append
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise NotTextError from error
    repeated = tuple(each for each, count in ids.items() if count > 1)
    return Document(frozenset(ids), repeated, base[0] if base else None, tuple(addresses), tuple(styles))
