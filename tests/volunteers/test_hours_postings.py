"""公示: confirmed hours are shown for the days of the rule, objections keep a record out, then they count."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Event

import pypdfium2 as pdfium
import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from portal.roles import Role
from portal.scope import Denied
from tests.disability.posting import keyed
from tests.factories import volunteers as make
from volunteers.enums.hours import CorrectionState
from volunteers.enums.hours import HoursState as S
from volunteers.models import HoursCorrection, HoursPosting, HoursRule, ServiceRecord
from volunteers.selectors.postings import to_post
from volunteers.services.corrections import answer, ask
from volunteers.services.hours import take
from volunteers.services.postings import count, count_ended, post

TODAY = date(2025, 3, 12)


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    def set_to(day):
        monkeypatch.setattr(timezone, "now", lambda: make.at(day, 10))

    set_to(TODAY)
    return set_to


@pytest.fixture
def clerk(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community, "clerk", name="李梅")


@pytest.fixture
def head(make_user, community):
    return make_user(Role.COMMUNITY_HEAD, community, "head", name="周书记")


@pytest.fixture
def scene(acting, community):
    with acting(community):
        activity = make.held(community)
        yield [
            make.service(make.volunteer(community, name), activity, minutes=120, state=S.CONFIRMED)
            for name in ("林晓燕", "高建国", "韦英堃")
        ]


def states(records):
    for record in records:
        record.refresh_from_db()
    return [record.state for record in records]


def test_posted_for_the_days_of_the_rule_the_first_not_counted(scene, community, clerk):
    posting = post(community, scene, place="社区宣传栏", by=clerk)
    assert (posting.starts_on, posting.ends_on) == (TODAY, date(2025, 3, 19))
    assert posting.title == "志愿服务时长公示（2025-03-08）"
    assert states(scene) == [S.POSTED] * 3
    HoursRule.objects.create(unit=community, starts_on=TODAY, posting_days=3)
    more = make.service(scene[0].volunteer, make.held(community), start=14, state=S.CONFIRMED)
    assert post(community, [more], place="", by=clerk).ends_on == date(2025, 3, 15)


def test_nothing_counts_before_the_last_day_has_passed(scene, community, clerk, clock):
    posting = post(community, scene, place="", by=clerk)
    clock(posting.ends_on)
    with pytest.raises(ValidationError, match="期满后才能计入"):
        count(posting, by=clerk)
    assert count_ended(posting.ends_on) == 0
    clock(posting.ends_on + timedelta(days=1))
    assert count(posting, by=clerk) == (3, 0)
    posting.refresh_from_db()
    assert posting.closed_on == date(2025, 3, 20)
    assert states(scene) == [S.COUNTED] * 3
    assert {record.counted_on for record in scene} == {date(2025, 3, 20)}
    with pytest.raises(ValidationError, match="已经计入"):
        count(posting, by=clerk)


def test_the_job_counts_what_ended_in_every_unit(
    acting, scene, community, other_community, street, clerk, make_user
):
    other_clerk = make_user(Role.COMMUNITY_STAFF, other_community)
    post(community, scene, place="", by=clerk)
    with acting(other_community):
        foreign = make.service(
            make.volunteer(other_community), make.held(other_community), state=S.CONFIRMED
        )
        post(other_community, [foreign], place="", by=other_clerk)
    assert count_ended(date(2025, 3, 20)) == 4
    assert count_ended(date(2025, 3, 20)) == 0
    with acting(street):
        assert HoursPosting.objects.filter(closed_on=date(2025, 3, 20)).count() == 2


def test_a_record_under_an_open_correction_is_left_out_and_stays(scene, community, clerk):
    ask(scene[0], "实际服务 3 小时", 180)
    assert set(to_post(community, TODAY)) == set(scene[1:])
    posting = post(community, scene, place="", by=clerk)
    assert states(scene) == [S.CONFIRMED, S.POSTED, S.POSTED]
    assert posting.services.count() == 2


def test_an_objection_while_posted_keeps_the_posting_open_until_it_is_answered(
    scene, community, clerk, clock
):
    posting = post(community, scene, place="", by=clerk)
    objection = ask(scene[0], "我没有参加", 1)
    clock(date(2025, 3, 20))
    assert count(posting, by=clerk) == (2, 1)
    posting.refresh_from_db()
    assert posting.closed_on is None
    assert states(scene) == [S.POSTED, S.COUNTED, S.COUNTED]
    answer(objection, "refuse", "现场照片和签到表都有您", by=clerk)
    assert count_ended(date(2025, 3, 21)) == 1
    assert states(scene)[0] == S.COUNTED
    posting.refresh_from_db()
    assert posting.closed_on == date(2025, 3, 21)


def test_an_objection_that_was_right_takes_the_record_back(scene, community, clerk, clock):
    posting = post(community, scene, place="", by=clerk)
    objection = ask(scene[0], "实际只到 10 点半", 90)
    clock(date(2025, 3, 20))
    count(posting, by=clerk)
    answer(objection, "accept", "已核对签到表", by=clerk)
    record = scene[0]
    assert states([record]) == [S.RECORDED]
    assert (record.minutes, record.posting, record.confirmed_on) == (90, None, None)
    posting.refresh_from_db()
    assert posting.closed_on == date(2025, 3, 20)
    assert HoursCorrection.objects.get().state == CorrectionState.ACCEPTED


def test_only_confirmed_records_of_the_unit_are_posted(scene, community, clerk, head):
    with pytest.raises(ValidationError, match="没有可以公示的记录"):
        post(community, [], place="", by=clerk)
    with pytest.raises(Denied):
        post(community, scene, place="", by=head)
    recorded = make.service(scene[0].volunteer, make.held(community), start=14, state=S.RECORDED)
    with pytest.raises(ValidationError, match="现在是“已记录”，不能公示"):
        post(community, [*scene, recorded], place="", by=clerk)
    assert not HoursPosting.objects.exists()


def test_the_pages_from_composing_to_counting(scene, community, clerk, client_of, clock):
    client = client_of(clerk)
    url = "/volunteers/postings/new/"
    assert "编制公示" in client.get(url).content.decode()
    sent = {"unit": community.pk, "until": "2025-03-12", "place": "社区宣传栏"}
    shown = client.post(url, keyed(sent)).content.decode()
    assert "已确认的服务记录3条，3人，共6.00小时" in shown
    assert not HoursPosting.objects.exists()
    client.post(url, keyed(sent | {"step": "confirm"}))
    posting = HoursPosting.objects.get()
    detail = client.get(f"/ledger/hours-postings/{posting.pk}/").content.decode()
    assert "林*燕" in detail
    assert "计入时长" not in detail
    clock(date(2025, 3, 20))
    client = client_of(clerk)  # the former session has run out
    assert "计入时长" in client.get(f"/ledger/hours-postings/{posting.pk}/").content.decode()
    client.post(f"/volunteers/postings/{posting.pk}/count/", keyed({}))
    assert states(scene) == [S.COUNTED] * 3


def test_the_paper_masks_who_did_not_agree(scene, community, clerk, client_of):
    open_one = scene[0].volunteer
    open_one.may_publish = True
    open_one.save()
    posting = post(community, scene, place="社区宣传栏", by=clerk)
    response = client_of(clerk).get(f"/volunteers/postings/{posting.pk}/list.pdf")
    pages = pdfium.PdfDocument(response.content)
    text = "".join(page.get_textpage().get_text_range() for page in pages)
    assert "林晓燕" in text
    assert "高建国" not in text
    assert open_one.serial_number in text
    assert "（盖章）" in text
    assert "6.00" in text


def test_the_paper_leaves_out_what_was_refused_since(scene, community, clerk, client_of):
    posting = post(community, scene, place="社区宣传栏", by=clerk)
    take([ServiceRecord.objects.get(pk=scene[0].pk)], "refuse", by=clerk, note="没有参加")
    response = client_of(clerk).get(f"/volunteers/postings/{posting.pk}/list.pdf")
    pages = pdfium.PdfDocument(response.content)
    text = "".join(page.get_textpage().get_text_range() for page in pages)
    assert scene[0].volunteer.serial_number not in text
    assert scene[1].volunteer.serial_number in text
    assert "4.00" in text


@pytest.mark.django_db(transaction=True)
def test_an_objection_made_while_hours_are_being_counted_holds_its_record_back(
    community, clerk, clock, acting
):
    with acting(community):
        activity = make.held(community)
        people = [make.volunteer(community, name) for name in ("林晓燕", "高建国")]
        records = [make.service(each, activity, state=S.CONFIRMED) for each in people]
    with acting(clerk):
        posting = post(community, records, place="", by=clerk)
    clock(posting.ends_on + timedelta(days=1))
    asked, go_on = Event(), Event()

    def objecting():
        try:
            with acting(community), transaction.atomic():
                ask(ServiceRecord.objects.get(pk=records[0].pk), "时间不对", 60)
                asked.set()
                go_on.wait(5)
        finally:
            connection.close()

    def counting():
        try:
            with acting(community):
                return count(posting)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(objecting)
        assert asked.wait(5), first.exception(5)
        second = pool.submit(counting)
        with pytest.raises(TimeoutError):  # it waits for the record that is objected to
            second.result(0.5)
        go_on.set()
        first.result(5)
        assert second.result(5) == (1, 1)
    with acting(community):
        assert states(records) == [S.POSTED, S.COUNTED]
