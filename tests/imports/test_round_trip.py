"""What a ledger exports, the same ledger takes back and finds unchanged."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.exports.xlsx import workbook
from portal.imports.running import run
from portal.ledgers import ledgers
from residents.enums import Relation, VisitMode, VisitPurpose
from residents.models import CareKind, CareTag, Resident, Visit
from tests import factories
from tests.factories import office, volunteer_activities
from tests.factories.certificate_applications import certificate_application, take
from tests.imports.conftest import xlsx

# Their own numbers leave the portal masked, so nothing tells whose row it was.
SEALED = {"residents", "certificates", "outsiders"}
# No clerk sees the first, so no clerk exports them; the second is set by who approves hours.
HEADS_ONLY = {"staff-evaluations", "hours-rules"}
ON_A_PAGE = {"diary-contacts"}  # typed on a page of the diary, which no column names
OURS = {
    each.slug for each in ledgers if each.by_hand and not type(each).__module__.startswith("tests.")
}
TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Co", "Cc", "Cf", "Zl", "Zp")),
    max_size=30,
)


def exported(slug, user) -> bytes:
    ledger = ledgers[slug]
    rows = ledger.queryset(user).order_by(*ledger.order)
    return workbook(ledger.title, ledger.shown_columns, rows)[0]


@pytest.fixture
def full(acting, community):
    """One row or two in every ledger."""
    with acting(community):
        person = factories.resident(community)
        flat = factories.dwelling(factories.building(community), floor=1, area="98.50")
        home = factories.household(community, dwelling=flat, address=flat.address)
        factories.member(home, person, Relation.HEAD)
        CareTag.objects.create(
            unit=community,
            resident=person,
            kind=CareKind.objects.first(),
            starts_on="2024-01-01",
        )
        factories.disability_file(person, components=["42", "13"], guardian_name="黄大发")
        factories.certificate(person)
        application = certificate_application(person)
        take(application, ("accept", date(2025, 3, 4)))
        event = factories.activity(community, participants=12580, theme_day="disability-day")
        factories.participation(event, person)
        factories.handout(community, quantity=12580, activity=event)
        factories.assistance(person, amount="10500.50")
        factories.application(person)
        factories.visit(person, purposes=["policy", "greeting"], content="第一行\n第二行")
        factories.visit(person)
        factories.consent(person)
        factories.job_push(factories.job_info(community), person)
        factories.diary(community, person)
        factories.consultation(person)
        factories.problem(community)
        factories.life_event(factories.resident(community, "韦英堃"), to_place="江北区")
        office.one_of_each(community)
        factories.agency.one_of_each(community)
        factories.conditions.one_of_each(person)
        factories.share_of_each(person)
        factories.devices.one_of_each(person)
        factories.reception.one_of_each(person)
        factories.programmes.one_of_each(person)
        factories.rehabilitation_of(person, factories.body(community, name="卫生服务中心"))
        factories.subsidies_of(person)
        factories.former_subsidy(person)
        factories.catalogue.one_of_each(community)
        factories.cases.one_of_each(person)
        factories.redress.one_of_each(person)
        volunteer_activities.one_of_each(community)
        factories.volunteer_people.one_of_each(person)
        factories.placements.one_of_each(community)
        factories.volunteer_hours.one_of_each(community)
        factories.volunteer_served.one_of_each(person)


@pytest.mark.parametrize("slug", sorted(OURS - SEALED - HEADS_ONLY - ON_A_PAGE))
def test_export_taken_back_changes_nothing(full, bring, acting, clerk, slug):
    with acting(clerk):
        content = exported(slug, clerk)
        rows = ledgers[slug].queryset(clerk).count()
    assert rows > 0

    report = bring(slug, content)

    assert report.problems == []
    assert report.totals == {"new": 0, "changed": 0, "unchanged": rows, "refused": 0}


@pytest.mark.parametrize("slug", sorted(SEALED))
def test_export_with_masked_numbers_is_refused_by_name(full, bring, acting, clerk, slug):
    with acting(clerk):
        content = exported(slug, clerk)

    report = bring(slug, content)

    assert {p.message for p in report.errors} == {
        "号码已遮盖，不能用来登记新记录，请填写完整号码。"
    }


@pytest.mark.parametrize("slug", sorted(ON_A_PAGE))
def test_export_that_does_not_say_what_its_rows_belong_to_is_refused(
    full, bring, acting, clerk, slug
):
    with acting(clerk):
        content = exported(slug, clerk)

    assert {p.message for p in bring(slug, content).errors} == {"民情日记：没有填写。"}


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from(["2025-03-10", "2025-03-11"]),
            st.sampled_from(["黄文发", "韦英堃"]),
            st.sampled_from(VisitMode.labels),
            st.lists(st.sampled_from(VisitPurpose.labels), unique=True),
            TEXT,
        ),
        max_size=8,
    )
)
def test_import_export_import_is_the_same_for_any_rows(acting, clerk, community, rows):
    header = ["日期", "姓名", "方式", "目的", "情况记录", "走访人"]
    cells = [[day, n, mode, "、".join(p), text, "李梅"] for day, n, mode, p, text in rows]
    to_visits = {"ledger": ledgers["visits"], "unit": community, "by": clerk, "commit": True}
    with acting(clerk):
        Visit.objects.all().delete()
        for name in {"黄文发", "韦英堃"} - set(Resident.objects.values_list("name", flat=True)):
            factories.resident(community, name)
        assert run(xlsx(走访=[header, *cells]), **to_visits).problems == []
        before = list(Visit.objects.order_by("pk").values())

        again = run(exported("visits", clerk), **to_visits)

        assert again.problems == []
        assert again.totals == {"new": 0, "changed": 0, "unchanged": len(rows), "refused": 0}
        assert list(Visit.objects.order_by("pk").values()) == before
