"""Rows become records through the ledger's own form, all or nothing."""

from datetime import date

from portal.imports.report import SheetReport
from residents.models import Resident, Visit
from tests.imports.conftest import PEOPLE, VISITS, citizen, xlsx


def people(*names, first=1):
    rows = [
        [name, citizen(number), "", "2024-01-01"] for number, name in enumerate(names, start=first)
    ]
    return xlsx(居民=[PEOPLE, *rows])


def test_file_good_stores_its_rows(bring, acting, clerk):
    report = bring("residents", people("黄文发", "韦英堃"))

    assert report.problems == []
    assert report.stored
    assert report.sheets == [SheetReport("居民", "residents", "居民", new=2)]
    with acting(clerk):
        stored = list(Resident.objects.order_by("pk").values_list("name", "id_number", "born_on"))
    assert stored == [
        ("黄文发", citizen(1), date(1980, 1, 1)),
        ("韦英堃", citizen(2), date(1980, 1, 1)),
    ]
