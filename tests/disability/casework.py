"""A case loaded once for the tests of a module, and what the summary of its unit tells."""

import io
from contextlib import contextmanager
from functools import cached_property

import pytest
from django.core.management import call_command

from portal.figures import engine
from portal.models import Unit
from portal.periods import Period
from portal.scope import scope, scope_of_units
from portal.summaries import Telling, outlines
from reports.compose import compose
from reports.facts import facts_for
from reports.layout import lay_out
from reports.tables import tables_of, tabulate
from tests import database
from tests.reports.test_issuing import text_of_pdf
from tests.sharing import undone_afterwards


def load(code: str) -> list[str]:
    """The lines that loading prints; the last one is the unit's code."""
    out = io.StringIO()
    call_command("demo", case=code, stdout=out)
    return out.getvalue().splitlines()


class Told:
    """The figures and the words of one document of a loaded case."""

    def __init__(self, unit_code: str, outline: str, period: str, printed: list[str]):
        self.printed = printed
        self.unit = Unit.objects.get(code=unit_code)
        self.outline, self.period = outlines[outline], Period.parse(period)

    @contextmanager
    def within(self):
        with scope(scope_of_units([self.unit.pk], "command:test")) as entered:
            yield entered.units

    def read(self, code: str, *, period: str = "", **category):
        """The figure's reading in the document's period, unless another one is named."""
        with self.within() as units:
            when = Period.parse(period) if period else self.period
            return engine.read(code, units, when, category)

    def value(self, code: str, **options):
        return self.read(code, **options).value

    def full(self, code: str, **options) -> str:
        """As running text tells it: with its measure, a ratio with both terms."""
        return self.read(code, **options).full

    @cached_property
    def parts(self) -> dict[str, str]:
        """The words of each part of the document, numbers filled in, tables left out."""
        with self.within():
            draft = compose(self.outline, self.unit, self.period)
            texts = [section.text for section in draft.sections]
            facts = facts_for(self.outline, draft.telling, texts)
            sections = [(s.key, s.heading, s.text) for s in draft.sections]
            laid = lay_out(draft.title, sections, facts.values, facts.tables)
        return {
            section.key: "\n".join(str(b) for b in section.blocks if b.kind == "paragraph")
            for section in laid.sections
        } | {"title": laid.title}

    @property
    def words(self) -> str:
        return "\n".join(self.parts.values())

    def printed_by_command(self, path) -> str:
        """The text, without spaces, of the PDF that the command ``summary`` writes."""
        call_command(
            "summary",
            self.outline.kind,
            "--unit",
            self.unit.code,
            "--period",
            self.period.key,
            "--output",
            path,
        )
        return text_of_pdf(path.read_bytes())

    def table(self, title: str):
        """The table that the document prints; None where it has nothing to tell."""
        with self.within():
            telling = Telling.of(self.unit, self.period)
            return tabulate(tables_of(self.outline)[title], telling)


def told_once(code: str, outline: str, period: str):
    """A fixture: the case loaded once for all tests of a module, and undone after them."""

    @pytest.fixture(scope="module")
    def told(django_db_setup, django_db_blocker):
        database.sweep()
        with django_db_blocker.unblock(), undone_afterwards():
            printed = load(code)
            yield Told(printed[-1], outline, period, printed)

    return told


def missing_in(printed: str, told: Told) -> list[str]:
    """Paragraphs of the document that its PDF does not hold; the end of a page may cut one in two."""

    def is_there(line: str) -> bool:
        cuts = range(len(line) + 1)
        return any(line[:cut] in printed and line[cut:] in printed for cut in cuts)

    return [line for line in told.words.split("\n") if not is_there("".join(line.split()))]
