"""入户走访登记表 imports untouched where the other two workbooks of the community came before it."""

import pytest

from portal.figures import engine
from portal.imports.reading import read_workbook
from portal.imports.splitting import names_in
from portal.periods import Period
from portal.text import clean_name
from residents.models import Resident, Visit
from tests import factories
from tests.imports.samples import brought_once, sample

# On one worker: the workbooks are brought once.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("sample-visits")]

brought = brought_once(disability_files="残疾人基本情况登记表", households="居民户籍信息台账")


@pytest.fixture
def community(brought):
    return brought.community


@pytest.fixture
def clerk(brought):
    return brought.clerk


def visited() -> set[str]:
    rows = read_workbook(sample("入户走访登记表"))[0].rows[2:]
    return {clean_name(name) for row in rows for name in names_in(row[1])}


def test_visit_book_lists_names_for_choosing_and_creates_nobody(bring, acting, clerk):
    with acting(clerk):
        before = Resident.objects.count()
        known = Resident.objects.filter(name__in=visited())
        several = {p.name for p in known if known.filter(name=p.name).count() > 1}

    report = bring("visits", sample("入户走访登记表"))

    assert "古丽·阿依" in several
    assert not report.stored
    assert all(p.choices for p in report.errors)
    messages = {p.message for p in report.errors}
    assert any("没有这个姓名" in m for m in messages)
    assert any("同名居民" in m for m in messages)
    with acting(clerk):
        assert (Resident.objects.count(), Visit.objects.count()) == (before, 0)


def test_visit_book_counts_86_home_and_50_phone_visits_of_2025(bring, acting, clerk, community):
    """Who is missing is registered by the clerk, who is ambiguous chosen; then the figures agree."""
    with acting(clerk):
        known = set(Resident.objects.values_list("name", flat=True))
        for name in sorted(visited() - known):
            factories.resident(community, name)
    first = bring("visits", sample("入户走访登记表"), commit=False)
    decisions: dict = {}
    for problem in first.errors:
        row = decisions.setdefault(problem.sheet, {}).setdefault(str(problem.row), {})
        row[problem.field] = problem.choices[0]["value"]

    report = bring("visits", sample("入户走访登记表"), decisions=decisions)

    assert report.errors == []
    assert report.totals["new"] == 137
    with acting(clerk):
        year = Period.parse("2025")
        home = engine.read("visits.home", [community.pk], year).value
        phone = engine.read("visits.phone", [community.pk], year).value
    assert (home, phone) == (86, 50)
