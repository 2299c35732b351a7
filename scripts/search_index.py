"""The index of the site's own search, made from the built pages and ``data/terms.yml``; nothing reads the clock.

Two inverted indexes over one vocabulary, both in the order of the nav:

- **sections**: each h2/h3 of a page, and the page itself as the section before its first heading. A posting carries
  whether the word fits well there (BM25's term part, a heading hit on top).
- **phrases**: what people ask for a page or section: titles, front-matter keywords, FAQ questions that link to a page,
  and each term and alias of the glossary, and what people say for it, with the page that explains it.

Everything is written into one folder named by a fingerprint of its contents, so that it can be cached for good:
``core.json`` (phrases, tables, the size of each page), ``words<n>.json`` (vocabulary with postings, sharded by the
first two characters), ``pages<n>.json`` (what a result shows of a chunk of pages) and ``text<n>.json`` (the text of
page n, loaded for a snippet only). A small site has one shard and one chunk. ``web/search/index.js`` reads it.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from pathlib import Path

import opencc
import rjieba
from pypinyin import lazy_pinyin

from kbcheck.remember import Remember, directly
from reuse import spread
from search_text import HAN, normalise, numbers_in, runs, words_in

SATURATION, LENGTH = 1.2, 0.6  # BM25's k1 and b
HEADING = 1.6  # what a hit in the heading adds to the term part
LEVELS = 2  # how a word fits a section: among much else, or in its heading or all over its text
STRONG = 1.8  # from this fit on
LONGEST = 8  # characters of a word; longer names are found by their parts
MOST = 93  # postings a word keeps, the best; a word that stands everywhere tells little
SHARD_PAGES = 400  # from so many pages on the index is sharded
SHARDS, CHUNK = 512, 16  # shards of words, and pages in a chunk, where it is
SIZE_STEP = 0.25  # the size of a phrase is stored in steps of this
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_"
RADIX = 32  # a number is written in base 32; the upper half of DIGITS says that more follows
LIST, HUB, GUIDE = range(3)  # what a page is: words and sources, a way to other pages, what leads a reader to act
SINGLE = "写罚扣补赔退提告冻封判交骂骗钱货赢输"  # characters that tell much by themselves, in what people ask
# What a phrase counts by where it comes from. CAUSE: the name of what money is taken for.
KEYWORD, TITLE, TERM, QUESTION, SAID, EVENT, CAUSE = range(7)
# How much a word belongs to our subject: how often it stands in our pages, beside how often in any text, as a power of
# ten. What is common everywhere (自己, 早上) tells little, even where it is rare with us.
KEYNESS = (-0.3, 0.3, 1.0)  # from each of these on, one level more
WEIGHTS = (0.5, 0.5, 0.75, 1)  # what a word of each level weighs; web/search/rank.js has the same
ANY_TEXT = 6e7  # words that the dictionary's frequencies were counted in
ONLY_HAN = re.compile(f"[{HAN}]+")
BARE = re.compile(r"[0-9.%]+\D{0,4}")  # an amount that stands in one place alone is rarely what people ask for


@dataclass
class SearchPage:
    """A page as it is searched. ``sections`` are (id, heading, text); the first has neither id nor heading."""

    url: str
    title: str
    kind: str
    rank: int  # GUIDE, HUB or LIST
    about: str
    deadline: str
    sections: list[tuple[str, str, str]]
    phrases: list[tuple[int, int, str]] = field(default_factory=list)  # source, section, text
    by_phrases: bool = False  # its text says what other pages say: it is found by its phrases alone
    by_headings: bool = False  # its answers do so: it is found by its phrases and its headings


@dataclass(frozen=True)
class Lexeme:
    """A term of the glossary: what we call it and what others do."""

    term: str
    aliases: tuple[str, ...]


def write(folder: Path, pages: list[SearchPage], lexicon: list[Lexeme], remember: Remember = directly) -> str:
    """Write the index of ``pages`` below ``folder``/search and return the name of its folder there."""
    files = dict(build(pages, lexicon, remember))
    name = hashlib.sha256("".join(f"{key}\0{files[key]}\0" for key in sorted(files)).encode()).hexdigest()[:12]
    target = folder / "search" / name
    target.mkdir(parents=True, exist_ok=True)
    for key, text in files.items():
        (target / key).write_text(text, "utf-8")
    return name


def build(pages: list[SearchPage], lexicon: list[Lexeme], remember: Remember = directly) -> Iterator[tuple[str, str]]:
    """Yield the files of the index: name and text. Time and memory linear in the length of the pages."""
    vocabulary = Vocabulary(lexicon, remember)
    sections, counts = _sections(pages, vocabulary)
    phrases, asked = _phrases(pages, vocabulary)
    sections = {word: at for word, at in sections.items() if word in vocabulary.named or not _is_guess(word)}
    vocabulary.words = sorted(sections.keys() | asked.keys())
    levels = _levels(vocabulary.words, counts)
    shards = shards_for(len(pages))
    chunk = CHUNK if shards > 1 else max(1, len(pages))
    for number, words in enumerate(_sharded(vocabulary.words, shards)):
        yield f"words{number}.json", _json(_shard(words, sections, asked, levels))
    for number, page in enumerate(pages):
        yield f"text{number}.json", _json([page.about, *(text for _, _, text in page.sections)])
    for first in range(0, len(pages), chunk):
        yield f"pages{first // chunk}.json", _json([_record(page) for page in pages[first : first + chunk]])
    single = _shard([word for word in vocabulary.words if len(word) == 1], sections, asked, levels)
    columns = _phrase_columns(phrases, asked, levels, len(phrases) - _listed(pages)[1])
    core = {"shards": shards, "chunk": chunk, "single": single, "phrases": columns}
    yield "core.json", _json(core | _tables(pages, vocabulary, lexicon))


def shards_for(pages: int) -> int:
    """Return how many shards the words of so many pages have."""
    return SHARDS if pages >= SHARD_PAGES else 1


def _levels(words: list[str], counts: Counter[str]) -> dict[str, int]:
    """Return how much each word belongs to our subject, from 0 to len(KEYNESS)."""
    total = counts.total() or 1
    found = {}
    for word in words:
        usual = (rjieba.suggest_freq(word) + 1) / ANY_TEXT if _is_han(word) else 0
        keyness = math.log10((counts[word] + 0.5) / total / usual) if usual else KEYNESS[-1]
        found[word] = sum(keyness >= step for step in KEYNESS)
    return found


def _shard(
    words: list[str], sections: dict[str, dict[int, int]], asked: dict[str, dict[int, int]], levels: dict[str, int]
) -> dict:
    return {
        "words": " ".join(words),
        "levels": "".join(str(levels[word]) for word in words),
        "sections": " ".join(postings(sections.get(word, {}), LEVELS) for word in words),
        "phrases": " ".join(postings(asked.get(word, {}), 1) for word in words),
    }


def _record(page: SearchPage) -> list:
    sections = [[anchor, heading] for anchor, heading, _ in page.sections]
    return [page.url, page.title, page.kind, page.deadline, sections]


def _phrase_columns(
    phrases: list[tuple[int, int, int]], asked: dict[str, dict[int, int]], levels: dict[str, int], told: int
) -> list[str]:
    """Return the phrases by column: gap of pages, section, source, and what their words weigh together.

    ``told``: how many of them words are counted in.
    """
    sizes = [0.0] * len(phrases)
    for word, entries in asked.items():
        rarity = math.log(1 + told / len(entries)) * WEIGHTS[levels[word]]
        for number in entries:
            sizes[number] += rarity
    gaps, last = [], 0
    for page, _, _ in phrases:
        gaps.append(page - last)
        last = page
    columns = gaps, *([each[at] for each in phrases] for at in (1, 2)), [round(size / SIZE_STEP) for size in sizes]
    return ["".join(map(_digits, column)) for column in columns]


def _tables(pages: list[SearchPage], vocabulary: Vocabulary, lexicon: list[Lexeme]) -> dict:
    known = set("".join(vocabulary.words))
    return {
        "sizes": "".join(_digits(len(page.sections)) for page in pages),
        "ranks": "".join(str(page.rank) for page in pages),
        "listed": _listed(pages),
        "lexicon": [[lexeme.term, *lexeme.aliases] for lexeme in lexicon],
        "spoken": vocabulary.remember(spoken, sorted(vocabulary.named)),
        "sounds": vocabulary.remember(sounds, "".join(sorted(known))),
        "plain": "".join(key + value for key, value in sorted(vocabulary.plain.items()) if value in known),
    }


class Vocabulary:
    """The words of the index: what a dictionary finds in the pages, and the glossary's terms whole."""

    def __init__(self, lexicon: list[Lexeme], remember: Remember) -> None:
        self.remember = remember
        self.plain = remember(simplified)
        names = (normalise(name, self.plain) for lexeme in lexicon for name in (lexeme.term, *lexeme.aliases))
        self.terms = sorted({name for name in names if 1 < len(name) <= LONGEST and _is_han(name)})
        self.named = set(self.terms)  # words that people ask for; only these are understood by their sound
        self.words: list[str] = []

    def words_of(self, texts: list[str], single: str = "") -> list[list[str]]:
        """Return the words of each text, with repetitions: by the dictionary, and each term that stands in it.

        Of single characters, only those of ``single`` are words.
        """
        return self.remember(words_of, texts, self.terms, single)


def words_of(texts: list[str], terms: list[str], single: str) -> list[list[str]]:
    """Return the words of each text; see ``Vocabulary``."""
    known, plain = set(terms), simplified()
    return [list(_words_of(normalise(text, plain), known, single)) for text in texts]


def _words_of(text: str, terms: set[str], single: str) -> Iterator[str]:
    yield from (word for word in numbers_in(text) if len(word) > 1)
    for run in filter(_is_han, runs(text)):
        cut = _cut(run)
        named = list(words_in(run, terms, LONGEST))
        yield from (word for word in cut if (1 < len(word) <= LONGEST or word in single) and not _cuts(word, named))
        yield from (word for word in named if word not in cut)


def _cuts(word: str, named: list[str]) -> bool:
    """Tell whether a guess ends within a term, or begins there: 没揽 and 收算 of 没揽收算我超时, beside 揽收."""
    return _is_guess(word) and any(
        word not in term and (word[-size:] == term[:size] or word[:size] == term[-size:])
        for term in named
        for size in range(1, min(len(word), len(term)))
    )


def spoken(words: list[str]) -> str:
    """Return the words that do not sound like their characters one by one: ``长期chang'qi``."""
    han = [(word, lazy_pinyin(word)) for word in words if _is_han(word)]
    return " ".join(word + "'".join(read) for word, read in han if read != [reading_of(char) for char in word])


def sounds(characters: str) -> str:
    """Return how the common characters and ``characters`` sound; a wrong character sounds like the right one.

    ``a2 ai13 yi ai霭噯``: of the common characters, which the reader's browser knows in their order, the first two, the
    next thirteen, the next one; then the others by name.
    """
    common = common_characters()
    runs = [(reading, sum(1 for _ in run)) for reading, run in groupby(common, reading_of)]
    readings: dict[str, list[str]] = {}
    for char in filter(_is_han, sorted(set(characters) - set(common))):
        readings.setdefault(reading_of(char), []).append(char)
    others = (f"{reading}{''.join(chars)}" for reading, chars in sorted(readings.items()) if reading.isalpha())
    return " ".join([*(f"{reading}{count if count > 1 else ''}" for reading, count in runs), *others])


@lru_cache(maxsize=200_000)
def _cut(run: str) -> tuple[str, ...]:
    return tuple(rjieba.cut_for_search(run)) if _is_han(run) else (run,)


def _is_han(text: str) -> bool:
    return ONLY_HAN.fullmatch(text) is not None


@lru_cache(maxsize=20_000)
def reading_of(char: str) -> str:
    """Return the first reading of a character, without its tone."""
    return lazy_pinyin(char)[0]


@lru_cache(maxsize=1)
def simplified() -> dict[str, str]:
    """Return the simplified form of each traditional character that has exactly one."""
    convert = opencc.OpenCC("t2s").convert
    characters = [chr(code) for code in range(0x4E00, 0xA000)]
    return {char: plain for char in characters if len(plain := convert(char)) == 1 and plain != char}


@lru_cache(maxsize=1)
def common_characters() -> str:
    """Return the 3,755 characters of GB 2312's first level, which a keyboard offers first, in the order of their sound.

    ``commonCharacters`` in web/search/index.js gives the same.
    """
    codes = (bytes((high, low)) for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF))
    return "".join(code.decode("gb2312", "ignore") for code in codes)


def _sections(pages: list[SearchPage], vocabulary: Vocabulary) -> tuple[dict[str, dict[int, int]], Counter[str]]:
    """Return for each word the sections (by number over all pages) with the level of its fit; and all words' counts."""
    counted = [each for found in spread(lambda page: _counted(page, vocabulary), pages) for each in found]
    counts: Counter[str] = Counter()
    for _, body in counted:
        counts.update(body)
    usual = sum(body.total() for _, body in counted) / max(1, len(counted) - _listed(pages)[0])
    found: dict[str, dict[int, int]] = {}
    for number, (head, body) in enumerate(counted):
        size = SATURATION * (1 - LENGTH + LENGTH * body.total() / usual)
        for word in head | body.keys():
            count = body[word]
            fit = count * (SATURATION + 1) / (count + size) + (HEADING if word in head else 0)
            found.setdefault(word, {})[number] = int(fit >= STRONG)
    wanted = (word for word, entries in found.items() if len(entries) > 1 or not BARE.fullmatch(word))
    return {word: _best(found[word]) for word in wanted}, counts


def _listed(pages: list[SearchPage]) -> tuple[int, int]:
    """Return how many sections and phrases stand on pages that are found by phrases; words are not rarer for them."""
    listed = [page for page in pages if page.by_phrases]
    return sum(len(page.sections) for page in listed), sum(len(page.phrases) for page in listed)


def _counted(page: SearchPage, vocabulary: Vocabulary) -> list[tuple[set[str], Counter[str]]]:
    """Return for each section the words of its heading, and how often each word stands in its text."""
    if page.by_phrases:
        return [(set(), Counter()) for _ in page.sections]
    words = vocabulary.words_of([heading for _, heading, _ in page.sections] + [text for _, _, text in page.sections])
    heads = words[: len(page.sections)]
    bodies = heads if page.by_headings else words[len(page.sections) :]
    return [(set(head), Counter(body)) for head, body in zip(heads, bodies, strict=True)]


def _is_guess(word: str) -> bool:
    """Tell whether the cutter made a word of characters that happen to stand side by side (看扣, 期已)."""
    return _is_han(word) and len(word) > 1 and not rjieba.has_word(word)


def _best(entries: dict[int, int]) -> dict[int, int]:
    if len(entries) <= MOST:
        return entries
    kept = sorted(entries, key=lambda number: (-entries[number], number))[:MOST]
    return {number: entries[number] for number in sorted(kept)}


def _phrases(pages: list[SearchPage], vocabulary: Vocabulary):
    """Return the phrases as (page, section, source), and for each word the phrases that hold it."""
    listed: list[tuple[int, int, int]] = []
    found: dict[str, dict[int, int]] = {}
    for number, page in enumerate(pages):
        asked = vocabulary.words_of([text for _, _, text in page.phrases], SINGLE)
        for (source, section, _), words in zip(page.phrases, asked, strict=True):
            if not page.by_phrases:
                vocabulary.named |= set(words)
            for word in words:
                found.setdefault(word, {})[len(listed)] = 0
            listed.append((number, section, source))
    return listed, found


def _sharded(words: list[str], shards: int) -> list[list[str]]:
    parts: list[list[str]] = [[] for _ in range(shards)]
    for word in words:
        if len(word) > 1:  # single characters stand in the core
            parts[shard_of(word, shards)].append(word)
    return parts


def shard_of(word: str, shards: int) -> int:
    """Return the shard of a word by its first two characters, as ``web/search/query.js`` does."""
    return (ord(word[0]) * 31 + ord(word[1])) % shards


def postings(entries: dict[int, int], levels: int) -> str:
    """Write {number: level} as text: for each entry the gap to the one before times ``levels`` plus its level."""
    out, last = [], -1
    for number in sorted(entries):
        out.append(_digits((number - last - 1) * levels + entries[number]))
        last = number
    return "".join(out)


def _digits(number: int) -> str:
    """Write a number in base RADIX, lowest digit first; a digit of the upper half says that another one follows."""
    out = ""
    while number >= RADIX:
        out += DIGITS[RADIX + number % RADIX]
        number //= RADIX
    return out + DIGITS[number]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def phrases_of(keywords: Iterable[str], title: str) -> list[tuple[int, int, str]]:
    """Return what people ask a page by: its keywords and its title."""
    return [(KEYWORD, 0, text) for text in keywords] + [(TITLE, 0, title)]
