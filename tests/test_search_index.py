"""The index of the search: what is normalised, cut and written, and that the same pages give the same bytes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import search_index
from search_index import DIGITS, GUIDE, LEVELS, RADIX, Lexeme, SearchPage
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
    read, last = {}, -1
    for code in numbers(search_index.postings(entries, LEVELS)):
        last += code // LEVELS + 1
        read[last] = code % LEVELS
    assert read == entries


def files(pages: list[SearchPage]) -> dict:
    for page in pages:
        page.phrases = search_index.phrases_of(["保证金退吗"], page.title)
    return {name: json.loads(text) for name, text in search_index.build(pages, LEXICON)}


def test_index_of_a_small_site() -> None:
    made = files(PAGES)
    assert sorted(made) == ["core.json", "pages0.json", "text0.json", "text1.json", "words0.json"]
    words = made["words0.json"]["words"].split(" ")
    where = dict(zip(words, made["words0.json"]["sections"].split(" "), strict=True))
    assert [code // LEVELS for code in numbers(where["起诉"])] == [2]
    assert "30天" not in where  # an amount that stands in one place alone
    assert numbers(made["core.json"]["sizes"]) == [2, 1]
    assert made["core.json"]["lexicon"] == [["保证金", "押金"], ["起诉", "打官司"]]
    assert made["pages0.json"][0] == ["a/", "押金怎么退", "专题", "7 天", [["", ""], ["x", "多久"]]]
    assert made["text0.json"] == ["说明。", "保证金怎么退。", "退店 30 天。"]


def test_wrong_characters_and_traditional_ones_are_told() -> None:
    core = files(PAGES)["core.json"]
    readings = {char: group.rstrip(char) for group in core["sounds"].split(" ") for char in group}
    assert readings["政"].startswith("zheng")
    assert "證证" in core["plain"]


def test_large_site_is_sharded_and_every_word_lies_in_the_shard_of_its_first_two_characters() -> None:
    many = [
        SearchPage(f"p{number}/", f"页{number}", "专题", GUIDE, "", "", [("", "", f"保证金第{number}号")])
        for number in range(search_index.SHARD_PAGES)
    ]
    made = files(many)
    shards = made["core.json"]["shards"]
    assert shards == search_index.SHARDS
    for number in range(shards):
        words = made[f"words{number}.json"]["words"]
        assert all(search_index.shard_of(word, shards) == number for word in words.split(" ") if word)
    assert len(made["pages0.json"]) == search_index.CHUNK


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
