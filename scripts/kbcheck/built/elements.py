"""Which attributes of which elements hold addresses, as the HTML and SVG standards and browsers have it.

The tables know elements by their lower-case name; whoever walks a document (HTML by a standard parser, SVG by an XML
parser) asks ``addresses_of`` for each element and gets every address that a browser would load or follow.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

ASCII_SPACE = " \t\n\f\r"

# Addresses that stand alone in an attribute.
SINGLE = {
    "a": ("href",),
    "area": ("href",),
    "audio": ("src",),
    "body": ("background",),
    "button": ("formaction",),
    "embed": ("src",),
    "form": ("action",),
    "frame": ("src",),
    "iframe": ("src",),
    "img": ("src",),
    "input": ("formaction",),
    "object": ("data",),
    "source": ("src",),
    **dict.fromkeys(("table", "thead", "tbody", "tfoot", "tr", "td", "th"), ("background",)),
    "track": ("src",),
    "video": ("src", "poster"),
}
SETS = {"img": "srcset", "source": "srcset", "link": "imagesrcset"}
# Elements of SVG whose `href` (or, in its absence, `xlink:href`) names another element or file.
SVG = frozenset(
    [
        "a",
        "animate",
        "animatemotion",
        "animatetransform",
        "feimage",
        "filter",
        "image",
        "lineargradient",
        "mpath",
        "pattern",
        "radialgradient",
        "script",
        "set",
        "textpath",
        "use",
    ]
)
# Attributes that are read as CSS, and may hold `url(...)`.
CSS_VALUED = ("clip-path", "cursor", "fill", "filter", "marker-end", "marker-mid", "marker-start", "mask", "stroke")
# `rel` values of a link that lead nowhere a reader or browser goes.
REL_WITHOUT_TARGET = frozenset(
    ["canonical", "dns-prefetch", "pingback", "preconnect", "profile", "shortlink", "wlwmanifest", "edituri"]
)
SCRIPT_TYPES = frozenset(
    [
        "module",
        "application/ecmascript",
        "application/javascript",
        "application/x-ecmascript",
        "application/x-javascript",
        "text/ecmascript",
        "text/javascript",
        "text/javascript1.0",
        "text/javascript1.1",
        "text/javascript1.2",
        "text/javascript1.3",
        "text/javascript1.4",
        "text/javascript1.5",
        "text/jscript",
        "text/livescript",
        "text/x-ecmascript",
        "text/x-javascript",
    ]
)
# An empty address here is a fault: nothing is loaded, and an image shows as broken.
MUST_NOT_BE_EMPTY = frozenset(
    (("img", "src"), ("script", "src"), ("source", "src"), ("embed", "src"), ("track", "src"))
)


# What a browser loads as soon as it stands in the page, so that a later `<base>` no longer counts (tried in Chromium).
AT_ONCE = frozenset(
    [
        "audio",
        "embed",
        "frame",
        "iframe",
        "image",
        "img",
        "input",
        "meta",
        "script",
        "source",
        "track",
        "video",
    ]
)
ELSEWHERE = "external"  # the `rel` of a link to what is no part of the site, though it may stand on the same host
AT_ONCE_REL = frozenset(("stylesheet", "preload", "modulepreload"))


class Address(NamedTuple):
    """An address as written: element, attribute, the attribute's whole value, the address in it, a link's `rel`."""

    tag: str
    attribute: str
    value: str
    url: str
    role: str = ""


def addresses_of(tag: str, attributes: Mapping[str, str | None], parent: str, in_svg: bool) -> Iterator[Address]:
    """Yield the addresses of one element; ``tag`` and ``parent`` are lower-case names."""
    if in_svg and tag in SVG:
        for name in ("href", "xlink:href"):
            if attributes.get(name) is not None:
                yield Address(tag, name, attributes[name], attributes[name])
                break
        if tag != "a":
            return
    elif tag == "link":
        yield from _of_link(attributes)
    elif tag == "script":
        if (value := attributes.get("src")) is not None and _is_run(attributes):
            yield Address(tag, "src", value, value)
    elif tag == "meta":
        yield from _of_refresh(attributes)
    else:
        yield from _of_single(tag, attributes, parent)
    if (name := SETS.get(tag)) and attributes.get(name) and not (tag == "source" and parent != "picture"):
        for url in split_srcset(attributes[name]):
            yield Address(tag, name, attributes[name], url)


def is_loaded_at_once(address: Address) -> bool:
    """Tell whether a browser loads this address while it reads the page, not when a reader asks for it."""
    if address.tag == "link":
        return bool(AT_ONCE_REL & set(address.role.split()))
    return address.tag in AT_ONCE and address.attribute not in ("poster", "formaction")


def _of_single(tag: str, attributes: Mapping[str, str | None], parent: str) -> Iterator[Address]:
    names = SINGLE.get(tag, ())
    if tag == "input" and (attributes.get("type") or "").lower() == "image":
        names = (*names, "src")
    for name in names:
        value = attributes.get(name)
        if value is None or (name == "src" and not _is_read(tag, attributes, parent)):
            continue
        yield Address(tag, name, value, value, ELSEWHERE if _is_elsewhere(tag, attributes) else "")


def _is_elsewhere(tag: str, attributes: Mapping[str, str | None]) -> bool:
    return tag == "a" and ELSEWHERE in (attributes.get("rel") or "").lower().split()


def _is_read(tag: str, attributes: Mapping[str, str | None], parent: str) -> bool:
    """Tell whether a browser reads this `src`: not in a picture's source, not beside `srcdoc`."""
    if tag == "source":
        return parent in ("audio", "video")
    return not (tag == "iframe" and attributes.get("srcdoc") is not None)


def _of_link(attributes: Mapping[str, str | None]) -> Iterator[Address]:
    rel = (attributes.get("rel") or "").lower().split()
    if "stylesheet" in rel and not _is_styled(attributes):
        rel = [each for each in rel if each not in ("stylesheet", "alternate")]
    if not set(rel) - REL_WITHOUT_TARGET:
        return
    if value := attributes.get("href"):
        yield Address("link", "href", value, value, " ".join(rel))


def _is_styled(attributes: Mapping[str, str | None]) -> bool:
    """Tell whether a browser loads this style sheet: not one of another language, nor one that is switched off."""
    return "disabled" not in attributes and is_css(attributes)


def is_css(attributes: Mapping[str, str | None]) -> bool:
    """Tell whether a `<style>` or a link to a style sheet is CSS by its type."""
    return (attributes.get("type") or "").partition(";")[0].strip().lower() in ("", "text/css")


def _is_run(attributes: Mapping[str, str | None]) -> bool:
    kind = attributes.get("type")
    if kind is None and attributes.get("language"):
        kind = f"text/{attributes['language']}"
    return not (kind or "").strip() or kind.strip().lower() in SCRIPT_TYPES


def _of_refresh(attributes: Mapping[str, str | None]) -> Iterator[Address]:
    if (attributes.get("http-equiv") or "").lower() == "refresh":
        content = attributes.get("content") or ""
        if url := refresh_target(content):
            yield Address("meta", "content", content, url)


def refresh_target(content: str) -> str:
    """Return the address in the `content` of a refresh, or '', as the HTML standard's shared declarative refresh."""
    rest = content.lstrip(ASCII_SPACE)
    digits = len(rest) - len(rest.lstrip("0123456789"))
    if digits == 0 and not rest.startswith("."):
        return ""
    rest = rest[digits:].lstrip("0123456789.")
    if rest and rest[0] not in ";," + ASCII_SPACE:
        return ""
    rest = rest.lstrip(ASCII_SPACE)
    rest = (rest[1:] if rest[:1] in (";", ",") else rest).lstrip(ASCII_SPACE)
    if rest[:3].lower() == "url" and rest[3:].lstrip(ASCII_SPACE).startswith("="):
        rest = rest[3:].lstrip(ASCII_SPACE)[1:].lstrip(ASCII_SPACE)
    if rest[:1] in ("'", '"'):
        quote, rest = rest[0], rest[1:]
        rest = rest.partition(quote)[0]
    return rest


def split_srcset(text: str) -> list[str]:
    """Return the addresses of a `srcset`. Follows the HTML standard, "parse a srcset attribute"."""
    urls, at = [], 0
    while at < len(text):
        while at < len(text) and text[at] in ASCII_SPACE + ",":
            at += 1
        start = at
        while at < len(text) and text[at] not in ASCII_SPACE:
            at += 1
        url = text[start:at]
        if not url:
            break
        if url.endswith(","):
            url = url.rstrip(",")
        else:
            at = _after_descriptors(text, at)
        if url:
            urls.append(url)
    return urls


def _after_descriptors(text: str, at: int) -> int:
    depth = 0
    while at < len(text):
        if text[at] == "(":
            depth += 1
        elif text[at] == ")" and depth:
            depth -= 1
        elif text[at] == "," and not depth:
            return at + 1
        at += 1
    return at
