"""Words written twice, wrong characters, words of yesterday (§7.10 rules 11 and 12)."""

import re
from collections.abc import Iterator

from reports.checks.findings import WARNING, Finding
from reports.checks.passage import Passage
from reports.checks.terms import TERMS
from reports.checks.typos import TYPOS

_REPEATED = re.compile(r"([一-鿿]{2,6})\1")
_FUNCTION = re.compile(r"的的|了了(?!解)|是是(?!非)|与与|在在(?!册|建|校|职|校|岗)|进行进行")
_MIRRORED = re.compile(r"([一-鿿]{3,8})(?:与|和|及|、)\1(?![一-鿿]*(?:之间|相比))")
# Said twice on purpose.
_TWICE = """
一个 一户 一次 一步 一点 一件 一项 一人 一家 一一 人人 家家
户户 时时 处处 事事 天天 年年 层层 样样 研究 讨论 商量 了解
学习 看看 想想 试试 哈哈 谢谢 很多 许多 许许 多多 逐户 逐人
挨家 点点
"""
_ON_PURPOSE = frozenset(_TWICE.split())
_TYPO = re.compile("|".join(map(re.escape, sorted(dict(TYPOS), key=len, reverse=True))))
_RIGHT = dict(TYPOS)
_OLD = {term.old: term for term in TERMS}
_TERM = re.compile("|".join(map(re.escape, sorted(_OLD, key=len, reverse=True))))
_TITLE = re.compile(r"《[^《》\n]{1,80}》")


def check_repeats(passage: Passage) -> Iterator[Finding]:
    """发放发放, 的的; 为民服务与为民服务."""
    flat = passage.flat
    for match in _REPEATED.finditer(flat):
        word = match[1]
        if word in _ON_PURPOSE or len(set(word)) == 1:
            continue
        message = f"“{match[0]}”重复了。"
        yield passage.finding(WARNING, "repeated", message, *match.span(), word)
    for match in _FUNCTION.finditer(flat):
        half = match[0][: len(match[0]) // 2]
        yield passage.finding(WARNING, "repeated", f"“{match[0]}”重复了。", *match.span(), half)
    for match in _MIRRORED.finditer(flat):
        message = f"“{match[0]}”前后是同一个词，请核对。"
        yield passage.finding(WARNING, "repeated", message, *match.span())


def check_typos(passage: Passage) -> Iterator[Finding]:
    for match in _TYPO.finditer(passage.flat):
        right = _RIGHT[match[0]]
        message = f"“{match[0]}”应为“{right}”。"
        yield passage.finding(WARNING, "typo", message, *match.span(), right)


def check_terms(passage: Passage) -> Iterator[Finding]:
    """Outdated words, with today's and since when; titles of documents keep theirs."""
    flat = passage.flat
    titles = [match.span() for match in _TITLE.finditer(flat)]
    for match in _TERM.finditer(flat):
        term = _OLD[match[0]]
        if passage.grounds.period.end.year < term.since:
            continue
        if flat[: match.start()].endswith(term.unless_behind or ("\0",)):
            continue
        if any(start <= match.start() < end for start, end in titles):
            continue
        now = f"，现称“{term.instead}”" if term.instead else ""
        message = f"“{term.old}”是旧称{now}（{term.why}）。"
        yield passage.finding(WARNING, "outdated", message, *match.span(), term.instead or None)
