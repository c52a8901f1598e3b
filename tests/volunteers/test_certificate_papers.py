"""The certificate as a PDF: one page with every field, an annex for many activities, and who sees what."""

from datetime import date, timedelta

import pytest

from portal.models import AccessLog
from portal.roles import Role
from tests.factories import volunteers as make
from tests.portal.pdf_pages import read_pages, read_text
from tests.volunteers.certifying import (
    ISSUED,
    LONG,
    RARE,
    ask,
    head,
    issued,
    leader,
    person,
    staff,
)
from volunteers.models import VolunteerAward, VolunteerEvaluation, VolunteerTraining
from volunteers.selectors.certificate_papers import Paper, told_days
from volunteers.selectors.certificates import code_of
from volunteers.services import certificates as services

__all__ = ["head", "leader", "person", "staff"]
pytestmark = pytest.mark.django_db


def url_of(certificate):
    return f"/volunteers/certificates/{certificate.pk}/certificate.pdf"


def printed(client, certificate) -> bytes:
    answer = client.get(url_of(certificate))
    assert answer.status_code == 200
    return answer.content


def busy(community, count, name="林晓燕", **fields):
    """A volunteer with so many activities of names of their own, and all that a paper may tell."""
    person = make.volunteer(community, name=name)
    for n in range(count):
        day = date(2025, 2, 1) + timedelta(days=7 * n)
        act = make.held(
            community,
            day,
            title=f"第{n + 1}次关爱孤寡老人入户清洁",
            code="home_cleaning",
            place="春华路明珠小区十二栋",
            serves="孤寡老人和残疾人",
            **fields,
        )
        make.service(person, act, minutes=100, what="打扫卫生、陪伴聊天")
    kept = {"unit": community, "volunteer": person, "occurred_on": date(2025, 5, 4)}
    VolunteerTraining.objects.create(**kept, title="急救培训", organiser="区红十字会", hours=4)
    VolunteerAward.objects.create(
        **kept, name="优秀志愿者", grantor="春华街道办事处", kind="honour", rank="town"
    )
    VolunteerEvaluation.objects.create(**kept, source="served", level=5, said="很好")
    return person


def test_it_is_one_page_with_every_field(client_of, acting, community, staff):
    with acting(community):
        person = busy(community, 12)
        certificate = issued(person, None, note="本证明不作其他用途")
    data = printed(client_of(staff), certificate)
    text = read_text(data)
    assert len(read_pages(data)) == 1
    for told in (
        *("志愿服务记录证明", certificate.label, "林晓燕", person.serial_number, person.number),
        *(
            "居民身份证",
            "2025年1月1日至2025年12月31日",
            "升学",
            "志愿服务12次",
            "20.00",
            "第12次关爱",
        ),
        *("2025-02-01", "孤寡老人和", "残疾人", "打扫卫生、陪伴聊天", "1.67", "急救培训", "4学时"),
        *("优秀志愿者（春华街道办事处）", "服务对象评价1次（非常满意1次）", "本证明不作其他用途"),
        *(
            "出具单位：明珠社区",
            "负责人：周书记",
            "经办人：李梅",
            "0731-85550111",
            "签名",
            "盖章处",
        ),
        *("免费出具", code_of(certificate), "/public/volunteers/certificate/", "第1页共1页"),
    ):
        assert told in text, told
    assert "附页" not in text


def test_many_activities_go_to_an_annex(client_of, acting, community, staff):
    with acting(community):
        certificate = issued(busy(community, 40), None)
    data = printed(client_of(staff), certificate)
    first, *rest = [
        "".join(char for line in page for char in line.text) for page in read_pages(data)
    ]
    assert rest
    assert "逐项明细见附页" in first
    assert "入户清洁40项40次66.67" in first.replace(" ", "")
    assert "第1次关爱" not in first
    assert "盖章处" in first
    assert "第1次关爱" in rest[0]
    assert "第40次关爱" in "".join(rest)
    assert certificate.label in rest[0]


def test_one_activity_on_many_days_is_one_line(client_of, acting, community, staff):
    with acting(community):
        person = make.volunteer(community)
        for n in range(30):
            act = make.held(community, date(2025, 1, 4) + timedelta(days=7 * n), title="义务巡逻")
            make.service(person, act, minutes=90)
        certificate = issued(person, None)
    text = read_text(printed(client_of(staff), certificate))
    for told in ("2025-01-04至", "2025-07-26，", "共30天", "45.00"):
        assert told in text, told
    assert "附页" not in text


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ([date(2025, 3, 8)], "2025-03-08"),
        ([date(2025, 3, 8), date(2025, 3, 8)], "2025-03-08"),
        (
            [date(2025, 12, 30), date(2025, 12, 31), date(2026, 1, 2)],
            "2025-12-30、12-31、2026-01-02",
        ),
        ([date(2025, 3, day) for day in (4, 1, 3, 2)], "2025-03-01 至 2025-03-04，共 4 天"),
    ],
)
def test_days_are_told_shortly(days, told):
    assert told_days(days) == told


def longest(community, count):
    person = busy(community, count, name=LONG)
    certificate = services.request(person, "升" * 80, date(2025, 1, 1), date(2025, 12, 31))
    return services.issue(
        certificate, "周" * 50, "李" * 50, "0731-85550111转 8001", "注" * 100, by=None
    )


def test_the_longest_names_stay_on_one_page(client_of, acting, community, staff):
    with acting(community):
        certificate = longest(community, 1)
        usual = issued(busy(community, 12, name=LONG), None)
    for paper in (certificate, usual):
        data = printed(client_of(staff), paper)
        assert len(read_pages(data)) == 1
        assert LONG[:10] in read_text(data)
        assert LONG[-8:] in read_text(data)


def test_what_is_longest_in_all_leaves_its_activities_to_the_annex(
    client_of, acting, community, staff
):
    with acting(community):
        certificate = longest(community, 12)
    first, second = read_pages(printed(client_of(staff), certificate))
    assert "编号和核验码核验" in "".join(line.text for line in first)
    assert "第12次关爱" in "".join(line.text for line in second)


def test_rare_characters_are_told_to_be_written_in_by_hand(client_of, acting, community, staff):
    with acting(community):
        certificate = issued(busy(community, 1, name=RARE), None)
    text = read_text(printed(client_of(staff), certificate))
    assert "\U00020bb7" in text
    assert "〓（U+3402F）" in text


def test_the_full_number_is_for_who_may_open_it_and_leaves_a_trace(
    client_of, acting, community, staff, leader, person
):
    with acting(community):
        certificate = issued(person, None, note="")
    masked = read_text(printed(client_of(leader), certificate))
    assert person.number not in masked
    assert person.masked_number in masked
    assert "证件号码已遮盖" in masked
    assert person.number in read_text(printed(client_of(staff), certificate))
    with acting(community):
        traces = list(
            AccessLog.objects.order_by("pk").values_list("user", "action", "purpose", "subject_id")
        )
    assert traces == [
        (leader.pk, "pdf", "", certificate.pk),
        (staff.pk, "pdf", "", certificate.pk),
        (staff.pk, "unmask", "志愿服务证明：升学", certificate.pk),
    ]


def test_what_is_not_issued_is_not_printed_and_what_is_revoked_says_so(
    client_of, acting, community, staff, head, person
):
    with acting(community):
        certificate = ask(person)
    assert client_of(staff).get(url_of(certificate)).status_code == 403
    with acting(community):
        certificate = services.issue(certificate, **ISSUED, by=None)
        certificate = services.revoke(certificate, "时长有误", by=None)
    text = read_text(printed(client_of(head), certificate))
    assert "撤销，不再有效" in text
    assert "时长有误" not in text


def test_others_print_no_paper(client_of, make_user, acting, community, other_community, person):
    with acting(community):
        certificate = issued(person, None)
    inspector = make_user(Role.SANITATION_INSPECTOR, community)
    assert client_of(inspector).get(url_of(certificate)).status_code == 403
    stranger = make_user(Role.COMMUNITY_STAFF, other_community)
    assert client_of(stranger).get(url_of(certificate)).status_code == 404


def test_what_is_printed_is_what_was_issued(client_of, acting, community, staff, person):
    with acting(community):
        certificate = issued(person, None)
        before = Paper(certificate.content).data
    first = read_text(printed(client_of(staff), certificate))
    with acting(community):
        person.name = "别的名字"
        person.save()
        record = person.services.get()
        record.minutes = 600
        record.save()
        certificate.refresh_from_db()
        assert Paper(certificate.content).data == before
    assert read_text(printed(client_of(staff), certificate)) == first
