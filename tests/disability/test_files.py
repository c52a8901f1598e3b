"""残疾人档案: what the form insists on, what a register may lack, and what the page shows of the resident."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from disability.models import DisabilityFile
from portal.figures import engine
from portal.imports.running import run
from portal.ledgers import ledgers
from portal.ledgers.forms import form_class_for
from portal.periods import Period
from portal.roles import Role
from residents.models import CareKind, CareTag
from tests import factories
from tests.imports.conftest import xlsx

pytestmark = pytest.mark.django_db
WANTED = "未成年人、智力和精神残疾人要有监护人，请填写{}。"
GUARDIAN = {
    "guardian_name": "黄秀英",
    "guardian_relation": "母亲",
    "guardian_phone": "13800138000",
}


@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community)


@pytest.fixture
def judge(acting, staff, community):
    """``judge(person, **fields)``: the bound form of a new file, or of ``instance``."""

    def form_of(person, instance=None, **fields):
        data = {"resident": person.pk, "opened_on": "2025-03-10", "components": ["42"]} | fields
        if instance:
            data["version"] = instance.version
        ledger = ledgers["disability-files"]
        return form_class_for(ledger)(data, instance=instance, ledger=ledger, user=staff)

    with acting(staff):
        yield form_of


def tag(person, code, starts_on, **fields):
    return CareTag.objects.create(
        unit=person.unit,
        resident=person,
        kind=CareKind.objects.get(code=code),
        starts_on=starts_on,
        **fields,
    )


def missing(form):
    return {name: messages[0] for name, messages in form.errors.items()}


@pytest.mark.parametrize(
    ("born_on", "components", "asks"),
    [
        (date(1970, 5, 17), ["42"], False),
        (date(1970, 5, 17), ["52"], True),
        (date(1970, 5, 17), ["61"], True),
        (date(1970, 5, 17), ["42", "64"], True),
        (date(2015, 5, 17), ["42"], True),
    ],
)
def test_a_new_file_needs_the_guardian_where_the_rule_says(
    judge, community, born_on, components, asks
):
    person = factories.resident(community, born_on=born_on)
    bare, told = (judge(person, components=components, **more) for more in ({}, GUARDIAN))
    labels = ("监护人", "监护人关系", "监护人电话")
    wanted = {name: WANTED.format(label) for name, label in zip(GUARDIAN, labels, strict=True)}
    assert missing(bare) == (wanted if asks else {})
    assert missing(told) == {}


def test_an_old_file_without_a_guardian_may_be_changed_but_keeps_the_one_it_has(judge, community):
    person = factories.resident(community)
    file = factories.disability_file(person, components=["52"])
    form = judge(person, file, components=["52"], cause="疾病")
    assert missing(form) == {}
    assert "请尽快补填" in form.warnings[0]

    other = factories.resident(community, "李四")
    kept = factories.disability_file(other, components=["52"], **GUARDIAN)
    form = judge(other, kept, components=["52"], guardian_name="", guardian_phone="")
    assert missing(form).keys() == {"guardian_name", "guardian_phone", "guardian_relation"}


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"onset_on": "1969-01-01"}, "onset_on"),
        ({"closed_on": "2024-01-01"}, "closed_on"),
        ({"guardian_phone": "12"}, "guardian_phone"),
        ({"communication": ["morse"]}, "communication"),
        ({"components": []}, "components"),
    ],
)
def test_wrong_values_are_refused_at_their_field(judge, community, fields, at):
    assert list(judge(factories.resident(community), **fields).errors) == [at]


def test_who_is_uninsured_has_no_other_insurance(judge, acting, community):
    person = factories.resident(community)
    form = judge(person, insurances=["none", "resident_medical"])
    assert "未参保" in str(form.errors)
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.disability_file(person, insurances=["none", "commercial"])


def test_level_of_several_components_is_the_most_severe():
    assert DisabilityFile(components=["43", "31", "64"]).level == 1


def test_the_page_shows_work_and_poverty_of_the_resident(client_of, acting, community, staff):
    with acting(community):
        person = factories.resident(community, employment="self_employed")
        tag(person, "minimum_living", date(2024, 1, 1))
        tag(person, "marginal", date(2020, 1, 1), ends_on=date(2023, 12, 31))
        tag(person, "living_alone_elder", date(2024, 1, 1))
        file = factories.disability_file(person, communication=["sign_language", "large_print"])
    page = client_of(staff).get(f"/ledger/disability-files/{file.pk}/").content.decode()
    for told in ("灵活就业", "低保", "手语、大字"):
        assert told in page
    assert "低保边缘" not in page
    assert "独居老人" not in page


def test_files_are_divided_by_the_poverty_of_the_day(acting, community, staff):
    with acting(community):
        poor, poorest, better = (factories.resident(community) for _ in range(3))
        tag(poor, "marginal", date(2024, 1, 1))
        tag(poorest, "minimum_living", date(2024, 1, 1))
        tag(poorest, "extreme_poverty", date(2025, 1, 1))
        tag(better, "minimum_living", date(2020, 1, 1), ends_on=date(2024, 12, 30))
        for person in (poor, poorest, better):
            factories.disability_file(person)
    with acting(staff):
        for year, counts in (
            (2024, {"marginal": 1, "minimum_living": 1, "none": 1}),
            (2025, {"marginal": 1, "extreme_poverty": 1, "none": 1}),
        ):
            found = engine.by_category(
                "disability.registered", "poverty", [community.pk], Period.parse(str(year))
            )
            told = {code: reading.value for code, reading in found.items() if reading.value}
            assert told == counts


def test_a_register_brings_in_who_lacks_a_guardian_and_warns(acting, community, staff):
    row = {"姓名": "黄文发", "证件号码": "", "残疾类别和等级": "智力二级", "建档日期": "2025-03-10"}
    with acting(community):
        row["证件号码"] = factories.resident(community).id_number
    book = xlsx(残疾人档案=[list(row), list(row.values())])
    with acting(staff):
        ledger = ledgers["disability-files"]
        report = run(book, ledger=ledger, unit=community, by=staff, commit=True)
        assert not report.errors
        assert "请尽快补填" in report.warnings[0].message
        assert DisabilityFile.objects.count() == 1
