"""Asking and answering as people meet it: the form, the page of the answer, the table, its files, the lists."""

import io
import uuid
from datetime import timedelta

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.asks import services
from portal.asks.workflow import AnswerState
from portal.models import AccessLog, Ask, AskAnswer, AskStep
from portal.periods import Period
from tests import factories
from tests.exports.test_register import pages_of

pytestmark = pytest.mark.django_db


def post(client, url, **data):
    return client.post(url, {"_key": str(uuid.uuid4())} | data)


def typed(**fields):
    due = timezone.localtime() + timedelta(days=20)
    fields = {
        "title": "走访情况",
        "figures": ["visits.home"],
        "period": "",
        "other": "2025",
        "whom": "all",
        "due_on": due.date(),
        "due_time": "17:00",
        "reason": "例会通报",
        "reuse": "on",
    } | fields
    return fields | {"period": str(timezone.localdate().year)}


def shown(page) -> dict:
    """What the hidden fields of the answer's form say."""
    return {"version": page.context["answer"].version, "seen": page.context["seal"]}


def test_from_asking_to_looking_at_the_answer(
    acting, client_of, section, staff, community, other_community, visits
):
    street = client_of(section)
    page = post(street, "/asks/new/", **typed()).content.decode()
    assert "向2个社区要2025年的“入户走访”" in page
    with acting(section):
        assert not Ask.objects.exists()
    sent = post(street, "/asks/new/", step="confirm", **typed())
    assert sent.status_code == 302, sent.content.decode()
    with acting(section):
        ask = Ask.objects.get()
        answer = AskAnswer.objects.get(unit=community)
    here = client_of(staff)
    assert "走访情况（春华街道）" in here.get("/").content.decode()
    url = f"/asks/answers/{answer.pk}/"
    page = here.get(url)
    [figure] = page.context["figures"]
    [cell] = figure["cells"]
    assert cell["cell"].text == "2"
    assert here.get(cell["url"]).context["value"] == "2"  # the number at the end of its link
    assert 'type="number"' not in page.content.decode()
    done = post(here, f"{url}confirm/", right="yes", **shown(page))
    assert done.status_code == 302, done.content.decode()
    assert "待查收的答复" in street.get("/").content.decode()
    seen = street.get(url)
    assert "数字属实" in seen.content.decode()
    post(street, url, step="accept", version=seen.context["answer"].version)
    with acting(section):
        assert AskAnswer.objects.get(pk=answer.pk).state == AnswerState.ACCEPTED
    assert street.get(f"/asks/{ask.pk}/").status_code == 200


def test_a_changed_record_after_confirming_shows_the_difference(
    acting, client_of, send, answer_of, confirm, community, section, staff, person, visits
):
    ask = send()
    answer = answer_of(ask, community, staff)
    confirm(answer, staff)
    url = f"/asks/answers/{answer.pk}/"
    assert client_of(section).get(url).context["changes"] == []
    with acting(community):
        factories.visit(person)
    for user in (section, staff):
        [change] = client_of(user).get(url).context["changes"]
        assert (change.then, change.now) == ("2", "3")
    table = client_of(section).get(f"/asks/{ask.pk}/")
    [line, _] = table.context["table"]
    assert (line["cells"][0]["text"], line["cells"][0]["now"]) == ("2", "3")
    assert "现在 3" in table.content.decode()


def test_what_is_wrong_is_said_at_its_field_and_kept(
    client_of, send, answer_of, community, staff, visits, acting
):
    answer = answer_of(send(questions=["主要困难"]), community, staff)
    client, url = client_of(staff), f"/asks/answers/{answer.pk}/"
    page = client.get(url)
    told = post(client, f"{url}confirm/", note="再核", **shown(page))
    assert "请选择数字对不对" in told.content.decode()
    told = post(client, f"{url}confirm/", right="no", **{"words-0": "人手少"}, **shown(page))
    body = told.content.decode()
    assert (told.status_code, "请写明哪里不对" in body, "人手少" in body) == (400, True, True)
    told = post(client, f"{url}confirm/", right="yes", **shown(page) | {"seen": "x"})
    assert "数字变了" in told.content.decode()
    told = post(client, f"{url}confirm/", right="yes", **shown(page) | {"version": 9})
    assert told.status_code == 409
    assert post(client, url, step="reuse", version=1).status_code == 404
    with acting(staff):
        assert not AskStep.objects.exists()


def test_other_communities_and_streets_find_nothing(
    acting, client_of, make_user, send, answer_of, community, staff, neighbour, other_street, visits
):
    from portal.roles import Role

    ask = send([community])
    answer = answer_of(ask, community, staff)
    for user in (neighbour, make_user(Role.STREET_SECTION, other_street)):
        client = client_of(user)
        assert client.get(f"/asks/answers/{answer.pk}/").status_code == 404
        for url in (f"/asks/answers/{answer.pk}/", f"/asks/answers/{answer.pk}/confirm/"):
            assert post(client, url, step="accept").status_code == 404
        assert "走访情况" not in client.get("/asks/").content.decode()
    assert client_of(neighbour).get(f"/asks/{ask.pk}/").status_code == 403
    assert client.get(f"/asks/{ask.pk}/").status_code == 404
    assert client_of(staff).get(f"/asks/{ask.pk}/").status_code == 403
    for action in ("remind", "extend", "cancel", "close", "file"):
        assert post(client, f"/asks/{ask.pk}/{action}/").status_code == 404, action


def test_the_sum_of_the_confirmed_stands_beside_the_engines_own(
    acting,
    client_of,
    send,
    answer_of,
    confirm,
    community,
    other_community,
    section,
    staff,
    neighbour,
    visits,
    street,
):
    """A person whom both communities visited counts in each, and once in the street."""
    with acting(street):
        shared = visits[0].resident
        shared.unit_ids = [community.pk, other_community.pk]
        shared.save()
    with acting(community, other_community):
        factories.visit(shared, unit=other_community)
    ask = send(figures=["visits.home", "visits.persons"])
    for unit, user in ((community, staff), (other_community, neighbour)):
        confirm(answer_of(ask, unit, user), user)
    client = client_of(section)
    page = client.get(f"/asks/{ask.pk}/")
    assert page.context["sums"] == ["4", "3"]
    assert [cell["text"] for cell in page.context["engine"]] == ["4", "2"]
    for cell in page.context["engine"]:
        assert client.get(cell["url"]).context["value"] == cell["text"]


def test_the_table_leaves_as_it_was_confirmed(
    acting, client_of, send, answer_of, confirm, community, section, staff, person, visits
):
    ask = send(category="domains", questions=["主要困难"])
    confirm(answer_of(ask, community, staff), staff, words=["人手少"])
    with acting(community):
        factories.visit(person)
    client = client_of(section)
    answer = post(client, f"/asks/{ask.pk}/file/", format="xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    [line] = [row for row in rows if row[0] == "明珠社区"]
    assert line[1] == 2
    assert "人手少" in line
    assert next(row for row in rows if row[0] == "和平社区")[-1] == "待答复"
    assert next(row for row in rows if row[0] == "已确认之和")[1] == "2"
    printed = post(client, f"/asks/{ask.pk}/file/", format="pdf")
    assert printed.content.startswith(b"%PDF")
    assert "走访情况" in pages_of(printed.content)[0]
    with acting(section):
        assert AccessLog.objects.filter(subject="portal.ask").count() == 2


def test_known_numbers_are_told_before_asking(
    client_of, send, answer_of, confirm, community, section, staff, visits
):
    confirm(answer_of(send(), community, staff), staff)
    page = post(client_of(section), "/asks/new/", **typed(title="又要一次")).content.decode()
    assert "这些数字已经报过" in page
    assert "已在《走访情况》中确认（李梅）" in page


def test_a_form_that_lacks_something_says_so(client_of, section, visits):
    client = client_of(section)
    for fields, words in (
        ({"figures": []}, "指标"),
        ({"whom": "chosen"}, "请选择社区"),
        ({"other": "20xx"}, "时段写法不对"),
        ({"due_on": "2020-01-01"}, "期限要晚于现在"),
        ({"category": "purposes:走访目的", "figures": ["visits.home"]}, "分列"),
        ({"questions": "一\n二\n三\n四"}, "最多三条"),
    ):
        answer = post(client, "/asks/new/?domain=residents", **typed(**fields))
        assert answer.status_code == 200
        assert words in answer.content.decode(), fields


def test_later_deadlines_ends_and_reminders_through_the_pages(
    acting, client_of, send, section, visits
):
    ask, client = send(), client_of(section)
    later = timezone.localtime(ask.due_at) + timedelta(days=3)
    url = f"/asks/{ask.pk}/"
    fields = {"versions": f"{ask.pk}:{ask.version}", "reason": "系统停机"}
    told = post(client, f"{url}extend/", due_on=later.date(), due_time="12:00", **fields)
    assert told.status_code == 302, told.content.decode()
    assert (
        "已提醒 2 个"
        in client.post(f"{url}remind/", {"_key": str(uuid.uuid4())}, follow=True).content.decode()
    )
    stale = post(client, f"{url}cancel/", **fields)
    assert stale.status_code == 409
    with acting(section):
        version = Ask.objects.get().version
    done = post(client, f"{url}cancel/", versions=f"{ask.pk}:{version}", reason="不再需要")
    assert done.status_code == 302, done.content.decode()
    assert "不再需要" in client.get(url).content.decode()
    assert client.get(f"{url}nonsense/").status_code == 404


def test_lists_and_table_ask_as_often_for_one_as_for_three(
    acting,
    client_of,
    make_user,
    send,
    bring_to,
    section,
    staff,
    community,
    other_community,
    street,
    visits,
):
    from portal.models import Unit
    from tests.conftest import as_command

    client, here, asked = client_of(section), client_of(staff), {}
    with as_command():
        third = Unit.objects.create(
            kind="community", code="440103001003", name="东门社区", parent=street
        )
    for count, places in ((1, [community]), (2, [community, other_community, third])):
        for _ in range(count):
            ask = send(places)
        bring_to(ask, community, AnswerState.CONFIRMED)
        for who, browser, url in (
            ("street", client, "/asks/"),
            ("community", here, "/asks/"),
            ("table", client, f"/asks/{ask.pk}/"),
        ):
            with CaptureQueriesContext(connection) as found:
                assert browser.get(url).status_code == 200
            asked.setdefault(who, []).append(len(found))
    for who, (few, many) in asked.items():
        assert few == many, who


def test_the_period_of_a_link_and_of_the_ask_are_one(send):
    assert send(period_key="2025Q1").period == Period.parse("2025Q1")


def test_a_reminder_is_for_the_sender_alone(acting, send, staff, visits):
    from portal.scope import Denied

    ask = send()
    with acting(staff), pytest.raises(Denied):
        services.remind(ask, by=staff)
