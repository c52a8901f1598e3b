"""ChurchCRM#8291: a whole import is undone, but nothing that somebody changed since."""

import pytest
from django.utils import timezone

from portal.imports import batches
from portal.imports.contents import page_of
from portal.imports.journal import HELD
from portal.imports.stepping import StepDenied
from portal.ledgers import ledgers
from portal.ledgers import services as ledger_services
from portal.models import AccessLog, ImportBatch, ImportState
from residents.models import Membership, ResidencySpell, Resident, Visit
from tests import factories
from tests.imports.conftest import PEOPLE, VISITS, citizen, xlsx

FAMILY = [
    ["姓名", "证件号码", "户编号", "与户主关系"],
    ["黄文发", citizen(1), "1-001", "户主"],
    ["黄小妹", citizen(2, "20100101"), "1-001", "女"],
]
BOOK = {
    "户": [["户编号", "地址"], ["1-001", "明珠路 1 号"]],
    "居民": FAMILY,
    "走访": [VISITS, ["2025-03-10", "黄文发", citizen(1), "入户", "李梅", "身体尚可"]],
}


@pytest.fixture
def stored(acting, clerk, community):
    """``stored(content, slug=None)``: a stored batch of the clerk's."""

    def store(content, slug=None):
        with acting(clerk):
            ledger = ledgers[slug] if slug else None
            batch = batches.upload(content, "表.xlsx", ledger=ledger, unit=community, by=clerk)
            batches.check(batch, by=clerk)
            batches.confirm(batch, by=clerk)
            assert batch.state == ImportState.STORED, batch.counts
            return batch

    return store


def undo(acting, clerk, batch, **how):
    with acting(clerk):
        batch = ImportBatch.objects.get(pk=batch.pk)
        batches.undo(batch, by=clerk, **how)
        return batch


def test_everything_that_a_batch_made_goes_with_what_it_made_along(stored, acting, clerk):
    batch = undo(acting, clerk, stored(xlsx(**BOOK)))

    with acting(clerk):
        assert batch.state == ImportState.UNDONE
        for model in (Resident, ResidencySpell, Membership, Visit):
            assert model.objects.kept().count() == 0, model
        assert AccessLog.objects.get(action="undo").rows == 4


def test_what_was_undone_can_be_imported_again(stored, acting, clerk, counts):
    undo(acting, clerk, stored(xlsx(**BOOK)))

    again = stored(xlsx(**BOOK))

    assert again.counts == {"new": 4, "changed": 0, "unchanged": 0, "refused": 0}
    assert counts("residents") == 2


def test_changed_records_are_as_before(stored, acting, clerk, community):
    with acting(clerk):
        person = factories.resident(community, id_number=citizen(1), phone="13800000001")
    before = Resident.objects.filter(pk=person.pk).values()
    columns = [*PEOPLE[:3], "现居住地址", "出生日期"]
    content = xlsx(
        居民=[columns, ["黄文发", citizen(1), "13900000002", "明珠路 2 号", "1980-01-01"]]
    )
    with acting(clerk):
        was = before.get()
    batch = stored(content, "residents")
    with acting(clerk):
        assert Resident.objects.get().phone == "13900000002"

    undo(acting, clerk, batch)

    with acting(clerk):
        assert before.get() | {"version": 0} == was | {"version": 0}


def people(count):
    rows = [[f"黄文{'一二三四五六七八九'[n]}", citizen(n + 1), "", ""] for n in range(count)]
    return xlsx(居民=[PEOPLE, *rows])


def test_one_record_changed_since_holds_all_and_is_listed(stored, acting, clerk, counts):
    batch = stored(people(3), "residents")
    with acting(clerk):
        changed = Resident.objects.get(name="黄文二")
        changed.note = "已核对"
        changed.save()

    batch = undo(acting, clerk, batch)

    with acting(clerk):
        [held] = page_of(batch, HELD, 1)
        assert (held["label"], held["row"]) == ("黄文二", 3)
        assert held["problems"][0]["message"] == "导入之后有人改过这条记录。"
        assert batch.state == ImportState.STORED
    assert counts("residents") == 3


def test_the_others_are_undone_only_when_asked_for(stored, acting, clerk):
    batch = stored(people(3), "residents")
    with acting(clerk):
        factories.visit(Resident.objects.get(name="黄文二"))
    undo(acting, clerk, batch)

    batch = undo(acting, clerk, batch, others=True)

    with acting(clerk):
        assert batch.state == ImportState.UNDONE
        assert [person.name for person in Resident.objects.kept()] == ["黄文二"]
        assert page_of(batch, HELD, 1)[0]["problems"][0]["message"] == "之后登记的走访记录用到它。"
        assert batch.steps.last().note == "撤销 2 条，1 条之后改过的保留不动"


def test_a_person_who_moved_since_is_held(stored, acting, clerk):
    batch = stored(people(1), "residents")
    with acting(clerk):
        spell = ResidencySpell.objects.get()
        spell.ends_on, spell.ended_by = timezone.localdate(), "moved"
        spell.save()

    batch = undo(acting, clerk, batch)

    with acting(clerk):
        assert batch.state == ImportState.STORED
        assert "在册" in page_of(batch, HELD, 1)[0]["problems"][0]["message"]


def test_what_was_deleted_since_is_no_hindrance(stored, acting, clerk):
    batch = stored(people(2), "residents")
    with acting(clerk):
        person = Resident.objects.get(name="黄文一")
        ledger_services.recycle(person, version=person.version, by=clerk)

    batch = undo(acting, clerk, batch)

    with acting(clerk):
        assert batch.state == ImportState.UNDONE
        assert Resident.objects.kept().count() == 0


def test_undoing_twice_changes_nothing(stored, acting, clerk):
    batch = stored(people(1), "residents")
    undo(acting, clerk, batch)
    with pytest.raises(StepDenied, match="已撤销"):
        undo(acting, clerk, batch)


def test_undoing_life_events_opens_the_spells_that_they_ended(stored, acting, clerk, community):
    with acting(community):
        person = factories.resident(community, "黄文发", id_number=citizen(1))
    head = ["姓名", "证件号码", "变动类型", "日期"]
    batch = stored(
        xlsx(人口变动=[head, ["黄文发", citizen(1), "死亡", "2025-03-10"]]), "life-events"
    )
    with acting(clerk):
        person.refresh_from_db()
        assert f"{person.died_on}" == "2025-03-10"
        assert person.spells.get().ends_on is not None

    undo(acting, clerk, batch)

    with acting(clerk):
        person.refresh_from_db()
        assert person.died_on is None
        assert person.spells.kept().get().ends_on is None
