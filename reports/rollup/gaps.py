"""What the checker says of the summaries below: who has not issued, and a sentence of it that is no longer
true."""

import re
from collections.abc import Iterable, Iterator

from portal.summaries import Outline, Telling
from reports.branches import below_word
from reports.checks.findings import WARNING, Finding, Piece
from reports.rollup.standings import kinds_below, said_of, standings

# 截至次年1月15日，所辖12个社区中，残疾人工作总结已签发9份，尚未签发的是…。
_SAID = re.compile(
    r"截至[^，。\n]{1,12}，(所辖\d+个[^，。\n]{2,4}中，[^。\n]*已签发\d+份[^。\n]*。)"
)


def check_below(outline: Outline, telling: Telling, pieces: Iterable[Piece]) -> Iterator[Finding]:
    """Nothing for a community, or where nobody below has issued yet."""
    kinds = kinds_below(outline)
    below = standings(telling, kinds)
    said = said_of(telling, kinds, below) if below else ""
    if not said:
        return
    word = below_word([each.branch for each in below])
    for kind in kinds:
        missing = [b.branch.name for b in below if not b.standings[kind.kind].issue]
        if 0 < len(missing) < len(below):
            names = "、".join(missing)
            message = (
                f"还有{len(missing)}个{word}没有签发{telling.period.label}{kind.name}：{names}。"
            )
            yield Finding(WARNING, "unissued", message)
    true = _SAID.match(said)
    for piece in pieces:
        for match in _SAID.finditer(piece.text):
            if true and match[1] != true[1]:
                message = f"各{word}的签发情况已有变化。"
                yield Finding(WARNING, "issued", message, piece.key, *match.span(), match[0], said)
