"""Guides on the screen and on paper; what is printed is counted as handed out."""

import uuid
from datetime import date, timedelta

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from portal.pdf.qr import qr_uri
from residents.models import Handout
from servicecenter.models import ItemMaterial
from servicecenter.selectors.guides import guide_of
from tests.factories import cases
from tests.portal.pdf_pages import read_pages, read_text

pytestmark = pytest.mark.django_db
LONG = "困难残疾人家庭无障碍改造和辅助器具适配申请初审事项办理"


def post(client, url, **fields):
    return client.post(url, {"_key": str(uuid.uuid4())} | fields)


@pytest.fixture
def version(acting, street):
    with acting(street):
        made = cases.version(
            street,
            cases.item(street, "CL-12", LONG),
            materials=tuple(f"第{n}种申请材料和有关凭证" for n in range(1, 13)),
            legal_days=20,
            promised_days=15,
            conditions="本辖区常住居民。\n持有残疾人证。",
            process="窗口申请\n入户核实\n街道审批\n办结回复",
            basis="《中华人民共和国无障碍环境建设法》",
            phone="0731-85550100",
            place="街道便民服务中心",
        )
        ItemMaterial.objects.filter(ordinal=12).update(may_follow=True)
        return made


def test_a_guide_tells_the_hall_of_whoever_serves_with_it(acting, street, community, version):
    with acting(street, community):
        hall = cases.hall(community, address="明珠路 8 号", hours="9:00—17:00", phone="0731-1")
        here, there = guide_of(version, community), guide_of(version)
        assert (here.place, here.phone) == (f"{hall.name} 明珠路 8 号", "0731-1")
        assert (there.place, there.phone) == ("街道便民服务中心", "0731-85550100")
        assert (here.promised, here.legal) == ("15 个工作日", "20 个工作日")
        assert here.faster == "比法定时限缩短 5 个工作日"
        assert here.may_follow == ["第12种申请材料和有关凭证"]
        assert here.conditions == ["本辖区常住居民。", "持有残疾人证。"]


def test_an_item_at_the_spot_has_no_days(acting, community):
    with acting(community):
        version = cases.version(community, kind="on_spot", promised_days=0)
        guide = guide_of(version)
        assert (guide.promised, guide.legal, guide.faster) == ("当场办结", "", "")


def test_the_guide_page_shows_what_residents_read(client_of, window, version):
    body = client_of(window).get(f"/servicecenter/versions/{version.pk}/guide/").content.decode()
    for word in (LONG, "15 个工作日", "第12种申请材料", "可容缺", "入户核实", "无障碍环境建设法"):
        assert word in body


def test_the_public_part_of_the_guide_has_no_links(version, acting, street):
    with acting(street):
        html = render_to_string("servicecenter/guide.html", {"guide": guide_of(version)})
    assert "href" not in html


def test_printing_counts_the_copies_once_and_shows_the_sheet(
    client_of, clerk, acting, community, version
):
    client = client_of(clerk)
    url = f"/servicecenter/versions/{version.pk}/print/"
    fields = {"quantity": "50", "target": "来厅居民", "method": "point", "day": "2025-03-03"}

    answer = post(client, url, **fields)

    paper = f"/servicecenter/versions/{version.pk}/guide.pdf"
    assert answer["Location"] == paper
    assert client.get(paper)["Content-Type"] == "application/pdf"
    with acting(clerk):
        [given] = Handout.objects.all()
        assert given.material == f"办事告知单（{LONG}）"
        assert (given.quantity, given.measure, given.unit) == (50, "份", community)
        assert (given.domains, given.target) == (["servicecenter"], "来厅居民")
        assert given.recorded_by == clerk


@pytest.mark.parametrize(
    ("changed", "field", "message"),
    [
        ({"quantity": "0"}, "quantity", "至少印发 1 份。"),
        ({"quantity": "5001"}, "quantity", "一次最多登记 5000 份，请核对。"),
        ({"target": ""}, "target", "请填写发给谁、作什么用。"),
        ({"day": str(timezone.localdate() + timedelta(days=1))}, "day", "发放日期不能晚于今天。"),
    ],
)
def test_a_wrong_count_is_refused_and_nothing_is_counted(
    client_of, clerk, acting, version, changed, field, message
):
    fields = {"quantity": "5", "target": "居民", "method": "point", "day": "2025-03-03"} | changed
    answer = post(client_of(clerk), f"/servicecenter/versions/{version.pk}/print/", **fields)
    assert answer.context["form"].errors == {field: [message]}
    with acting(clerk):
        assert not Handout.objects.exists()


def test_who_may_not_record_for_the_unit_counts_nothing(client_of, section, acting, version):
    url = f"/servicecenter/versions/{version.pk}/print/"
    assert client_of(section).get(url).status_code == 403


def test_the_sheet_of_an_item_with_twelve_materials_is_one_page(client_of, clerk, version):
    pdf = client_of(clerk).get(f"/servicecenter/versions/{version.pk}/guide.pdf").content
    assert len(read_pages(pdf)) == 1
    text = read_text(pdf)
    for word in (LONG, "15个工作日", "法定20个工作日", "第12种申请材料", "可容缺", "街道审批"):
        assert word in text


def test_cards_need_a_hall_and_are_counted(client_of, clerk, acting, community):
    client, url = client_of(clerk), "/servicecenter/service-cards/print/"
    fields = {"quantity": "25", "target": "居民", "method": "home", "day": "2025-03-03"}
    answer = post(client, url, **fields, per_page="10", agent="")
    assert "还没有登记服务大厅" in str(answer.context["form"].errors)
    with acting(community):
        cases.hall(community, address="明珠路 8 号", hours="工作日 9:00—17:00")
        agent = cases.agent(community, "欧阳秋月", phone="0731-85550111")

    answer = post(client, url, **fields, per_page="10", agent=agent.pk)

    pages = read_pages(client.get(answer["Location"]).content)
    assert len(pages) == 3
    text = "".join(line.text for line in pages[0])
    assert text.count("为民服务卡") == text.count("代办员：欧阳秋月") == 10
    with acting(clerk):
        [given] = Handout.objects.all()
        assert (given.material, given.quantity, given.measure) == ("为民服务卡", 25, "张")


def test_eight_larger_cards_fit_a_page(client_of, clerk, acting, community):
    with acting(community):
        cases.hall(community)
    pdf = client_of(clerk).get("/servicecenter/service-cards.pdf?per=8&pages=1&agent=x").content
    [page] = read_pages(pdf)
    assert "".join(line.text for line in page).count("监督电话") == 8


def test_a_qr_code_is_drawn_in_the_page_itself():
    assert qr_uri("https://example.org/a").startswith("data:image/svg+xml")


def test_the_street_tells_no_other_hall_than_its_own(acting, street, other_community, version):
    with acting(street, other_community):
        assert guide_of(version, street).place == "街道便民服务中心"
        assert guide_of(version, other_community).phone == "0731-85550100"
        assert date(2020, 1, 1) == version.starts_on


def test_only_a_public_guide_carries_the_code_of_its_public_page(
    client_of, clerk, acting, street, community, version
):
    from_page = f"/servicecenter/versions/{version.pk}/guide.pdf"
    client = client_of(clerk)
    assert "扫码看最新指南" not in read_text(client.get(from_page).content)
    with acting(street):
        version.published_on = date(2025, 1, 1)
        version.save()
    assert "扫码看最新指南" in read_text(client.get(from_page).content)
    public = reverse("public-item", args=[community.code, version.item_id])
    assert "无障碍改造" in client_of(clerk).get(public).content.decode()
