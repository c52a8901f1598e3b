"""Punctuation and numerals (GB/T 15834-2011, GB/T 15835-2011; domain §5.2, §5.3; §7.10 rule 18)."""

import re
from collections.abc import Iterator

from reports.checks.findings import WARNING, Finding
from reports.checks.passage import Passage
from reports.checks.typed import HIDDEN

HAN = "一-鿿"
_HALF = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
# A half-width mark with a Chinese character, a figure or a full-width mark on one of its sides.
_HALF_MARK = re.compile(
    rf"(?<=[{HAN}{HIDDEN}”》）)])[,;:?!](?!\d{{3}}(?!\d)|//)|[,;?!](?=[{HAN}“《（])"
)
_HALF_STOP = re.compile(rf"(?<=[{HAN}{HIDDEN}”》）])\.(?![\d.A-Za-z])")
_BRACKETS = re.compile(r"\(([^()\n]{1,60})\)")
_BRACKET_ALONE = re.compile(rf"(?<=[{HAN}])\(|\((?=[{HAN}])|(?<=[{HAN}])\)")
_STRAIGHT = re.compile(r"\"([^\"\n]{1,60})\"")
_NESTED = re.compile(r"“([^“”\n]{0,60})“([^“”\n]{1,60})”")
_DOTS = re.compile(r"\.{3,}|。{2,}|(?<!…)…(?!…)|…{3,}|·{3,}")
_DASH = re.compile(rf"(?<=[{HAN}”])(?:――+|--+|―|－－+|—(?!—)(?<!——))(?=[{HAN}“])")
_DOUBLED = re.compile(
    r"([，、；：])\1+|[，、；：]([。！？；])|。([，；、])|([！？])[！？。]*(?<!\4)"
)
_RANGE = re.compile(
    r"(?<![\d\-—～.年月])(\d{1,6}(?:\.\d{1,3})?)(%?)(?:-|－|~|–)(\d{1,6}(?:\.\d{1,3})?)(?=(%|周?岁|人次?|户|元|天|个|次|件|小时|年|月|日|平方米))"
)
_SHORT_YEAR = re.compile(r"(?<![\d第])['’]?(\d{2})年(?=度|上半年|下半年|\d{1,2}月|工作|全年)")
_NUMBER_OF_PAPER = re.compile(r"[\[【（(［](20\d{2})[\]】）)］]\s?(?:第)?0*(\d{1,5})号")
_ABOUT = re.compile(r"([一二三四五六七八])、([二三四五六七八九])(?=[次天户个人件名项])")
_TITLED = re.compile(
    r"(?:印发|下发|出台|制定|制订|修订|发布|转发|学习|依据|根据|按照|贯彻|落实|执行)了?(?:的)?"
    r"(?P<open>[“（(])(?P<name>[^“”（）()《》\n]{2,50}(?:条例|办法|规定|规则|细则|方案|意见|通知|规划|纲要|计划|法|决定|公约|制度汇编))(?P<close>[”）)])"
)
_DIGIT_YEAR = re.compile(r"[〇零一二三四五六七八九]{4}年")
_DIGITS = {mark: str(n) for n, mark in enumerate("〇一二三四五六七八九")} | {"零": "0"}


def check_marks(passage: Passage) -> Iterator[Finding]:
    """Each with what should stand there, where that can be told."""
    flat = passage.flat
    for rule in (_half_width, _quotes, _dots_and_dashes, _doubled, _titles, _numerals):
        yield from rule(passage, flat)


def _marked(passage: Passage, message, start, end, instead=None) -> Finding:
    return passage.finding(WARNING, "punctuation", message, start, end, instead)


def _half_width(passage: Passage, flat: str) -> Iterator[Finding]:
    text = passage.text
    for match in _HALF_MARK.finditer(flat):
        if text[match.start()] != match[0]:
            continue
        instead = _HALF[match[0]]
        yield _marked(passage, f"中文里用全角“{instead}”。", *match.span(), instead)
    for match in _HALF_STOP.finditer(flat):
        if _starts_line(flat, match.start()):
            continue
        yield _marked(passage, "句号用“。”。", *match.span(), "。")
    paired = set()
    for match in _BRACKETS.finditer(flat):
        inner = match[1]
        if re.search(rf"[{HAN}{HIDDEN}]", inner) or _beside_han(flat, *match.span()):
            paired |= {match.start(), match.end() - 1}
            whole = text[match.start() : match.end()]
            if _level_mark(flat, match.start()):
                continue  # numbering speaks of it
            instead = f"（{whole[1:-1]}）"
            yield _marked(passage, "中文里用全角括号（ ）。", *match.span(), instead)
    for match in _BRACKET_ALONE.finditer(flat):
        if match.start() not in paired and not _in_any(match.start(), _BRACKETS, flat):
            instead = "（" if match[0] == "(" else "）"
            yield _marked(passage, "中文里用全角括号（ ）。", *match.span(), instead)


def _starts_line(flat: str, position: int) -> bool:
    return bool(re.fullmatch(r"\s{0,4}[一二三四五六七八九十]{1,3}", _line_before(flat, position)))


def _line_before(flat: str, position: int) -> str:
    return flat[flat.rfind("\n", 0, position) + 1 : position]


def _level_mark(flat: str, start: int) -> bool:
    return not _line_before(flat, start).strip()


def _beside_han(flat: str, start: int, end: int) -> bool:
    beside = flat[start - 1 : start] + flat[end : end + 1]
    return bool(re.search(rf"[{HAN}{HIDDEN}]", beside))


def _in_any(position: int, pattern: re.Pattern, flat: str) -> bool:
    return any(
        match.start() <= position < match.end()
        for match in pattern.finditer(flat, max(0, position - 62), position + 62)
    )


def _quotes(passage: Passage, flat: str) -> Iterator[Finding]:
    for match in _STRAIGHT.finditer(flat):
        inner = passage.text[match.start(1) : match.end(1)]
        if inner.strip():
            yield _marked(passage, "中文里用弯引号“ ”。", *match.span(), f"“{inner}”")
    for match in _NESTED.finditer(flat):
        start, end = match.start(2) - 1, match.end(2) + 1
        inner = passage.text[start + 1 : end - 1]
        yield _marked(passage, "引号里再用引号时，里面的用‘ ’。", start, end, f"‘{inner}’")


def _dots_and_dashes(passage: Passage, flat: str) -> Iterator[Finding]:
    for match in _DOTS.finditer(flat):
        yield _marked(passage, "省略号用六个点“……”。", *match.span(), "……")
    for match in _DASH.finditer(flat):
        yield _marked(passage, "破折号用“——”。", *match.span(), "——")


def _doubled(passage: Passage, flat: str) -> Iterator[Finding]:
    for match in _DOUBLED.finditer(flat):
        if len(match[0]) < 2:
            continue
        instead = match[1] or match[2] or (match[0][-1] if match[3] else match[0][0])
        if match[3]:
            instead = "。"
        yield _marked(passage, f"标点“{match[0]}”重复。", *match.span(), instead)


def _titles(passage: Passage, flat: str) -> Iterator[Finding]:
    for match in _TITLED.finditer(flat):
        start, end = match.start("open"), match.end("close")
        name = passage.text[start + 1 : end - 1]
        yield _marked(passage, "文件名称用书名号《 》。", start, end, f"《{name}》")


def _numerals(passage: Passage, flat: str) -> Iterator[Finding]:
    for match in _RANGE.finditer(flat):
        first, sign, last, unit = match.groups()
        sign = sign or ("%" if unit == "%" else "")
        message = "数值范围用“～”，百分数两头都带“%”。" if sign else "数值范围用“～”。"
        yield _marked(passage, message, *match.span(), f"{first}{sign}～{last}")
    for match in _SHORT_YEAR.finditer(flat):
        year = passage.grounds.period.start.year // 100 * 100 + int(match[1])
        if abs(year - passage.grounds.period.start.year) <= 5:
            yield _marked(passage, "年份写四位数。", match.start(), match.end(1), f"{year}")
    for match in _NUMBER_OF_PAPER.finditer(flat):
        instead = f"〔{match[1]}〕{match[2]}号"
        yield _marked(passage, "发文字号写成如“〔2025〕12号”。", *match.span(), instead)
    for match in _ABOUT.finditer(flat):
        if "一二三四五六七八九".find(match[2]) == "一二三四五六七八九".find(match[1]) + 1:
            instead = match[1] + match[2]
            yield _marked(passage, "相邻数字表示概数时中间不用顿号。", *match.span(), instead)
    for match in _DIGIT_YEAR.finditer(flat):
        year = "".join(_DIGITS[mark] for mark in match[0][:-1])
        yield _marked(passage, "年份用阿拉伯数字。", *match.span(), f"{year}年")
