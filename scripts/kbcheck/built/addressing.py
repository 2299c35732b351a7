"""From an address as written to a file of the site, by the URL standard (ada, the parser of Node.js)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from urllib.parse import quote, unquote_to_bytes, urlsplit

import ada_url

from .elements import ASCII_SPACE

HOST = "http://built.invalid"  # stands for the site's host where none is given; never asked
TEXT_DIRECTIVE = ":~:"  # what follows is for the browser alone, not a place on the page


class Kind(Enum):
    """Where an address leads."""

    INSIDE = "inside"
    OUTSIDE = "outside"  # on the site's host, but above the folder under which the site is served
    EXTERNAL = "external"
    LOCAL = "local"  # a file on the author's own machine
    MALFORMED = "malformed"
    OTHER = "other"  # mailto:, tel:, data:, javascript: ...


@dataclass(frozen=True, slots=True)
class Target:
    """Where an address leads: for ``INSIDE`` the path under the site's root and the fragment, else the whole URL."""

    kind: Kind
    path: str = ""
    fragment: str = ""
    url: str = ""


class BadBaseError(ValueError):
    """What was given as the site's place is neither a path nor a web address."""


class Base:
    """The place under which the site is served: ``/``, ``/kb/`` or ``https://example.org/kb/``."""

    def __init__(self, base_url: str = "/") -> None:
        try:
            url = ada_url.join_url(HOST + "/", base_url)
        except ValueError as error:
            raise BadBaseError(base_url) from error
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https"):
            raise BadBaseError(base_url)
        self.host = f"{parts.scheme}://{parts.netloc}"
        self.path = parts.path if parts.path.endswith("/") else f"{parts.path}/"

    def of_file(self, name: str) -> str:
        """Return the address at which the file ``name`` is served."""
        return self.host + self.path + quote(os_bytes(name))

    def resolve(self, url: str, document: str) -> Target:
        """Return where ``url`` leads when it stands on a page whose base address is ``document``."""
        try:
            full = ada_url.join_url(document, url.strip(ASCII_SPACE))
        except ValueError:
            return Target(Kind.MALFORMED, url=url)
        if not full.startswith(self.host) or full[len(self.host) : len(self.host) + 1] not in ("/", ""):
            return Target(self._kind_of(full), url=full)
        path, _, fragment = full[len(self.host) :].partition("#")
        path = path.partition("?")[0]
        if not path.startswith(self.path) and path + "/" != self.path:
            return Target(Kind.OUTSIDE, url=full)
        inside = path[len(self.path) :]
        if "%" in inside:
            inside = unquote_to_bytes(inside).decode("utf-8", "surrogateescape")
        return Target(Kind.INSIDE, inside, fragment.partition(TEXT_DIRECTIVE)[0])

    @staticmethod
    def _kind_of(full: str) -> Kind:
        scheme = full.partition(":")[0]
        if scheme == "file":
            return Kind.LOCAL
        return Kind.EXTERNAL if scheme in ("http", "https") else Kind.OTHER

    def join(self, url: str, document: str) -> str:
        """Return the base address that a `<base href>` sets, or ``document`` where it sets none."""
        try:
            full = ada_url.URL(url.strip(ASCII_SPACE), document)
        except ValueError:
            return document
        return document if full.protocol in ("data:", "javascript:") else full.href


def os_bytes(name: str) -> bytes:
    """Return a file name as the bytes that it has on disk."""
    return name.encode("utf-8", "surrogateescape")


def decoded(fragment: str) -> str:
    """Return a fragment as ids are compared with it the second time: percent-decoded."""
    return unquote_to_bytes(fragment.encode("utf-8", "surrogateescape")).decode("utf-8", "replace")
