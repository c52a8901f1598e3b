"""Issued + differences = now, after a thousand edits, deletions, restorations and late entries."""

import random
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from django.utils import timezone

from portal.figures import Ratio, engine, figures
from portal.models import Unit, User
from portal.roles import Role
from portal.summaries import outlines
from reports import proof, services
from reports.evidence.causes import Cause
from reports.frozen import values_of
from reports.models import Issue
from reports.tokens import parts_of
from residents.enums import VisitMode
from residents.models import Assistance, Handout, Visit
from tests import conftest, factories
from tests.reports.conftest import YEAR, record_a_year, reviewed
from tests.sharing import undone_afterwards

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("differences")]

EDITS, LOOKS = 1000, 8
FIRST = date(2024, 10, 1)


@dataclass
class Town:
    """A community whose year was issued, its neighbour, and two people of the street who go on working."""

    community: Unit
    neighbour: Unit
    workers: list[User]
    issue: int
    people: list
    touched: dict = field(default_factory=lambda: defaultdict(set))  # (model, pk): names
    done: Counter = field(default_factory=Counter)

    def work(self, dice: random.Random) -> None:
        """One random change of one record, by one of the two."""
        worker = dice.choice(self.workers)
        with conftest.acting_as(worker):
            act = dice.choices((self.edit, self.remove, self.add, self.move), (5, 2, 2, 1))[0]
            for record in act(dice):
                self.touched[type(record), record.pk].add(worker.name)
                self.done[act.__name__] += 1

    def _any(self, dice, model):
        return dice.choice(model.objects.filter(unit__in=[self.community, self.neighbour]))

    def edit(self, dice):
        record = self._any(dice, dice.choice((Visit, Assistance, Handout)))
        match record:
            case Visit():
                record.mode = dice.choice(VisitMode.values)
                record.resident = dice.choice(self.people)
            case Assistance():
                record.amount = dice.choice((None, dice.randrange(100_000) / 100))
            case Handout():
                record.quantity = dice.randrange(300)
        if dice.random() < 0.4:
            record.occurred_on = FIRST + timedelta(days=dice.randrange(600))
        record.save()
        return [record]

    def remove(self, dice):
        """Into the bin, out of it, or for good."""
        record = self._any(dice, dice.choice((Visit, Assistance, Handout)))
        if dice.random() < 0.05:
            key = record.pk
            record.delete()
            record.pk = key
            return [record]
        record.deleted_at = None if record.deleted_at else timezone.now()
        record.save()
        return [record]

    def add(self, dice):
        day, person = FIRST + timedelta(days=dice.randrange(600)), dice.choice(self.people)
        match dice.randrange(3):
            case 0:
                return [factories.visit(person, day, mode=dice.choice(VisitMode.values))]
            case 1:
                return [factories.assistance(person, day, amount=dice.randrange(900))]
        return [factories.handout(self.community, dice.randrange(300), day)]

    def move(self, dice):
        record = self._any(dice, dice.choice((Visit, Handout)))
        units = {self.community.pk: self.neighbour, self.neighbour.pk: self.community}
        record.unit = units[record.unit_id]
        record.save()
        return [record]


@pytest.fixture(scope="module")
def town(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), undone_afterwards():
        street = conftest.new_street(conftest.new_district())
        community = conftest.new_community(street)
        with conftest.as_command():
            neighbour = Unit.objects.create(
                kind="community", code="440103001002", name="和平社区", parent=street
            )
        names = ("王小明", "刘芳")
        workers = [conftest.new_user(Role.STREET_SUPERVISOR, street, name=n) for n in names]
        with conftest.acting_as(community):
            people = record_a_year(community)
            for number in range(40):
                factories.visit(people[number % 3], date(2025, 1, 1) + timedelta(days=9 * number))
                factories.assistance(people[number % 3], date(2025, 2, 1), amount=number + 0.5)
                factories.handout(community, number, date(2025, 3, 1))
        head = workers[0]
        with conftest.acting_as(head):
            about = {"outline": outlines["A"], "unit": community, "period": YEAR}
            draft = reviewed(services.draft(**about, by=head), *workers)
            issue = services.issue(draft, version=draft.version, by=head)
        yield Town(community, neighbour, workers, issue.pk, people)


def look(town: Town) -> Counter:
    """Compares every figure of the issue with the engine; counts what differs."""
    issue = Issue.objects.select_related("bundle", "unit", "group").get(pk=town.issue)
    evidence, found = proof.bundle_of(issue), Counter()
    for key, value in values_of(issue.content).items():
        changes = proof.changes_of(issue, evidence, key)
        if isinstance(figure := figures[value.code], Ratio) and not value.period:
            terms = [change.explained for change in changes]
            now = engine.read(value.code, issue.telling.units, issue.period)
            assert figure.quotient(*terms) == now.value
        for change in changes:
            code, period = parts_of(change.key)
            told = issue.telling.earlier if period else issue.telling
            now = engine.read(code, told.units, told.period).value
            assert str(change.issued) == str(evidence.figure(change.key)["value"])
            assert change.explained == change.now == now
            if change.figure["row_measure"] == change.figure["measure"]:
                assert change.issued + change.net == now
            found[change.key] = len(change.changes)
            check_causes(town, proof.reader_of(issue, evidence, change), change)
    return found


def check_causes(town: Town, reader, change) -> None:
    """Whoever changed a row is named; a row that nobody touched is not laid at anybody's door."""
    for told in reader.told(change.changes):
        names = town.touched.get((reader.model, told.change.pk), set())
        if names:
            assert told.by in names
            assert told.on == timezone.localdate()
            assert told.cause not in {Cause.RELATED, Cause.DEFINITION}
        else:
            assert told.cause is Cause.RELATED
        if told.cause is Cause.LATE:
            assert told.change.then is None
        if told.cause is Cause.DELETED:
            assert told.change.now is None


def test_a_thousand_changes_are_explained_row_by_row(town):
    dice, most = random.Random(8), Counter()
    for number in range(1, EDITS + 1):
        town.work(dice)
        if number % (EDITS // LOOKS) == 0:
            with conftest.acting_as(town.workers[0]):
                most |= look(town)
    assert sum(town.done.values()) >= EDITS
    assert min(town.done[name] for name in ("edit", "remove", "add", "move")) > 50
    assert most["disability.visits"] > 50
    assert most["disability.visited_registered"] > 0
