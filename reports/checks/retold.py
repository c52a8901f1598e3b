"""Sentences of the records with other numbers in them: they say something else than the records."""

from collections.abc import Iterator
from difflib import SequenceMatcher

from reports.checks.findings import ERROR, WARNING, Finding
from reports.checks.passage import Document
from reports.checks.records import Told, sentences
from reports.checks.typed import NUMBER, narrow

SHOWN = 3  # candidates named where several sentences of the records differ only in their numbers


def check_records(document: Document) -> Iterator[Finding]:
    """A sentence of the records with another number in it. What is told of the others of its kind
    elsewhere in the text is not what this one should say."""
    found = [
        (passage, start, end, told, like)
        for passage in document.sections
        for start, end, told in sentences(passage.printed, passage.text)
        if (like := passage.records.like(told.printed))
    ]
    used = {narrow(told.printed) for _, _, _, told, like in found}
    for passage, start, end, told, like in found:
        if narrow(told.printed) in like:
            yield from _typed_copy(passage, start, end, told, like[narrow(told.printed)])
        else:
            free = [each for each in like.values() if each.printed not in used]
            yield _changed(passage, start, end, told, free, like)


def _typed_copy(passage, start, end, told: Told, original: Told) -> Iterator[Finding]:
    """The records' own sentence, its figures typed: the same words, but they will not follow."""
    if told.stored == original.stored or "{" not in original.stored or "{" in told.stored:
        return
    begin, stop = _trimmed(passage.text, start, end)
    message = "这句中的数字是手工填写的，与记录相同；改成指标后可查到每一条记录。"
    yield passage.finding(WARNING, "typed", message, begin, stop, original.stored)


def _changed(passage, start, end, told: Told, free: list[Told], like) -> Finding:
    begin, stop = _trimmed(passage.text, start, end)
    if not free:
        message = "这句只有数字与按记录起草的句子不同，记录中没有这一条，请核对或补登记录。"
        return passage.finding(WARNING, "record", message, begin, stop)
    free.sort(key=lambda each: -SequenceMatcher(None, each.printed, told.printed).ratio())
    differing = _numbers_that_differ(told.printed, free[0].printed)
    if len(free) == 1:
        message = f"这句的数字与记录不符：{differing}。"
    else:
        rest = "；".join(each.printed.rstrip("。") for each in free[:SHOWN])
        message = f"这句的数字与记录不符，记录中是：{rest}。"
    return passage.finding(ERROR, "record", message, begin, stop, free[0].stored)


def _numbers_that_differ(typed: str, true: str) -> str:
    pairs = zip(NUMBER.findall(narrow(typed)), NUMBER.findall(narrow(true)), strict=True)
    return "、".join(f"写成了{one}，按记录应为{other}" for one, other in pairs if one != other)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - (len(words) - len(words.rstrip()))
