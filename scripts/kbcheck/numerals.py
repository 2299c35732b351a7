"""Article numbers: 第五百八十五条 and 585 are the same thing."""

from __future__ import annotations

import re

DIGITS = "零一二三四五六七八九"
UNITS = {"十": 10, "百": 100, "千": 1000}
NUMERAL = r"[零〇一二三四五六七八九十百千]+"


def to_han(number: int) -> str:
    """Return ``number`` (1 to 9999) as a statute writes it: 10 is 十, 105 is 一百零五, 115 is 一百一十五."""
    digits = [int(digit) for digit in f"{number:04d}"]
    text, gap = "", False
    for digit, unit in zip(digits, ("千", "百", "十", ""), strict=True):
        if digit:
            text += ("零" if gap and text else "") + DIGITS[digit] + unit
            gap = False
        else:
            gap = True
    return re.sub(r"^一十", "十", text)


def from_han(text: str) -> int:
    """Return the number that a numeral of a statute stands for, 0 where it is not one."""
    total, digit = 0, 0
    for char in text.replace("〇", "零"):
        if char in UNITS:
            total += (digit or 1) * UNITS[char]
            digit = 0
        elif char in DIGITS:
            digit = DIGITS.index(char)
        else:
            return 0
    return total + digit
