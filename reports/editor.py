"""What the page of a draft shows: fields with their findings, the figures, and the preview."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from portal.figures import figures
from portal.models import User
from reports.cells import cell_urls
from reports.checks import Finding, Piece
from reports.checks.findings import TITLE, WHOLE
from reports.facts import Facts
from reports.forms import DraftForm, field_name
from reports.layout import Chip, Laid, lay_out
from reports.models import Answer, Section, Summary
from reports.panel import figure_url
from reports.remarks import headings_of
from reports.services import answers, facts_of, findings_of
from reports.tokens import shown, tokens_in
from reports.values import Value


@dataclass(frozen=True)
class Marked:
    """A finding as the page shows it: with the Chinese form of its replacement, and its answer."""

    finding: Finding
    section: str
    answer: Answer | None = None
    start: int = 0  # where its words stand in the text as it is typed
    records_url: str = ""  # of the figure whose records settle the matter

    @property
    def shown_words(self) -> str:
        return shown(self.finding.words)

    @property
    def is_typed_number(self) -> bool:
        """Whether an answer says where the number comes from."""
        return answers.lacks_source(self.finding)

    @property
    def blocks(self) -> bool:
        return self.answer is None and (self.finding.is_error or self.is_typed_number)

    @property
    def shown_replacement(self) -> str:
        replacement = self.finding.replacement
        return "" if replacement is None else shown(replacement)


@dataclass
class Review:
    """A draft looked at by ``user``: facts, findings and the laid-out text, all of one moment.

    Counting takes a second: it is done when first asked for, so merely saving does without.
    """

    summary: Summary
    sections: list[Section]
    title: str
    texts: dict[str, str]
    user: User

    @cached_property
    def facts(self) -> Facts:
        return facts_of(self.summary, list(self.texts.values()))

    @cached_property
    def findings(self) -> list[Finding]:
        pieces = [Piece(s.key, s.heading, self.texts[s.key]) for s in self.sections]
        return findings_of(self.title, pieces, self.facts, by=self.user)

    @property
    def laid(self) -> Laid:
        sections = [(s.key, s.heading, self.texts[s.key]) for s in self.sections]
        return lay_out(self.title, sections, self.facts.values, self.facts.tables)

    @cached_property
    def answers(self) -> dict[str, Answer]:
        return answers.answers_of(self.summary)

    @cached_property
    def marked(self) -> list[Marked]:
        headings = headings_of(self.sections)
        return [
            Marked(
                f,
                headings.get(f.section, "全文"),
                self.answers.get(f.answer_key),
                self._start(f),
                self._records_url(f),
            )
            for f in self.findings
        ]

    @property
    def told(self) -> dict[str, str]:
        """What each token in the texts says now, by the token as it is typed."""
        values = self.facts.values
        return {
            shown(text[found.start : found.end]): str(Chip(values[found.key], found.bare))
            for text in self.texts.values()
            for found in tokens_in(text)
            if found.key in values
        }

    @property
    def errors(self) -> int:
        """Errors that nobody answered: they block what comes next."""
        return sum(marked.blocks and marked.finding.is_error for marked in self.marked)

    @property
    def sourceless(self) -> int:
        """Typed numbers whose source nobody told: they block it too."""
        return sum(marked.blocks and marked.is_typed_number for marked in self.marked)

    @property
    def answered(self) -> int:
        return sum(marked.answer is not None for marked in self.marked)

    @property
    def warnings(self) -> int:
        return len(self.findings) - self.errors - self.sourceless - self.answered

    @property
    def gone_answers(self) -> list[Answer]:
        """Answers to what the check does not find any more."""
        found = {marked.finding.answer_key for marked in self.marked}
        return [answer for key, answer in self.answers.items() if key not in found]

    def mended(self, key: str) -> bool:
        """Put the replacement of the finding named ``key`` in place; False when it is gone."""
        for finding in self.findings:
            if finding.key == key and finding.replacement is not None:
                if finding.section == TITLE:
                    self.title = finding.mended(self.title)
                else:
                    self.texts[finding.section] = finding.mended(self.texts[finding.section])
                return True
        return False

    def _start(self, finding: Finding) -> int:
        text = self.title if finding.section == TITLE else self.texts.get(finding.section, "")
        return len(shown(text[: finding.start]))

    def _records_url(self, finding: Finding) -> str:
        if finding.figure not in figures:
            return ""
        summary = self.summary
        return figure_url(finding.figure, summary.unit_id, summary.period_key, summary.group_id)

    def context(self) -> dict:
        summary, facts = self.summary, self.facts
        marked = self.marked
        return {
            "summary": summary,
            "laid": self.laid,
            "chip_urls": urls_for(facts.values.values(), summary.unit_id, summary.group_id),
            "cell_urls": cell_urls(facts),
            "told": self.told,
            "whole_findings": [m for m in marked if m.finding.section == WHOLE],
            "title_findings": [m for m in marked if m.finding.section == TITLE],
            "findings_by_section": marked,
            "errors": self.errors,
            "sourceless": self.sourceless,
            "warnings": self.warnings,
            "answered": self.answered,
            "gone_answers": self.gone_answers,
        }


def urls_for(values: Iterable[Value], unit_id: int, group_id: int | None = None) -> dict[str, str]:
    """The page of each value's figure in its period, by key."""
    known = (value for value in values if value.code in figures)
    return {v.key: figure_url(v.code, unit_id, v.period_key, group_id) for v in known}


def fields_of(form: DraftForm, sections: list[Section], marked: list[Marked]) -> list[dict]:
    """Each section's field with the findings in it."""
    return [
        {
            "key": section.key,
            "has_heading": bool(section.heading),
            "field": form[field_name(section.key)],
            "findings": [m for m in marked if m.finding.section == section.key],
        }
        for section in sections
    ]
