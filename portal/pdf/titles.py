"""Break a long title as a clerk would: few lines of balanced length, no word torn apart.

GB/T 9704-2012 §7.3.1: 分一行或多行居中排布；回行时，要做到词意完整，排列对称，长短适宜，间距恰当.
"""

import functools
import unicodedata

LINE_WIDTH = 20  # full-width characters of 2号 (22 pt) that fit in 156 mm

# A line of a title may well end after these, the names of units and periods …
_ENDS = (
    *(
        "省",
        "市",
        "区",
        "县",
        "旗",
        "镇",
        "乡",
        "村",
        "街道",
        "社区",
        "办事处",
        "居委会",
        "居民委员会",
    ),
    *("村委会", "村民委员会", "服务站", "服务中心", "联合会", "委员会", "办公室", "领导小组"),
    *(
        "年度",
        "年",
        "上半年",
        "下半年",
        "季度",
        "月份",
        "关于",
        "开展",
        "的",
        "和",
        "与",
        "及",
        "、",
        "，",
        "》",
    ),
)
# … or begin with these; anywhere else a break may tear a word.
_STARTS = (
    "关于",
    "残疾人",
    "志愿服务",
    "环境卫生",
    "全程代办",
    "为民服务",
    "工作总结",
    "工作",
    "“",
    "《",
)
_NOT_FIRST = "，。、；：！？）》〉」』】〕”’…—·的和与及年度"
_NOT_LAST = "（《〈「『【〔“‘第"

_TORN = 10.0  # cost of a break at no known boundary, in characters of imbalance


def title_lines(title: str, width: float = LINE_WIDTH) -> list[str]:
    """The lines of ``title``: those typed, if it holds line feeds, else the most balanced good ones.

    Every line fits ``width`` full-width characters unless a number or foreign word alone is wider.
    """
    typed = [line.strip() for line in title.splitlines() if line.strip()]
    if len(typed) > 1:
        return [part for line in typed for part in _balanced(line, width)]
    return _balanced(typed[0], width) if typed else []


def text_width(text: str) -> float:
    """Width in full-width characters; ASCII letters and digits count half."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.5 for c in text)


def _balanced(line: str, width: float) -> list[str]:
    """A word wider than a line has one of its own, so that some number of lines always holds the title:
    an address in it would else have every number tried, for minutes."""
    cuts = [0, *(at for at in range(1, len(line)) if _may_break(line, at)), len(line)]
    tried = (_into(line, cuts, count, width) for count in range(1, len(cuts)))
    return next(lines for lines in tried if lines)


def _into(line: str, cuts: list[int], count: int, width: float) -> list[str]:
    """The cheapest break of ``line`` at ``cuts`` into ``count`` lines that fit, or [] if there is none."""
    ideal, end = text_width(line) / count, len(cuts) - 1

    @functools.cache
    def cheapest(first: int, left: int) -> tuple[float, tuple[str, ...]] | None:
        if left == 1:
            rest = line[cuts[first] :].strip()
            fits = text_width(rest) <= width or first == end - 1
            return (abs(text_width(rest) - ideal), (rest,)) if fits else None
        options = []
        for last in range(first + 1, end):
            part = line[cuts[first] : cuts[last]].strip()
            if text_width(part) > width and last > first + 1:
                break
            if tail := cheapest(last, left - 1):
                cost = abs(text_width(part) - ideal) + _boundary_cost(line, cuts[last]) + tail[0]
                options.append((cost, (part, *tail[1])))
        return min(options) if options else None

    best = cheapest(0, count)
    return list(best[1]) if best else []


def _may_break(line: str, at: int) -> bool:
    before, after = line[at - 1], line[at]
    if before.isascii() and after.isascii() and before.isalnum() and after.isalnum():
        return False  # inside a number or a foreign word
    return not (
        before in _NOT_LAST or after in _NOT_FIRST or (before.isdigit() and after > "\u2e7f")
    )


def _boundary_cost(line: str, at: int) -> float:
    known = line[:at].endswith(_ENDS) or line[at:].startswith(_STARTS) or line[at - 1] == " "
    return 0.0 if known else _TORN
