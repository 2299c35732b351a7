"""The index of the search: what is normalised, cut and written, and that the same pages give the same bytes."""

from __future__ import annotations

import itertools
import json
import re
from math import log
from pathlib import Path

import pytest

import search_index
from search_index import (
    DIGITS,
    EVENT,
    GUIDE,
    KEYWORD,
    LEVELS,
    LONGEST,
    RADIX,
    SIZE_STEP,
    TITLE,
    WEIGHTS,
    Lexeme,
    SearchPage,
)
from search_text import normalise, numbers_in, words_in

VECTORS = json.loads((Path(__file__).parent / "data/search-text.json").read_text("utf-8"))
PAGES = [
    SearchPage(
        "a/", "押金怎么退", "专题", GUIDE, "说明。", "7 天", [("", "", "保证金怎么退。"), ("x", "多久", "退店 30 天。")]
    ),
    SearchPage("b/", "起诉", "步骤", GUIDE, "说明。", "", [("", "", "向法院起诉，受理费 50 元。")]),
]
LEXICON = [Lexeme("保证金", ("押金",)), Lexeme("起诉", ("打官司",))]


@pytest.mark.parametrize(("text", "wanted"), VECTORS["pairs"])
def test_normalise(text: str, wanted: str) -> None:
    assert normalise(text, VECTORS["plain"]) == wanted
    assert normalise(wanted, VECTORS["plain"]) == wanted


def test_words_within_words_and_numbers_with_their_unit() -> None:
    assert list(words_in("保证金额", {"保证", "保证金", "金额"}, 8)) == ["保证", "保证金", "金额"]
    run = "平台没有说清楚为什么扣保证金的"  # longer than a word may be, odd in its length, a word in each part
    assert list(words_in(run, {"平台", "清楚", "什么扣", "保证金", "金的", "扣"}, 8)) == [
        "平台",
        "清楚",
        "什么扣",
        "保证金",
        "金的",
    ]
    assert list(words_in(run, {"保证金", "金的"}, 2)) == ["金的"]
    assert list(numbers_in("48小时内交2000元a类")) == ["48", "48小时", "2000", "2000元", "a"]


@pytest.mark.parametrize("case", VECTORS["numbers"], ids=lambda case: case["number"])
def test_number_is_a_word_where_it_stands_whole(case: dict) -> None:
    word = normalise(case["number"], {})
    for text in case["found"]:
        assert word in numbers_in(normalise(text, {})), text
    for text in case["missed"]:
        assert word not in numbers_in(normalise(text, {})), text


def numbers(text: str) -> list[int]:
    """Read numbers as web/search/index.js does."""
    found, value, scale = [], 0, 1
    for char in text:
        digit = DIGITS.index(char)
        value += digit % RADIX * scale
        if digit < RADIX:
            found.append(value)
            value, scale = 0, 1
        else:
            scale *= RADIX
    return found


@pytest.mark.parametrize("entries", [{}, {0: 0}, {0: 1, 1: 0, 40: 1, 5000: 0, 5001: 1}])
def test_postings_can_be_read_back(entries: dict[int, int]) -> None:
    assert read(search_index.postings(entries, LEVELS), LEVELS) == entries


def files(pages: list[SearchPage]) -> dict:
    for page in pages:
        page.phrases = search_index.phrases_of(["保证金退吗"], page.title)
    return {name: json.loads(text) for name, text in search_index.build(pages, LEXICON)}


def read(entries: str, levels: int) -> dict[int, int]:
    """Read postings as web/search/index.js does: {number: level}."""
    found, last = {}, -1
    for code in numbers(entries):
        last += code // levels + 1
        found[last] = code % levels
    return found


def held(shard: dict) -> dict[str, tuple[dict[int, int], dict[int, int]]]:
    """Return the words of a shard, each with the sections and the phrases that hold it."""
    columns = (shard[name].split(" ") for name in ("words", "sections", "phrases"))
    return {word: (read(at, LEVELS), read(asked, 1)) for word, at, asked in zip(*columns, strict=True)}


def test_index_of_a_small_site() -> None:
    made = files(PAGES)
    found = held(made["words0.json"])
    assert found["保证金"] == ({0: 0}, {0: 0, 2: 0})  # in the text of the first section, in the keyword of both pages
    assert found["多久"] == ({1: 0}, {})
    assert found["押金"] == ({}, {1: 0})
    assert found["起诉"] == ({2: 0}, {3: 0})
    assert held(made["core.json"]["single"]) == {"退": ({}, {0: 0, 1: 0, 2: 0})}
    pages, sections, sources, sizes = map(numbers, made["core.json"]["phrases"])
    assert (pages, sections, sources) == ([0, 0, 1, 0], [0] * 4, [KEYWORD, TITLE] * 2)  # of the pages, the gaps
    assert [sizes[1], sizes[3]] == [round((2 * log(5) + log(7 / 3)) / SIZE_STEP), round(log(5) / SIZE_STEP)]
    assert (made["core.json"]["sizes"], made["core.json"]["ranks"]) == ("21", "22")
    assert "30天" not in found  # an amount that stands in one place alone
    assert made["core.json"]["lexicon"] == [["保证金", "押金"], ["起诉", "打官司"]]
    assert made["pages0.json"][0] == ["a/", "押金怎么退", "专题", "7 天", [["", ""], ["x", "多久"]]]
    assert made["text0.json"] == ["说明。", "保证金怎么退。", "退店 30 天。"]


def test_wrong_characters_and_traditional_ones_are_told() -> None:
    core = files(PAGES)["core.json"]
    readings = readings_of(core["sounds"])
    assert readings["政"] == "zheng"
    assert "證证" in core["plain"]
    assert search_index.spoken(["长期", "起诉", "7天", "调解"]) == "长期chang'qi 调解tiao'jie"


def test_every_character_of_a_keyboard_and_of_the_pages_has_its_sound() -> None:
    text = search_index.sounds("诉霭噯a7")
    assert text.startswith("a2 ai13 an9 ")
    assert text.endswith(" ai噯霭")
    readings = readings_of(text)
    assert set(search_index.common_characters()) < readings.keys()
    assert len(readings) == 3755 + 2
    assert all(reading == search_index.reading_of(char) for char, reading in readings.items())
    assert len(text.encode()) < 4000  # by name they take four times as much


def readings_of(sounds: str) -> dict[str, str]:
    """Read how characters sound, as readingsOf in web/search/index.js does."""
    common, readings = iter(search_index.common_characters()), {}
    for reading, rest in re.findall(r"([a-z]+)(\S*)", sounds):
        chars = rest if rest and not rest.isdigit() else itertools.islice(common, int(rest or 1))
        readings.update(dict.fromkeys(chars, reading))
    return readings


def test_large_site_is_sharded_and_every_word_lies_in_the_shard_of_its_first_two_characters() -> None:
    many = [
        SearchPage(f"p{number}/", f"页{number}", "专题", GUIDE, "", "", [("", "", f"保证金第{number}号")])
        for number in range(search_index.SHARD_PAGES)
    ]
    many[-1].sections = [("", "保证金", "保证金")]
    made = files(many)
    shards = made["core.json"]["shards"]
    assert shards == search_index.SHARDS
    for number in range(shards):
        words = made[f"words{number}.json"]["words"]
        assert all(search_index.shard_of(word, shards) == number for word in words.split(" ") if word)
    entries = held(made[f"words{search_index.shard_of('保证金', shards)}.json"])["保证金"][0]
    assert len(entries) == search_index.MOST  # of a word that stands everywhere, the first and the best
    assert (entries[0], entries[len(many) - 1]) == (0, 1)
    chunks = [made[f"pages{number}.json"] for number in range(sum(name.startswith("pages") for name in made))]
    assert [page[0] for chunk in chunks for page in chunk] == [page.url for page in many]
    assert {len(chunk) for chunk in chunks[:-1]} == {search_index.CHUNK} == {made["core.json"]["chunk"]}


def test_word_fits_a_section_that_is_about_it() -> None:
    """Said over and over in a short text, or less often under a heading that names it; not once among much else."""
    texts = ["申诉" * 4 + "知道" * 6, "申诉" * 6 + "知道" * 60, "申诉" + "知道" * 20, "知道" * 20, "知道" * 4]
    sections = [("", "", texts[0]), ("b", "", texts[1]), *((each, "申诉", texts[2 + each]) for each in range(3))]
    made = dict(search_index.build([SearchPage("a/", "题", "", GUIDE, "", "", sections)], []))
    assert held(json.loads(made["words0.json"]))["申诉"] == ({0: 1, 1: 0, 2: 1, 3: 0, 4: 0}, {})


@pytest.mark.parametrize(
    ("kind", "found"), [({}, {"保证金", "申诉"}), ({"by_headings": True}, {"申诉"}), ({"by_phrases": True}, set())]
)
def test_page_that_says_what_others_say_is_found_by_less(kind: dict[str, bool], found: set[str]) -> None:
    other = SearchPage("a/", "题", "", GUIDE, "", "", [("", "", "起诉。")])
    page = SearchPage("b/", "题", "", GUIDE, "", "", [("x", "申诉", "保证金。")], **kind)
    words = json.loads(dict(search_index.build([other, page], []))["words0.json"])["words"]
    assert {"保证金", "申诉"} & set(words.split()) == found


def test_term_of_the_glossary_is_a_word_whole_and_what_cuts_it_is_none() -> None:
    page = SearchPage("a/", "题", "", GUIDE, "", "", [("", "", "没揽收算我超时，极速退没到，先行赔付保障计划。")])
    names = ("极速退", "揽收", "先行赔付保障计划")  # the last as long as a word may be
    with_names, without = (
        set(json.loads(dict(search_index.build([page], lexicon))["words0.json"])["words"].split())
        for lexicon in ([Lexeme("甲", names)], [])
    )
    assert with_names - without == set(names)


@pytest.mark.parametrize(("word", "shards", "shard"), VECTORS["shards"])
def test_shard_of_a_word_is_the_one_that_the_browser_asks_for(word: str, shards: int, shard: int) -> None:
    assert search_index.shard_of(word, shards) == shard


def test_the_script_reads_the_index_by_the_numbers_it_was_written_with() -> None:
    scripts = Path(search_index.__file__).parent.parent / "web/search"
    text = (scripts / "index.js").read_text("utf-8") + (scripts / "rank.js").read_text("utf-8")
    ours = {"RADIX": RADIX, "LEVELS": LEVELS, "SIZE_STEP": SIZE_STEP, "LONGEST_WORD": LONGEST, "EVENT": EVENT}
    for name, value in (ours | {"DIGITS": DIGITS, "WEIGHTS": list(WEIGHTS)}).items():
        assert re.search(rf"const {name} = (.+?);", text)[1].replace("'", '"') == json.dumps(value), name


def test_same_pages_give_the_same_folder(tmp_path: Path) -> None:
    names = {search_index.write(tmp_path / str(number), PAGES, LEXICON) for number in range(2)}
    assert len(names) == 1
    files_of = [sorted(path.read_bytes() for path in (tmp_path / str(number)).rglob("*.json")) for number in range(2)]
    assert files_of[0] == files_of[1]


def test_words_of_our_subject_weigh_more_than_words_of_any_text() -> None:
    page = SearchPage(
        "a/", "保证金", "专题", GUIDE, "", "", [("", "", "保证金被扣，自己申诉。" * 5 + "知道。" + "店铺规则。" * 2000)]
    )
    words = json.loads(dict(search_index.build([page], []))["words0.json"])
    levels = dict(zip(words["words"].split(" "), words["levels"], strict=True))
    assert levels["保证金"] == levels["申诉"] == "3"
    assert levels["知道"] < "3"


def test_characters_that_happen_to_stand_together_are_no_word_unless_people_ask_for_them() -> None:
    def words_of(*keywords: str) -> list[str]:
        page = SearchPage("a/", "保证金", "专题", GUIDE, "", "", [("", "", "知道原因，看扣多少。")])
        page.phrases = search_index.phrases_of(keywords, page.title)
        return json.loads(dict(search_index.build([page], []))["words0.json"])["words"].split(" ")

    guessed = "看扣"
    assert guessed not in words_of()
    assert "多少" in words_of()
    assert guessed in words_of("看扣多少")
