"""鉴定表: one A4 with who, when, what in figures and the three opinions; and the pages that lead to it."""

import uuid
from datetime import date

import pytest
from django.urls import reverse

from portal.figures import engine
from portal.periods import Period
from portal.roles import Role
from tests.factories import volunteers as make
from tests.portal.pdf_pages import read_pages, read_text
from tests.reports.test_issuing import text_of_pdf
from volunteers.enums.placements import TaskKind
from volunteers.models import Trainee, TraineeLog

pytestmark = pytest.mark.django_db
LONG_NAME = "阿卜杜热合曼·阿布都克热木·买买提艾力江·吾斯曼"  # 25 characters


@pytest.fixture
def clerk(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community, name="赵主任")


@pytest.fixture
def client(client_of, clerk):
    return client_of(clerk)


@pytest.fixture
def person(acting, community):
    with acting(community):
        made = make.trainee(community, own_words="学会了耐心。", mentor_words="踏实、微笑服务。")
        make.trainee_log(made, confirmed_on=date(2025, 7, 9), confirmed_by="赵主任")
        make.trainee_log(made, date(2025, 7, 9), task=TaskKind.PHONE, minutes=100)
        return made


def post(client, url, **data):
    return client.post(url, {"_key": str(uuid.uuid4())} | data)


def versions_on(client, url) -> str:
    return client.get(url).context["form"].fields["versions"].initial


def paper_of(client, person) -> bytes:
    answer = client.get(f"/volunteers/trainees/{person.pk}/appraisal.pdf")
    assert answer.status_code == 200
    return answer.content


def test_the_paper_tells_the_figures_of_confirmed_days(client, person, acting, community):
    text = read_text(paper_of(client, person))
    for told in (
        "社会实践鉴定表",
        "苏文静",
        "江城大学",
        "2025年7月7日至2025年8月15日",
        "赵主任、金主任",
        "资料归档13.00",
        "学会了耐心。",
        "踏实、微笑服务。",
        "本人签名",
        "指导老师签名",
        "单位盖章处",
        "□优秀□良好□合格□不合格",
    ):
        assert told in text, told
    assert "接听电话" not in text  # waits for a mentor
    with acting(community):
        units, summer = {community.pk}, Period(person.starts_on, person.ends_on)
        assert engine.read("volunteers.trainee_hours", units, summer).text == "3.00"


@pytest.mark.parametrize("much", [False, True])
def test_it_stays_on_one_page_with_the_longest_names_and_texts(
    client, acting, community, person, much
):
    with acting(community):
        Trainee.objects.filter(pk=person.pk).update(
            name=LONG_NAME,
            school="江城人文与社会科学职业技术大学马克思主义与公共管理学院"[:60],
            mentors="赵主任、金主任、欧阳主任、司徒副书记",
            own_words="认真做事，耐心待人。" * (100 if much else 10),
            mentor_words="踏实肯干，微笑服务。" * (50 if much else 8),
            office_words="同意指导老师的意见。" * (30 if much else 1),
            grade="excellent",
            appraised_on=date(2025, 8, 18),
        )
        for number, task in enumerate(TaskKind.values):
            make.trainee_log(
                person,
                date(2025, 7, 10 + number),
                task=task,
                confirmed_on=date(2025, 8, 1),
                confirmed_by="赵主任",
            )
    paper = paper_of(client, person)
    assert len(read_pages(paper)) == 1
    text = read_text(paper)
    assert LONG_NAME in text_of_pdf(paper)  # in the order of the cells
    assert "■优秀□良好" in text
    assert "2025年8月18日" in text


def test_a_character_that_no_font_has_is_named(client, acting, community, person):
    with acting(community):
        Trainee.objects.filter(pk=person.pk).update(name=f"王{chr(0x3FFFD)}")
    text = read_text(paper_of(client, person))
    assert "〓（U+3FFFD）" in text


# --- the pages of staff -------------------------------------------------------------------------
def test_several_days_are_confirmed_on_one_page(client, person, acting, community):
    with acting(community):
        make.trainee_log(person, date(2025, 7, 10), task=TaskKind.LAW, minutes=700, what="值守")
    url = f"/volunteers/trainees/{person.pk}/confirm/"
    page = client.get(url)
    assert "当天超过 10 小时，请核实" in page.content.decode()
    chosen = [line["log"].pk for line in page.context["lines"]]
    assert len(chosen) == 2
    answer = post(client, url, versions=versions_on(client, url), chosen=chosen)
    assert answer.status_code == 302
    with acting(community):
        assert not TraineeLog.objects.filter(confirmed_on__isnull=True).exists()
        assert set(TraineeLog.objects.values_list("confirmed_by", flat=True)) == {"赵主任"}
    assert "没有待确认的日志" in client.get(url).content.decode()


def test_nothing_ticked_is_said_and_what_changed_meanwhile_is_not_confirmed(
    client, person, acting, community
):
    url = "/volunteers/trainee-logs/confirm/"
    versions = versions_on(client, url)
    page = post(client, url, versions=versions)
    assert "请至少勾选一条。" in page.content.decode()
    page = post(client, url, versions=versions, chosen=["²", "9" * 5_000])
    assert "请刷新页面后再确认" in page.content.decode()
    with acting(community):
        log = TraineeLog.objects.get(confirmed_on__isnull=True)
        log.minutes = 30
        log.save()
    answer = post(client, url, versions=versions, chosen=[log.pk])
    assert answer.status_code == 409
    with acting(community):
        assert TraineeLog.objects.filter(confirmed_on__isnull=True).exists()


def test_the_steps_of_the_appraisal_lead_from_one_to_the_next(client, person, acting, community):
    with acting(community):
        TraineeLog.objects.filter(confirmed_on__isnull=True).update(
            confirmed_on=date(2025, 7, 10), confirmed_by="金主任"
        )
    root = f"/volunteers/trainees/{person.pk}/appraise"
    url = f"{root}/mentor/"
    answer = post(client, url, versions=versions_on(client, url), mentor_words="很好。")
    assert answer["Location"] == f"{root}/office/"
    url = f"{root}/office/"
    typed = {"office_words": "同意。", "grade": "", "appraised_on": "2025-08-18"}
    page = post(client, url, versions=versions_on(client, url), **typed)
    assert "grade" in page.context["form"].errors
    typed["grade"] = "good"
    answer = post(client, url, versions=versions_on(client, url), **typed)
    assert answer["Location"] == f"/ledger/trainees/{person.pk}/"
    page = client.get(answer["Location"])
    assert page.status_code == 200
    assert "良好" in page.content.decode()
    assert client.get(f"{root}/nothing/").status_code == 404


@pytest.mark.parametrize("text", ["字" * 501, "字\n" * 30])
def test_words_that_do_not_fit_the_page_are_said_at_the_field(client, person, text):
    url = f"/volunteers/trainees/{person.pk}/appraise/mentor/"
    page = post(client, url, versions=versions_on(client, url), mentor_words=text)
    assert "最多 500 字才印得下一页鉴定表" in page.context["form"].errors["mentor_words"][0]


def test_a_confirmed_log_is_given_back(client, person, acting, community):
    with acting(community):
        log = TraineeLog.objects.get(confirmed_on__isnull=False)
    url = f"/volunteers/trainee-logs/{log.pk}/reopen/"
    assert post(client, url, versions=versions_on(client, url)).status_code == 302
    with acting(community):
        log.refresh_from_db()
        assert (log.confirmed_on, log.confirmed_by) == (None, "")


@pytest.mark.parametrize("role", [Role.COMMUNITY_HEAD, Role.STREET_SECTION])
def test_who_only_reads_prints_and_takes_no_step(
    client_of, make_user, community, street, person, role
):
    unit = street if role == Role.STREET_SECTION else community
    reader = client_of(make_user(role, unit))
    assert reader.get(f"/ledger/trainees/{person.pk}/").status_code == 200
    assert paper_of(reader, person).startswith(b"%PDF")
    for path in (
        f"trainees/{person.pk}/confirm/",
        f"trainees/{person.pk}/appraise/mentor/",
        "trainee-logs/confirm/",
    ):
        assert reader.get(f"/volunteers/{path}").status_code == 403


def test_a_person_of_another_community_is_a_missing_page(
    client_of, make_user, other_community, person
):
    stranger = client_of(make_user(Role.COMMUNITY_STAFF, other_community))
    for path in ("confirm/", "appraise/mentor/", "appraisal.pdf"):
        assert stranger.get(f"/volunteers/trainees/{person.pk}/{path}").status_code == 404


def test_many_days_are_keyed_on_one_screen(client, person, acting, community):
    many = reverse("ledger-add-many", args=["trainee-logs"])
    lines = {"trainee": str(person.pk), "trainee_text": "", "lines": "10"}
    for number, minutes in enumerate(("840", "660")):
        lines |= {
            f"l{number}-occurred_on": "2025-07-21",
            f"l{number}-task": "data",
            f"l{number}-minutes": minutes,
            f"l{number}-what": f"录入第 {number + 1} 批",
        }
    page = post(client, many, **lines)
    assert page.status_code == 200  # together 25 hours: all or nothing
    assert "不能超过 24 小时" in page.content.decode()
    with acting(community):
        assert TraineeLog.objects.count() == 2
    lines["l1-minutes"] = "300"
    assert post(client, many, **lines).status_code == 302
    with acting(community):
        assert TraineeLog.objects.count() == 4
