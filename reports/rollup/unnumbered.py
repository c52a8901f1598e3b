"""A quotation's numbers were proven when it was signed: the checker does not ask for them again."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from reports.checks import Finding
from reports.checks.typed import HIDDEN
from reports.rollup.quoting import SOURCE, one_line

_NUMBERS = re.compile(r"[0-9０-９][0-9０-９,.，．%％/／]*")


def unnumbered(text: str, quoted: Iterable[str]) -> str:
    """The text with the numbers hidden inside of quotations that stand in it word for word and name their
    source right behind; what stands behind them keeps its place."""
    for words in map(one_line, quoted):
        if words and words in text:
            blank = _NUMBERS.sub(lambda m: HIDDEN * len(m[0]), words)
            text = text.replace(f"{words}{SOURCE}", f"{blank}{SOURCE}")
    return text


def as_stored(findings: Iterable[Finding], texts: Mapping[str, str]) -> Iterator[Finding]:
    """Findings in unnumbered texts as findings in ``texts``, the stored ones by section key: a place is the
    same in both. Where a replacement would put hidden numbers into the text, it is for a person to mend."""
    for finding in findings:
        text = texts.get(finding.section)
        words = finding.words if text is None else text[finding.start : finding.end]
        if words == finding.words:
            yield finding
            continue
        hides = finding.replacement is not None and HIDDEN in finding.replacement
        replacement = None if hides else finding.replacement
        yield replace(finding, words=words, replacement=replacement)
