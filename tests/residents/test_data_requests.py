"""个人信息请求 from coming in to the printed answer, by the pages."""

import io
import json
import re
import uuid
import zipfile
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.figures import engine
from portal.ledgers.registry import ledgers
from portal.models import AccessLog
from portal.periods import Period
from portal.roles import Role
from portal.workdays import workdays_between
from residents.data_requests import act
from residents.holdings import about_people, holdings_of, paths_of, rows_about
from residents.models import Consultation, DataRequest, Resident, Visit
from residents.request_papers import letter, own_values
from tests import factories
from tests.factories.everything import rows_of

pytestmark = pytest.mark.django_db
OTHERS_PHONE, OTHERS_ID = "13911112222", "11010519491231002X"


@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community)


@pytest.fixture
def second(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community, "second")


@pytest.fixture
def person(acting, staff, community):
    with acting(staff):
        row = factories.resident(community, "王建国")
        row.phone, row.contact_name, row.contact_phone = "13800001111", "李秀英", OTHERS_PHONE
        row.save()
        factories.visit(row, content=f"邻居电话{OTHERS_PHONE}，证件{OTHERS_ID}")
        factories.assistance(row)
    return row


def send(client, url, **data):
    return client.post(url, data | {"_key": str(uuid.uuid4())})


def ask(client, acting, staff, person, kind, **fields):
    today = timezone.localdate()
    data = {"resident": person.pk, "occurred_on": today, "kind": kind, "content": "请求"}
    answer = send(client, "/ledger/data-requests/add/", **(data | {"asker": "self"} | fields))
    assert answer.status_code == 302, answer.content.decode()
    with acting(staff):
        return DataRequest.objects.get()


def take(client, acting, user, pk, step, **data):
    """Post a step's page; deletions are confirmed."""
    with acting(user):
        version = DataRequest.objects.get(pk=pk).version
    data |= {"versions": f"{pk}:{version}", "step": "confirm"}
    return send(client, f"/residents/data-requests/{pk}/{step}/", **data)


def verified(client, acting, staff, person, kind, **fields):
    asked = ask(client, acting, staff, person, kind, **fields)
    paper = {"identity_paper": "身份证原件", "authority_paper": ""}
    assert take(client, acting, staff, asked.pk, "verify", **paper).status_code == 302
    return asked


def test_a_request_is_numbered_and_due_after_fifteen_working_days(acting, client_of, staff, person):
    asked = ask(client_of(staff), acting, staff, person, "see")
    assert asked.number == f"个信〔{asked.occurred_on.year}〕1号"
    with acting(staff):
        assert workdays_between(asked.occurred_on, asked.due_on) == 15
        assert asked.recorded_by == staff


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"asker": "guardian"}, "提出人姓名"),
        ({"asker": "agent", "asker_name": "李秀英"}, "与本人的关系"),
        ({"asker": "relative", "asker_name": "王红", "asker_relation": "女儿"}, "本人在世"),
        ({"kind": "carry"}, "转给谁"),
    ],
)
def test_a_request_that_lacks_something_is_refused_at_its_field(
    acting, client_of, staff, person, fields, field
):
    data = {"resident": person.pk, "occurred_on": "2025-03-10", "kind": "see", "content": "请求"}
    data |= {"asker": "self"} | fields
    answer = send(client_of(staff), "/ledger/data-requests/add/", **data)
    assert field in answer.content.decode()
    with acting(staff):
        assert not DataRequest.objects.exists()


def test_a_child_asks_through_a_guardian(acting, client_of, staff, person):
    with acting(staff):
        Resident.objects.filter(pk=person.pk).update(born_on=date(2020, 1, 1))
    data = {"resident": person.pk, "occurred_on": "2025-03-10", "kind": "see", "content": "请求"}
    answer = send(client_of(staff), "/ledger/data-requests/add/", asker="self", **data)
    assert "不满十四周岁的，由监护人提出" in answer.content.decode()


def test_see_tells_the_person_all_and_no_third_persons_number(acting, client_of, staff, person):
    client = client_of(staff)
    asked = verified(client, acting, staff, person, "see")
    early = client.get(f"/residents/data-requests/{asked.pk}/answer.pdf")
    assert early.status_code == 403
    done = take(client, acting, staff, asked.pk, "answer", answer="现将信息提供给您。")
    assert done.status_code == 302
    with acting(staff):
        asked.refresh_from_db()
        text = str(letter(asked, staff))
    assert person.id_number in text
    assert "13800001111" in text
    assert OTHERS_PHONE not in text
    assert OTHERS_ID not in text
    assert "李秀英" not in text
    before = _prints(acting, staff)
    paper = client.get(f"/residents/data-requests/{asked.pk}/answer.pdf")
    assert paper["Content-Type"] == "application/pdf"
    assert _prints(acting, staff) == before + 1
    today = timezone.localdate()
    closed = take(
        client, acting, staff, asked.pk, "close", handed_on=today, handed_how="当面交本人"
    )
    assert closed.status_code == 302
    with acting(staff):
        assert DataRequest.objects.get().state == "closed"
        year = Period.parse(str(today.year))
        for code in ("data_requests.received", "data_requests.in_time"):
            assert engine.read(code, {person.unit_id}, year).value == 1


def _prints(acting, user) -> int:
    with acting(user):
        return AccessLog.objects.filter(action="pdf", subject="residents.resident").count()


def test_correcting_is_ticked_off_line_by_line(acting, client_of, staff, person):
    client = client_of(staff)
    asked = verified(client, acting, staff, person, "correct")
    refused = take(client, acting, staff, asked.pk, "answer", answer="已更正。")
    assert "请先列出要更正的项目" in refused.content.decode()
    assert take(client, acting, staff, asked.pk, "lines", what="电话登记有误").status_code == 302
    refused = take(client, acting, staff, asked.pk, "answer", answer="已更正。")
    assert "还有 1 项没有处理" in refused.content.decode()
    ticked = take(client, acting, staff, asked.pk, "lines", place=0, outcome="已更正", ground="")
    assert ticked.status_code == 302
    done = take(client, acting, staff, asked.pk, "answer", answer="已更正。")
    assert done.status_code == 302
    with acting(staff):
        assert DataRequest.objects.get().lines[0]["outcome"] == "已更正"


def test_deleting_takes_two_and_keeps_what_the_law_keeps(acting, client_of, staff, second, person):
    asked = verified(client_of(staff), acting, staff, person, "delete")
    page = client_of(staff).get(f"/ledger/data-requests/{asked.pk}/").content.decode()
    assert "/refuse/" in page
    assert "/answer/" not in page
    alone = take(client_of(staff), acting, staff, asked.pk, "answer", answer="已删除。")
    assert alone.status_code == 403
    done = take(client_of(second), acting, second, asked.pk, "answer", answer="已删除。")
    assert done.status_code == 302
    with acting(staff):
        assert not Visit.objects.kept().filter(resident=person).exists()
        assert Visit.objects.filter(resident=person, deleted_at__isnull=False).count() == 1
        kept = holdings_of(person, staff)
        assert "慰问救助" in [holding.title for holding in kept.found]
        outcomes = {line["what"]: line["outcome"] for line in DataRequest.objects.get().lines}
    assert outcomes["走访 1 条"] == "已移入回收站"
    assert outcomes["慰问救助 1 条"] == "依法保存，限制使用"
    assert (
        client_of(staff).get(f"/residents/data-requests/{asked.pk}/answer.pdf").status_code == 403
    )


def test_carrying_hands_over_workbook_and_json_with_their_hashes(
    acting, client_of, staff, second, person
):
    asked = verified(client_of(staff), acting, staff, person, "carry", receiver="新社区")
    client = client_of(second)
    url = f"/residents/data-requests/{asked.pk}/bundle.zip"
    assert client.get(url).status_code == 403
    assert take(client, acting, second, asked.pk, "answer", answer="现予转移。").status_code == 302
    packed = zipfile.ZipFile(io.BytesIO(client.get(url).content))
    told = packed.read("个人信息.json").decode()
    assert {"个人信息.xlsx", "SHA256SUMS"} < set(packed.namelist())
    assert json.loads(told)["信息"][0]["记录"][0]["证件号码"] == person.id_number
    assert OTHERS_PHONE not in told
    with acting(staff):
        assert AccessLog.objects.filter(action="export", subject_id=person.pk).count() == 1
    assert client_of(staff).get(url).status_code == 403


def test_refusing_names_the_ground_and_a_withdrawn_one_is_over(acting, client_of, staff, person):
    client = client_of(staff)
    asked = ask(client, acting, staff, person, "see")
    bare = take(client, acting, staff, asked.pk, "refuse", answer="身份未核实", refusal_ground="")
    assert bare.status_code == 200
    done = take(
        client, acting, staff, asked.pk, "refuse", answer="身份未核实", refusal_ground="identity"
    )
    assert done.status_code == 302
    with acting(staff):
        asked.refresh_from_db()
        assert "身份或代理权未能核实" in str(letter(asked, staff))
        other = factories.data_request(person, kind="correct")
    assert take(client, acting, staff, other.pk, "withdraw", answer="不要了").status_code == 302
    again = take(client, acting, staff, other.pk, "verify", identity_paper="身份证")
    assert "不能核验身份" in again.content.decode()


def test_the_database_too_wants_two_persons(acting, staff, second, person):
    with acting(staff):
        asked = factories.data_request(person, kind="delete")
        act(asked, "verify", {"identity_paper": "身份证"}, by=staff)
        asked.refresh_from_db()
        asked.state, asked.answer, asked.answered_on = "answered", "已删", timezone.localdate()
        asked.answered_by = staff
        with pytest.raises(IntegrityError), transaction.atomic():
            asked.save()


def test_who_cannot_see_all_ledgers_cannot_answer(acting, client_of, make_user, staff, person):
    clerk = make_user(Role.WINDOW_CLERK, person.unit, "clerk")
    asked = verified(client_of(staff), acting, staff, person, "see")
    refused = take(client_of(clerk), acting, clerk, asked.pk, "answer", answer="见附件。")
    assert refused.status_code == 403


def test_holdings_name_every_ledger_that_has_a_row_of_the_person(acting, staff, community):
    with acting(staff):
        rows = rows_of(community, "黄河")
        person = rows["residents"]
        found = holdings_of(person, staff)
        held = {
            (h.ledger.model, pk) for h in found.found for pk in h.rows.values_list("pk", flat=True)
        }
        missing = [
            (ledger.slug, row.pk)
            for ledger in ledgers
            if paths_of(ledger.model)
            for row in rows_about(ledger, person, staff)
            if (ledger.model, row.pk) not in held
        ]
        assert missing == []
        assert not found.unseen
        assert len(found.found) > 40
        assert sum(h.count for h in found.found) == len(held)
        text = str(own_values(person, found.found))
    assert person.id_number in text
    numbers = set(re.findall(r"(?<!\d)1[3-9]\d{9}(?!\d)", text))
    left_at_a_case = "13800138000"
    assert numbers <= {str(person.phone), left_at_a_case} | _of_the_person(rows)


def _of_the_person(rows) -> set[str]:
    """Phones that records hold as the person's own: not those of an applicant from outside."""
    return {str(getattr(row, "phone", "")) for slug, row in rows.items() if slug != "outsiders"}


def test_every_ledger_of_the_timeline_is_walked():
    walked = {ledger.slug for ledger in about_people()}
    slugs = {ledger.slug for ledger in ledgers if "resident" in ledger.resolvers}
    assert {"visits", "volunteers", "cases", "certificates", "attendance"} <= walked
    assert slugs - walked == set()


def test_a_request_waits_on_the_worklist(acting, client_of, staff, person):
    with acting(staff):
        factories.data_request(person)
    assert "个人信息请求待答复" in client_of(staff).get("/today/").content.decode()


def test_sealed_values_of_a_consultation_are_told_in_full(acting, staff, person):
    with acting(staff):
        row = factories.consultation(person)
        Consultation.objects.get(pk=row.pk)
        row.measured = "血压 138/86"
        row.save()
        assert "血压 138/86" in str(own_values(person, holdings_of(person, staff).found))
