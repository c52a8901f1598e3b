"""What was left open: ××, 20xx, empty quotation marks (§7.10 rule 3)."""

import re
from collections.abc import Iterator

from reports.checks.findings import ERROR, Finding
from reports.checks.passage import Passage

_PLACEHOLDER = re.compile(
    r"×{1,}|[xX]{2,}|(?:19|20)[xX×]{2}|“\s{0,3}”|\"\s{0,3}\"|《\s{0,3}》|（\s{0,3}）|\*{2,}|_{2,}"
    r"|某某|待补|待填|待定稿|此处填|请填写|\?{3,}|？{3,}|【[^】\n]{0,20}】(?!\d)"
    r"|(?<![A-Za-z])[xX](?=[余多]?(?:次|人|户|件|条|份|个|名|小时))"
)


def check_placeholders(passage: Passage) -> Iterator[Finding]:
    flat = passage.flat
    for match in _PLACEHOLDER.finditer(flat):
        around = flat[match.start() - 1 : match.start()] + flat[match.end() : match.end() + 1]
        if match[0] == "×" and around.isdecimal() and len(around) == 2:
            continue  # 3×4
        message = f"“{match[0]}”还没有填写。"
        yield passage.finding(ERROR, "placeholder", message, *match.span())
