"""Text as it is searched: the Python half of one specification; ``web/search/text.js`` is the other half.

``tests/data/search-text.json`` holds pairs of input and output that both halves must reproduce:

1. NFKC, lower case, traditional characters to simplified ones by ``plain`` (a table of pairs).
2. A comma between digits goes: ``2,000`` is ``2000``.
3. What is no Han character, letter ``a-z``, digit, ``.`` or ``%`` becomes a space; ``.`` stays between digits only.
4. Spaces between Han characters go, and those between a digit and a Han character: ``7 天`` is ``7天``.
5. Periods take one form: ``七天`` is ``7天`` (but for ``七天无理由``, a name), ``申诉期昨天过了``,
   ``过了申诉期`` are ``申诉期逾期``.
6. So does what was turned down: ``申诉没过``, ``没通过``, ``申诉也不认`` is ``驳回``, while ``申诉期没过`` stays.
7. So does what nobody gave a reason for, said in words of grammar alone: ``不知道为什么扣``, ``啥原因也没写`` is
   ``原因不明``, while ``申诉理由没写清`` and ``驳回没说原因`` stay.
8. A verb with its object, which speech takes apart, is one word: ``刷个单`` is ``刷单``, ``提不了现`` is ``提现不了``,
   while ``退了货款`` and ``发了单号`` stay.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

HAN = "\u3400-\u4dbf\u4e00-\u9fff"
COMMA = re.compile(r"(?<=\d),(?=\d)")
OTHER = re.compile(rf"(?:[^{HAN}a-z0-9.%]|(?<!\d)\.|\.(?!\d))+")
JOINED = re.compile(rf"(?<=[{HAN}]) +(?=[{HAN}0-9])|(?<=[0-9]) +(?=[{HAN}])")
LASTING = re.compile("([二三四五六七八九]?十)?([一二三四五六七八九]?)(个?工作日|个?自然日|小时|天)(?!无理由)")
TENS = "一二三四五六七八九"
OVER = re.compile("(期|限|时间|时效|天|小时)(?:已经|已|都|早就|早|刚刚|刚|就|昨天|今天|前天)?过[了去]")
PAST = re.compile("错?过了(申诉期|举证期)")
OVERDUE = "逾期"
REFUSED = re.compile(
    "(?:没有?|未)通过|不通过(?!平台)|(?<=[诉核审次都又还])没过(?!期|时效)(?:审(?!核))?|(?<=申诉)[也都又还]?不认(?![可识为])"
)
REFUSAL = "驳回"
UNEXPLAINED = re.compile(
    "(?:不知道?|不清楚|不明白|不晓得|搞不懂)(?:到底)?(?:是|因)?(?:为什么|为啥|为何|什么原因|啥原因|原因)"
    "|(?:为什么|为啥|为何)(?=[又要会就]?[扣罚])"
    "|([诉回]了?)?(?:(?:什么|啥)?(?:原因|理由)[也都又就]?(?:没有?|不|未)[写说给讲提](?:清楚?)?"
    "|(?:没有?|不|未)[写说给讲提](?:清楚?)?(?:是|什么|啥)?(?:原因|理由|为什么|为啥))"
)
REASONLESS = "原因不明"
APART = re.compile(
    "([刷退扣罚发补换起申上撤投报关封开提立结])(了个|了几|过几|不了|不出|不成|[了过完个几])"
    "(单(?!号)|[款货](?!款)|现(?![金在有])|[诉警店缴案庭])"
)
TOGETHER = frozenset(
    [
        *("刷单", "扣款", "罚款", "补货", "换货", "起诉", "申诉", "上诉", "撤诉", "投诉", "报警"),
        *("关店", "封店", "开店", "退店", "提现", "补缴", "立案", "结案", "开庭"),
    ]
)
RUN = re.compile(rf"[{HAN}]+|[a-z0-9.%]+")
# A number with the unit that follows it is one word: 7天, 48小时, 2000元.
UNITS = ("个工作日", "工作日", "自然日", "小时", "分钟", "个月", "天", "日", "年", "元", "次", "分", "倍", "条", "单")


def normalise(text: str, plain: dict[str, str]) -> str:
    """Return ``text`` in the form in which it is compared. Linear in its length."""
    folded = unicodedata.normalize("NFKC", text).lower()
    folded = "".join(plain.get(char, char) for char in folded)
    counted = _as_counted(JOINED.sub("", OTHER.sub(" ", COMMA.sub("", folded))).strip())
    refused = REFUSED.sub(REFUSAL, APART.sub(_together, counted))
    return UNEXPLAINED.sub(lambda found: found[0] if found[1] else REASONLESS, refused)


def _together(found: re.Match) -> str:
    """Return a verb and its object as one word, if they are one; 不了 is kept, behind it."""
    verb, between, thing = found.groups()
    return found[0] if verb + thing not in TOGETHER else verb + thing + ("不了" if between[0] == "不" else "")


def _as_counted(text: str) -> str:
    return LASTING.sub(_in_digits, OVER.sub(rf"\1{OVERDUE}", PAST.sub(rf"\1{OVERDUE}", text)))


def _in_digits(period: re.Match) -> str:
    """Return a period with its number in digits; 一天 is an ordinary word, and one without a number is no period."""
    tens, ones, unit = period.groups("")
    value = {"": 0} | {numeral: at for at, numeral in enumerate(TENS, 1)}
    number = (10 if tens == "十" else 10 * value[tens[:1]]) + value[ones]
    return f"{number}{unit}" if number > 1 else period[0]


def runs(text: str) -> list[str]:
    """Return the runs of Han characters, and of letters and digits, of a normalised text."""
    return RUN.findall(text)


def words_in(run: str, vocabulary: set[str], longest: int) -> Iterator[str]:
    """Yield every word of ``vocabulary`` in a Han run, also inside longer ones; at most len(run) x longest steps."""
    for start in range(len(run)):
        for end in range(start + 2, min(start + longest, len(run)) + 1):
            if run[start:end] in vocabulary:
                yield run[start:end]


def numbers_in(text: str) -> Iterator[str]:
    """Yield each Latin word and number of a normalised text, a number also together with its unit."""
    found = runs(text)
    for position, run in enumerate(found):
        if not re.match(rf"[{HAN}]", run):
            yield run
            after = found[position + 1] if position + 1 < len(found) else ""
            unit = next((unit for unit in UNITS if after.startswith(unit)), "")
            if unit and run[-1].isdigit() and run + unit in text:
                yield run + unit
