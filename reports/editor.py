"""What the page of a draft shows: fields with their findings, the figures, and the preview."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from portal.figures import figures
from portal.summaries import Telling, outlines
from reports.cells import cell_urls, figure_url
from reports.checks import Finding, Piece
from reports.checks.findings import TITLE, WHOLE
from reports.facts import Facts
from reports.forms import DraftForm, field_name
from reports.layout import Laid, lay_out
from reports.models import Section, Summary
from reports.readings import codes_of
from reports.services import facts_of, findings_of
from reports.tables import tables_of
from reports.tokens import CHANGE, PREVIOUS, shown, table_token, token
from reports.values import Value


@dataclass(frozen=True)
class Marked:
    """A finding as the page shows it: with the Chinese form of its replacement."""

    finding: Finding
    section: str

    @property
    def shown_replacement(self) -> str:
        replacement = self.finding.replacement
        return "" if replacement is None else shown(replacement)


@dataclass
class Review:
    """A draft looked at: facts, findings and the laid-out text, all of one moment.

    Counting takes a second: it is done when first asked for, so merely saving does without.
    """

    summary: Summary
    sections: list[Section]
    title: str
    texts: dict[str, str]

    @cached_property
    def facts(self) -> Facts:
        return facts_of(self.summary, list(self.texts.values()))

    @cached_property
    def findings(self) -> list[Finding]:
        pieces = [Piece(s.key, s.heading, self.texts[s.key]) for s in self.sections]
        return findings_of(self.title, pieces, self.facts)

    @property
    def laid(self) -> Laid:
        sections = [(s.key, s.heading, self.texts[s.key]) for s in self.sections]
        return lay_out(self.title, sections, self.facts.values, self.facts.tables)

    @property
    def errors(self) -> int:
        return sum(finding.is_error for finding in self.findings)

    @property
    def warnings(self) -> int:
        return len(self.findings) - self.errors

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

    def context(self) -> dict:
        summary, facts = self.summary, self.facts
        headings = {section.key: section.heading or "导语" for section in self.sections}
        marked = [Marked(f, headings.get(f.section, "标题")) for f in self.findings]
        return {
            "summary": summary,
            "laid": self.laid,
            "chip_urls": urls_for(facts.values.values(), facts.telling),
            "cell_urls": cell_urls(facts),
            "figures": self._panel(),
            "tables": [shown(table_token(title)) for title in tables_of(facts.outline)],
            "phrases": outlines.phrases_of(facts.outline.kind),
            "whole_findings": [m for m in marked if m.finding.section == WHOLE],
            "title_findings": [m for m in marked if m.finding.section == TITLE],
            "findings_by_section": marked,
            "errors": self.errors,
            "warnings": self.warnings,
        }

    def _panel(self) -> list[dict]:
        values = self.facts.values
        return [
            {
                "value": values[code],
                "token": shown(token(code)),
                "bare": shown(token(code, bare=True)),
                "previous": shown(token(code, period=PREVIOUS)),
                "change": shown(token(code, period=CHANGE)),
                "url": figure_url(code, self.facts.telling),
            }
            for code in codes_of(self.facts.outline)
        ]


def urls_for(values: Iterable[Value], telling: Telling) -> dict[str, str]:
    """The page of each value's figure in its period, by key."""
    known = (value for value in values if value.code in figures)
    return {v.key: figure_url(v.code, telling, period=v.period_key) for v in known}


def fields_of(form: DraftForm, sections: list[Section], marked: list[Marked]) -> list[dict]:
    """Each section's field with the findings in it."""
    return [
        {
            "key": section.key,
            "field": form[field_name(section.key)],
            "findings": [m for m in marked if m.finding.section == section.key],
        }
        for section in sections
    ]
