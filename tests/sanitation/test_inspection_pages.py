"""The pages of inspections and rubrics as people use them."""

from decimal import Decimal as D

import pypdfium2
import pytest
from django.urls import reverse

from portal.roles import Role
from sanitation.enums.inspections import InspectionKind as K
from sanitation.enums.inspections import SampleMethod
from sanitation.models import Finding, GroupDraw, Inspection, Rubric, RubricFault, RubricItem
from sanitation.services.inspections import draw_groups
from tests.factories import sanitation as make
from tests.factories import sanitation_inspect as more

pytestmark = pytest.mark.django_db
KEY = "00000000-0000-4000-8000-000000000001"


def key(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012}"


@pytest.fixture
def inspector(make_user, street):
    return make_user(Role.SANITATION_INSPECTOR, street)


@pytest.fixture
def section(make_user, street):
    return make_user(Role.STREET_SECTION, street)


def typed(community, rubric=None, **fields):
    return {
        "_key": key(1),
        "community": community.pk,
        "kind": K.QUARTER,
        "occurred_on": "2025-03-12",
        "inspectors": "吴永刚、刘芳",
        "rubric": rubric.pk if rubric else "",
        "notified": "on",
    } | fields


def stored(street, community, acting, **fields):
    with acting(street):
        return make.inspection(street, community, **fields)


def test_an_inspection_is_begun_sampled_marked_and_handed_in(
    client_of, inspector, street, community, make_grid, acting
):
    grids = [make_grid(community, number) for number in range(1, 6)]
    client = client_of(inspector)
    with acting(street):
        rubric = make.rubric(street)
        make.item(rubric, 3, "画报粘贴", by_rate=True)
    client.post("/ledger/inspections/add/", typed(community, rubric, unit=street.pk))
    with acting(street):
        row = Inspection.objects.get()
    page = f"/ledger/inspections/{row.pk}/"

    def post(name, number, **data):
        with acting(street):
            version = Inspection.objects.get().version
        url = reverse(f"inspection-{name}", args=[row.pk])
        data |= {"_key": key(number), "versions": f"{row.pk}:{version}"}
        return client.post(url, data, follow=True).content.decode()

    assert "请勾选" in post("sample", 2, method=SampleMethod.RECOMMENDED)
    assert "只剩 3 个" in post(
        "sample", 3, method="recommended", groups=[g.pk for g in grids[:2]], wanted=4
    )
    told = post("sample", 4, method="recommended", groups=[g.pk for g in grids[:2]], wanted=1)
    assert "已随机抽取 1 个" in told
    assert "核对第 1 次随机抽取" in told
    assert "请填比率" in post("hand-in", 5)
    with acting(street):
        toilet, posters = rubric.items.filter(ordinal__gte=2).order_by("ordinal")
    told = post("items", 6, **{f"na_{toilet.pk}": "on", f"rate_{posters.pk}": "85"})
    assert "按现有记录计算" in told
    assert "已提交" in post("hand-in", 7)
    with acting(street):
        done = Inspection.objects.get()
        assert (done.score, done.full) == (D("20.5"), D(22))
    told = client.get(page).content.decode()
    assert "得分率 93.2%" in told
    assert "不适用" in told
    assert client.get(f"{page}edit/").status_code == 200
    client.post(
        f"{page}edit/",
        typed(community, version=done.version, inspectors="别人", note="补充", _key=key(8)),
    )
    with acting(street):
        done = Inspection.objects.get()
        assert (done.inspectors, done.note) == ("吴永刚、刘芳", "补充")


@pytest.mark.parametrize(
    ("fields", "field", "told"),
    [
        ({"kind": K.SUPERIOR}, "rank", "上级级别"),
        ({"kind": K.ROUTINE, "score": "9", "full": "10"}, "score", "只有不用评分表的上级督查"),
        ({"kind": K.SUPERIOR, "rank": "city", "score": "90"}, "full", "一起填"),
        ({"kind": K.SUPERIOR, "rank": "city", "score": "9", "full": "0"}, "full", "大于 0"),
        ({"kind": K.SUPERIOR, "rank": "city", "score": "90", "full": "80"}, None, "不能高于满分"),
        ({"occurred_on": "2024-03-12", "rubric": "it"}, "rubric", "没有启用"),
        ({"occurred_on": "2099-03-12"}, "occurred_on", "不能晚于今天"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    client_of, inspector, street, community, acting, fields, field, told
):
    with acting(street):
        rubric = make.rubric(street)
    if fields.get("rubric"):
        fields = fields | {"rubric": rubric.pk}
    data = typed(community, unit=street.pk) | fields
    answer = client_of(inspector).post("/ledger/inspections/add/", data)
    assert answer.status_code == 200
    form = answer.context["form"]
    assert told in str(form.errors), form.errors
    if field:
        assert field in form.errors
    with acting(street):
        assert not Inspection.objects.exists()


def test_an_edition_of_the_day_is_taken(client_of, inspector, street, community, acting):
    from datetime import date

    with acting(street):
        old = make.rubric(street, ends_on=date(2025, 6, 30))
        new = Rubric.objects.create(
            unit=street, name=old.name, edition=2, starts_on=date(2025, 7, 1)
        )
    data = typed(community, new, unit=street.pk)
    client_of(inspector).post("/ledger/inspections/add/", data)
    with acting(street):
        assert Inspection.objects.get().rubric == old


def test_a_finding_is_typed_at_the_desk_with_its_fault(
    client_of, inspector, street, community, acting
):
    with acting(street):
        rubric = make.rubric(street)
        row = make.inspection(street, community, rubric=rubric)
        fault = rubric.items.first().faults.first()
    client = client_of(inspector)
    add = f"/ledger/findings/add/?inspection={row.pk}"
    assert "成堆垃圾" in client.get(add).content.decode()
    data = {"_key": KEY, "inspection": row.pk, "fault": fault.pk, "occurrences": "2"}
    client.post(add, data)
    with acting(street):
        found = Finding.objects.get()
        assert (found.points, found.problem, found.is_serious) == (D(4), fault.problem, True)
        assert found.occurred_on == row.occurred_on
        row.refresh_from_db()
    client.post(
        reverse("inspection-hand-in", args=[row.pk]),
        {"_key": key(2), "versions": f"{row.pk}:{row.version}"},
    )
    refused = client.post(add, data | {"_key": key(3)})
    assert "已经提交" in refused.content.decode()
    assert client.get(f"/ledger/findings/{found.pk}/edit/").status_code == 403


@pytest.mark.parametrize("odd", ["²", "9" * 5_000, "\x00"])
def test_an_inspection_that_is_no_number_is_none(client_of, inspector, odd):
    client = client_of(inspector)
    assert client.get("/ledger/findings/add/", {"inspection": odd}).status_code == 200
    answer = client.post(
        "/ledger/findings/add/", {"_key": KEY, "inspection": odd, "occurrences": "1"}
    )
    assert answer.status_code == 200


def test_a_draw_is_verified_before_the_readers_eyes(
    client_of, inspector, street, community, make_grid, acting
):
    for number in range(1, 5):
        make_grid(community, number)
    with acting(inspector):
        row = make.inspection(street, community)
        drawn = draw_groups(row, 2, by=inspector)
    client, url = client_of(inspector), reverse("group-draw", args=[drawn.pk])
    page = client.get(url).content.decode()
    assert "与留底一致" in page
    assert drawn.seed in page
    assert "sha256sum" in page
    with acting(inspector):
        GroupDraw.objects.update(result=sorted(set(drawn.frame) - set(drawn.result)))
    assert "不一致" in client.get(url).content.decode()


def test_the_result_sheet_names_marks_and_findings_but_no_household(
    client_of, inspector, street, community, acting
):
    with acting(street):
        rubric = make.rubric(street)
        row = more.handed_in(street, community, rubric=rubric, score=D(16), full=D(18))
        fault = rubric.items.first().faults.first()
        make.finding(row, fault, place="老街口", household="易秋生")
    answer = client_of(inspector).get(reverse("inspection-paper", args=[row.pk]))
    words = "".join(
        p.get_textpage().get_text_range() for p in pypdfium2.PdfDocument(answer.content)
    )
    told = "".join(words.split())
    for word in ("环境卫生检查结果单", "成堆垃圾", "老街口", "16分", "签名"):
        assert word in told
    assert "易秋生" not in told
    with acting(street):
        begun = make.inspection(street, community)
    answer = client_of(inspector).get(reverse("inspection-paper", args=[begun.pk]))
    assert answer.status_code == 403


# --- rubrics --------------------------------------------------------------------------------------


def test_a_rubric_is_taken_over_changed_and_closed_by_its_first_use(
    client_of, section, street, community, acting
):
    client = client_of(section)
    url = reverse("rubric-from-template")
    data = {"_key": KEY, "template": "rural", "unit": street.pk, "starts_on": "2025-01-01"}
    assert "合计 100 分" in client.post(url, data).content.decode()
    page = client.post(url, data | {"step": "confirm", "_key": key(2)}, follow=True)
    assert "12 个项目，合计" in page.content.decode()
    with acting(street):
        rubric = Rubric.objects.get()
        item = RubricItem.objects.get(ordinal=1)
    edit = f"/ledger/rubric-items/{item.pk}/edit/"
    fields = {"rubric": rubric.pk, "ordinal": 1, "title": item.title, "maximum": "10", "cap": "12"}
    refused = client.post(edit, fields | {"version": 1, "_key": key(3)}).content.decode()
    assert "不能高于分值" in refused
    client.post(edit, fields | {"cap": "", "version": 1, "_key": key(4)})
    page = client.get(f"/ledger/rubrics/{rubric.pk}/").content.decode()
    assert "不是 100 分" in page
    with acting(street):
        make.inspection(street, community, rubric=rubric)
        fault = RubricFault.objects.first()
    page = client.get(f"/ledger/rubrics/{rubric.pk}/").content.decode()
    assert "只能查看" in page
    assert "增加项目" not in page
    for slug, record in (
        ("rubrics", rubric),
        ("rubric-items", item),
        ("rubric-faults", fault),
    ):
        assert client.get(f"/ledger/{slug}/{record.pk}/edit/").status_code == 403
        assert client.get(f"/ledger/{slug}/{record.pk}/delete/").status_code == 403
    added = client.post(
        "/ledger/rubric-items/add/",
        {"_key": key(5), "rubric": rubric.pk, "ordinal": 13, "title": "新项目", "maximum": "5"}
        | {"unit": street.pk},
    )
    assert "请发布新版" in added.content.decode()
    edition = reverse("rubric-new-edition", args=[rubric.pk])
    data = {"_key": key(6), "starts_on": "2025-07-01", "step": "confirm"}
    assert "第2版" in client.post(edition, data, follow=True).content.decode()


def test_inspectors_and_communities_read_rubrics_and_do_not_keep_them(
    client_of, inspector, make_user, street, community, acting
):
    with acting(street):
        rubric = make.rubric(street)
    for user in (inspector, make_user(Role.COMMUNITY_HEAD, community)):
        client = client_of(user)
        assert client.get(f"/ledger/rubrics/{rubric.pk}/").status_code == 200
        assert client.get(f"/ledger/rubrics/{rubric.pk}/edit/").status_code == 403
        assert client.get(reverse("rubric-from-template")).status_code == 403
        assert client.get(reverse("rubric-new-edition", args=[rubric.pk])).status_code == 403
