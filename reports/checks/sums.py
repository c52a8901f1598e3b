"""Totals in running text: what was told before them adds up, and nothing counts twice (§7.10 rules 15, 16)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from reports.checks.findings import ERROR, Finding
from reports.checks.passage import FURTHEST, Passage
from reports.checks.typed import HIDDEN, Typed

MOST, LONGEST = 16, 24  # terms of a total; characters in which a term's noun stands
TOTAL = re.compile(r"合计|共计|总计|一共|总共|累计共")
_WITHIN = re.compile(r"其中|包括|包含|内含|内设|下设|（含|\(含")
_ENDS_WITHIN = re.compile(r"[；;。！？\n]|另有|另外|此外|还有")
_NOUN = re.compile(r"([一-鿿]{1,16})$")
_VERBS = re.compile(
    r"^(?:全年|今年|本年|期内|截至|现有|共有|其中|以及|和|及|有|为|达|共|在册|登记|发放|走访|慰问|救助|培训|服务|组织|开展|办理|受理)+"
)
_COUNTED = re.compile(r"[约近]?[\d,.]{1,16}[人名位户次件份个]{1,2}([一-鿿]{2,12})")
_LINK = "为是共有达计约近"


@dataclass(frozen=True)
class Term:
    """A number told before a total: ``noun`` is what stands before it, ``within`` that the text itself
    says it is a part of what was told before."""

    start: int
    value: Decimal
    noun: str
    within: bool


def check_sums(passage: Passage) -> Iterator[Finding]:
    """A total that is not the sum of what was told before it, or one that adds a part to its whole."""
    for typed in passage.loose_numbers:
        if typed.measure in {"", "%"} or not TOTAL.search(passage.flat, *_reach(typed)):
            continue
        terms = terms_of(passage, typed)
        if len(terms) > 1 and (finding := _judged(passage, typed, terms)):
            yield finding


def is_sum(passage: Passage, typed: Typed) -> bool:
    """A total of what was just told, which says nothing of a figure."""
    if not TOTAL.search(passage.flat, *_reach(typed)):
        return False
    terms = terms_of(passage, typed)
    return len(terms) > 1 and typed.value in _sums(passage, terms)


def _reach(typed: Typed) -> tuple[int, int]:
    return max(typed.clause[0], typed.after), typed.wide_end


def _judged(passage: Passage, typed: Typed, terms: list[Term]) -> Finding | None:
    right, every = _sums(passage, terms)
    if typed.value == right:
        return None
    words = passage.text[typed.start : typed.end]
    if typed.value == every:
        names = "、".join(t.noun or f"{t.value:f}" for t in parts_of(passage, terms))
        message = f"“{words}”把{names}重复计算了：它已包含在前面的数里，不重复的合计是{right:f}{typed.measure}。"
        rule = "double"
    else:
        rule, message = "sum", f"前面几项相加是{right:f}{typed.measure}，合计写成了“{words}”。"
    return passage.finding(ERROR, rule, message, typed.start, typed.end, f"{right:f}")


def _sums(passage: Passage, terms: list[Term]) -> tuple[Decimal, Decimal]:
    """(without what is contained in another term, with everything)."""
    inside = parts_of(passage, terms)
    every = sum(term.value for term in terms)
    return every - sum(term.value for term in inside), every


def parts_of(passage: Passage, terms: list[Term]) -> list[Term]:
    """The terms that are part of another one: said to be (其中), named as one (持证残疾人 of 残疾人), or
    the unit of a street whose own number stands there too."""
    return [
        term
        for term in terms
        if term.within or any(other is not term and _holds(passage, other, term) for other in terms)
    ]


def _holds(passage: Passage, whole: Term, part: Term) -> bool:
    if whole.value < part.value or not whole.noun or not part.noun:
        return False
    unit, below = passage.grounds.own, passage.grounds.below
    all_of_it = {unit, "全街道", "全镇", "全社区", "全街", "辖区"}
    if unit and _names(whole.noun, all_of_it) and _names(part.noun, below):
        return True
    longer = len(part.noun) > len(whole.noun)
    return longer and len(whole.noun) >= 2 and part.noun.endswith(whole.noun)


def _names(noun: str, names) -> bool:
    return any(name in noun for name in names)


def terms_of(passage: Passage, typed: Typed) -> list[Term]:
    """The numbers of the same measure before a total in its sentence, typed or told by a figure."""
    begin, end = typed.sentence[0], _reach(typed)[0]
    flat, terms = passage.flat, []
    for count in passage.counts_before(begin, end)[-MOST:]:
        if count.measure == typed.measure:
            before = flat[max(begin, count.start - FURTHEST) : count.start]
            noun = _noun(before[-LONGEST:]) or _behind(flat, count.start)
            terms.append(Term(count.start, count.value, noun, _is_within(before)))
    return terms


def _is_within(before: str) -> bool:
    opened = max((match.end() for match in _WITHIN.finditer(before)), default=-1)
    return opened >= 0 and not _ENDS_WITHIN.search(before, opened)


def check_shares(passage: Passage) -> Iterator[Finding]:
    """其中 cannot be more than the whole of which it is told."""
    for typed in passage.loose_numbers:
        begin = max(typed.sentence[0], typed.start - FURTHEST)
        opened = passage.flat.rfind("其中", begin, typed.start)
        if (
            opened < 0
            or typed.measure in {"", "%"}
            or not _is_within(passage.flat[opened : typed.start])
        ):
            continue
        told = passage.counts_before(typed.sentence[0], opened)
        if told and told[-1].measure == typed.measure and typed.value > told[-1].value:
            whole = told[-1].value
            words = passage.text[typed.start : typed.end]
            message = f"其中一项是{words}{typed.word}，比全部（{whole:f}{typed.word}）还多。"
            yield passage.finding(ERROR, "share", message, typed.start, typed.end)


def _behind(flat: str, start: int) -> str:
    """3名残疾人 → 残疾人."""
    found = _COUNTED.match(flat, start)
    return found[1] if found else ""


def _noun(before: str) -> str:
    """What a number counts: 在册残疾人156人 → 残疾人."""
    found = _NOUN.search(before.rstrip(_LINK + HIDDEN + " "))
    return _VERBS.sub("", found[1]) if found else ""
