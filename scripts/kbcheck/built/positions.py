"""Where an address stands in a page's source: parsed again, slowly, only for pages that have problems."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from html.parser import HTMLParser

from .documents import NotTextError, decode_html

Key = tuple[str, str, str]  # element, attribute, value; element '' stands for any element
START = (1, 1)


class Positions:
    """For each wanted element, attribute and value, the line and column of the elements that carry it, in order."""

    def __init__(self, data: bytes, wanted: Iterable[Key]) -> None:
        finder = _Finder(Counter(wanted))
        try:
            finder.feed(decode_html(data))
            finder.close()
        except (_AllFoundError, NotTextError, AssertionError):
            pass  # all found; or else a problem stands at the start of its file
        self._found = finder.found
        self._taken: Counter = Counter()

    def next(self, key: Key, url: str) -> tuple[int, int]:
        """Return the place of the next element that carries this, not counting those asked for before with ``url``.

        The last such element where there are no more; the start of the file where there is none.
        """
        places = self._found.get(key) or [START]
        index = self._taken[key, url]
        self._taken[key, url] += 1
        return places[min(index, len(places) - 1)]


class _AllFoundError(Exception):
    pass


class _Finder(HTMLParser):
    def __init__(self, missing: Counter) -> None:
        super().__init__(convert_charrefs=False)
        self.found: dict[Key, list[tuple[int, int]]] = {}
        self._missing = missing
        self._templates: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        inert = any(self._templates)
        if tag == "template":
            self._templates.append(not any(name == "shadowrootmode" for name, _ in attrs))
        if inert:
            return
        self._see((tag, "", ""))
        for name, value in attrs:
            self._see(("" if name == "id" else tag, name, value or ""))

    def _see(self, key: Key) -> None:
        if key not in self._missing:
            return
        line, offset = self.getpos()
        places = self.found.setdefault(key, [])
        places.append((line, offset + 1))
        if len(places) >= self._missing[key]:
            del self._missing[key]
            if not self._missing:
                raise _AllFoundError

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag == "template":
            self._templates.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag == "template" and self._templates:
            self._templates.pop()
