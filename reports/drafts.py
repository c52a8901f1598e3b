"""What is not issued, as a document: a stored draft or one that was only composed."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from portal.pdf.blocks import OfficialDocument
from portal.summaries import Outline, Telling
from reports.compose import Draft
from reports.facts import Facts, facts_for, told_keys
from reports.layout import Laid, lay_out
from reports.models import Summary
from reports.output.document import draft_document
from reports.values import Value


@dataclass(frozen=True)
class Drafted:
    """The words with the numbers of now; ``values`` are those told, in reading order."""

    laid: Laid
    values: list[Value]
    facts: Facts

    def document(self, *, watermark: bool = False, codes: bool = False) -> OfficialDocument:
        """Dated today; with 草稿 across the pages where it is stored as one."""
        return draft_document(
            self.laid,
            self.values,
            unit_name=self.facts.telling.name,
            period=self.facts.period,
            today=timezone.localdate(),
            watermark=watermark,
            codes=codes,
        )


def drafted_of(summary: Summary) -> Drafted:
    """Counted now, in the present transaction. Raises OutOfScope."""
    sections = [(s.key, s.heading, s.text) for s in summary.sections.all()]
    return drafted(summary.outline, summary.telling, summary.title, sections)


def composed(draft: Draft) -> Drafted:
    sections = [(s.key, s.heading, s.text) for s in draft.sections]
    return drafted(draft.outline, draft.telling, draft.title, sections)


def drafted(
    outline: Outline, telling: Telling, title: str, sections: Iterable[tuple[str, str, str]]
) -> Drafted:
    """``sections`` are (key, heading, stored text)."""
    texts = [text for _, _, text in sections]
    facts = facts_for(outline, telling, texts)
    laid = lay_out(title, sections, facts.values, facts.tables)
    return Drafted(laid, [facts.values[key] for key in told_keys(texts, outline)], facts)
