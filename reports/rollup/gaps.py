"""What the checker says of the summaries below: who has not issued, and a sentence of it that is no longer
true."""

import re
from collections.abc import Iterable, Iterator

from portal.summaries import Outline, Telling
from reports.checks.findings import WARNING, Finding, Piece
from reports.rollup.standings import tallied

# 截至次年1月15日，所辖12个社区中，残疾人工作总结已签发9份，尚未签发的是…。
# 截至次年1月15日，所辖12个社区均未签发残疾人工作总结。
_SAID = re.compile(
    r"截至[^，。\n]{1,12}，"
    r"(所辖\d+个[^，。\n]{2,4}(?:中，[^。\n]*已签发\d+份[^。\n]*|均未签发[^。\n]*)。)"
)


def check_below(outline: Outline, telling: Telling, pieces: Iterable[Piece]) -> Iterator[Finding]:
    """Nothing for a community, or of kinds that nobody below writes."""
    told = tallied(outline, telling)
    said = told.sentence
    if not said:
        return
    for message in told.warnings:
        yield Finding(WARNING, "unissued", message)
    true = _SAID.match(said)
    for piece in pieces:
        for match in _SAID.finditer(piece.text):
            if true and match[1] != true[1]:
                message = f"各{told.word}的签发情况已有变化。"
                yield Finding(WARNING, "issued", message, piece.key, *match.span(), match[0], said)
