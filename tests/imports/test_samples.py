"""居民户籍信息台账 with a head chosen for each household that lacks one: all of it is stored."""

from residents.models import Household
from tests.imports.samples import HEADLESS, counted, expected, sample


def test_household_without_head_is_stored_once_one_is_chosen(bring, acting, clerk):
    chosen = {
        sheet: {first: {"lead": first} for s, _, first, _ in expected(HEADLESS) if s == sheet}
        for sheet, *_ in expected(HEADLESS)
    }

    report = bring("households", sample("居民户籍信息台账"), decisions=chosen)

    assert report.errors == []
    assert counted(report) == {"户": 75, "居民": 212, "户成员": 212}
    with acting(clerk):
        home = Household.objects.with_head_name().get(number="2-004")
        assert home.head_name == "梁喆"
        assert home.address == "2号楼6单元847"
