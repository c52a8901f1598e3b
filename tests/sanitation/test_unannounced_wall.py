"""暗访: no way of the portal tells the inspected community of it before it is published."""

import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from PIL import Image

from portal.attachments.services import attach, checked
from portal.figures import engine, figures
from portal.periods import Period
from portal.roles import Role
from portal.worklists import worklists
from sanitation.enums.inspections import InspectionKind as K
from sanitation.models import GroupDraw
from sanitation.services import inspections
from sanitation.services.inspections import draw_groups
from tests.factories import sanitation as make
from tests.factories import sanitation_inspect as more

pytestmark = pytest.mark.django_db
PLACE = "白云巷深处"
LEDGERS = ("inspections", "findings", "sampled-groups")
YEAR = Period.parse("2025")


def jpeg() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), (120, 90, 60)).save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def supervisor(make_user, street):
    return make_user(Role.STREET_SUPERVISOR, street)


@pytest.fixture
def secret(street, community, make_grid, make_user, acting):
    """Handed in, with a drawn group, a finding and its photo."""
    for number in (1, 2, 3):
        make_grid(community, number)
    inspector = make_user(Role.SANITATION_INSPECTOR, street)
    with acting(inspector):
        rubric = make.rubric(street)
        row = make.inspection(street, community, K.UNANNOUNCED, rubric=rubric)
        draw_groups(row, 1, by=inspector)
        finding = make.finding(row, rubric.items.first().faults.first(), place=PLACE)
        file = checked(jpeg(), "photo")
        [photo] = attach(finding, [file], purpose="photo", caption="", by=inspector)
        finding.photo_key = photo.pk
        row = inspections.hand_in(row, by=inspector)
    return row, finding


def exported(client, slug) -> str:
    answer = client.post(f"/ledger/{slug}/export/")
    content = b"".join(answer) if answer.streaming else answer.content
    if not content.startswith(b"PK"):
        return ""
    sheet = load_workbook(io.BytesIO(content)).active
    return " ".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)


def ways_of(client, row, finding, draw) -> dict[str, bool]:
    """Of each way in, whether anything of the inspection can be seen there."""
    pages = {
        "page": f"/ledger/inspections/{row.pk}/",
        "finding": f"/ledger/findings/{finding.pk}/",
        "draw": reverse("group-draw", args=[draw.pk]),
        "paper": reverse("inspection-paper", args=[row.pk]),
        "photo": reverse("ledger-file", args=["findings", finding.pk, finding.photo_key]),
        "thumbnail": reverse(
            "ledger-file-thumbnail", args=["findings", finding.pk, finding.photo_key]
        ),
    }
    found = {name: client.get(url).status_code == 200 for name, url in pages.items()}
    for slug in LEDGERS:
        page = client.get(f"/ledger/{slug}/").content.decode()
        found[f"list of {slug}"] = "2025-03-12" in page
        found[f"export of {slug}"] = "2025-03-12" in exported(client, slug)
    searched = client.post("/ledger/findings/", {"q": PLACE}, follow=True)
    found["search in the list"] = f"/ledger/findings/{finding.pk}/" in searched.content.decode()
    picked = client.post("/ledger/inspections/pick/", {"q": "吴永刚"})
    found["picker"] = "暗访" in picked.content.decode()
    return found


def test_every_way_is_closed_before_and_open_after(
    secret, supervisor, make_user, client_of, street, community, acting
):
    row, finding = secret
    with acting(street):
        draw = GroupDraw.objects.get()
    clients = {
        role: client_of(make_user(role, community))
        for role in (Role.COMMUNITY_HEAD, Role.COMMUNITY_STAFF)
    }
    for client in clients.values():
        assert not any(ways_of(client, row, finding, draw).values())
    keeper = ways_of(client_of(supervisor), row, finding, draw)
    with acting(supervisor):
        inspections.publish(row, by=supervisor)
    for client in clients.values():
        assert ways_of(client, row, finding, draw) == keeper
        assert all(keeper.values()), keeper


def test_another_community_never_learns_of_it(
    secret, supervisor, make_user, client_of, street, other_community, acting
):
    row, finding = secret
    with acting(street):
        draw = GroupDraw.objects.get()
    with acting(supervisor):
        inspections.publish(row, by=supervisor)
    neighbour = client_of(make_user(Role.COMMUNITY_HEAD, other_community))
    assert not any(ways_of(neighbour, row, finding, draw).values())


def told_of(units) -> dict:
    codes = [figure.code for figure in figures if figure.code.startswith("sanitation.inspection")]
    codes += ["sanitation.unannounced_inspections", "sanitation.sampled_groups"]
    return {code: engine.read(code, units, YEAR).value for code in codes}


def test_figures_are_the_same_whoever_looks(secret, supervisor, street, community, acting):
    row, _ = secret
    with acting(street):
        before = told_of([community.pk])
    with acting(community):
        assert told_of([community.pk]) == before
    assert not any(value for value in before.values())
    with acting(supervisor):
        inspections.publish(row, by=supervisor)
        after = told_of([community.pk])
    with acting(community):
        assert told_of([community.pk]) == after
    assert after["sanitation.unannounced_inspections"] == 1
    assert after["sanitation.sampled_groups"] == 1


def test_the_home_page_tells_the_community_only_of_what_is_open(
    secret, supervisor, street, community, acting
):
    row, _ = secret
    with acting(community):
        due = [each.code for each in worklists if each.rows(frozenset([community.pk])).exists()]
        assert not [code for code in due if code.startswith("sanitation.inspection")]
    with acting(supervisor):
        inspections.publish(row, by=supervisor)
    with acting(community):
        [waiting] = worklists["sanitation.inspections_unsigned"].rows(frozenset([community.pk]))
        assert waiting.pk == row.pk


def test_the_supervisor_is_reminded_after_ten_days(street, community, acting):
    with acting(street):
        ago = {days: timezone.localdate() - timedelta(days=days) for days in (10, 11)}
        for day in ago.values():
            more.handed_in(street, community, K.UNANNOUNCED, occurred_on=day, handed_in_on=day)
        [late] = worklists["sanitation.inspections_unpublished"].rows(frozenset([street.pk]))
        assert late.handed_in_on == ago[11]
