"""Where a case stands, for whoever holds the receipt: steps and dates, and nothing to be guessed."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.models import PublicTry
from portal.public_tries import TEN_MINUTES, address_of, may_try
from portal.scope import NOBODY, scope
from portal.wall.public_role import public_role
from servicecenter.enums.cases import CaseState
from servicecenter.models import CasePause
from servicecenter.selectors import public
from servicecenter.selectors.receipts import receipt_code
from servicecenter.workflow import UNACCEPTED
from tests.servicecenter.public_world import CANARIES, code_of, hall, make_case

__all__ = ["hall", "make_case"]
pytestmark = pytest.mark.django_db
ACCEPTED = [state for state in CaseState if state not in UNACCEPTED]


@pytest.fixture
def as_public():
    with scope(NOBODY), public_role():
        yield


def text_of(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize("state", ACCEPTED)
def test_the_link_of_the_receipt_tells_steps_and_dates_and_no_name(client, make_case, state):
    case = make_case(state)
    response = client.get(public.status_path(case))
    text = text_of(response)
    assert response.status_code == 200
    for told in (
        case.number,
        "2025年3月3日",
        "2025年3月4日",
        "明珠社区为民服务大厅",
        "0731-85550100",
    ):
        assert told in text
    assert public.HEADLINES[state][0] in text
    assert not [word for word in (*CANARIES, str(case.item), "准予") if word in text]


def test_typed_in_with_other_brackets_it_is_found(client, make_case):
    case = make_case()
    number = case.number.replace("〔", "[ ").replace("〕", "]").removesuffix("号")
    code = code_of(case).lower()
    answer = client.post("/public/case/", {"number": number, "code": f" {code[:5]}-{code[5:]} "})
    assert answer.status_code == 200
    assert "正在办理" in text_of(answer)


def test_the_promised_day_is_marked_when_it_is_provisional(client, make_case):
    settled = make_case(due_on=date(2025, 3, 11))
    text = text_of(client.get(public.status_path(settled)))
    assert "2025年3月11日" in text
    assert "暂定" not in text
    open_year = make_case(due_on=date(2031, 1, 6))
    text = text_of(client.get(public.status_path(open_year)))
    assert "2031年1月6日" in text
    assert "暂定" in text


def test_a_stopped_clock_an_extension_and_the_street_are_told(client, make_case, community, acting):
    case = make_case(
        CaseState.PAUSED,
        extended_days=5,
        extended_on=date(2025, 3, 6),
        sent_up_on=date(2025, 3, 5),
    )
    with acting(community):
        CasePause.objects.create(
            unit=community, case=case, reason="notice", evidence="红雀", starts_on=date(2025, 3, 7)
        )
    text = text_of(client.get(public.status_path(case)))
    for told in ("2025年3月6日批准延期 5 个工作日", "2025年3月5日报送街道", "2025年3月7日起暂停"):
        assert told in text
    assert "红雀" not in text


# --- guessing learns nothing ------------------------------------------------------------------------
def guesses(case, foreign, binned):
    """Each as (number, code); none of them fits a case that may be shown."""
    return {
        "wrong code": (case.number, "A" * 10),
        "code of another": (case.number, code_of(foreign)),
        "missing": ("明珠代办〔2025〕999号", receipt_code("明珠代办〔2025〕998号")),
        "missing, its own code": ("明珠代办〔2025〕999号", receipt_code("明珠代办〔2025〕999号")),
        "not even a number": ("%' OR 1=1 --", "' OR 1"),
        "in the bin": (binned.number, code_of(binned)),
        "hardly anything": ("号", "x"),
    }


@pytest.fixture
def three(make_case, other_community, acting):
    case = make_case()
    binned = make_case()
    foreign = make_case(unit=other_community)
    with acting(binned.unit):
        binned.deleted_at = timezone.now()
        binned.save()
    return case, foreign, binned


def body_without_token(response) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text_of(response))


def test_every_wrong_guess_gets_the_same_bytes(settings, three):
    settings.PUBLIC_TRIES = settings.PUBLIC_TRIES_PER_NUMBER = 1000
    bodies, statuses = set(), set()
    for number, code in guesses(*three).values():
        posted = Client().post("/public/case/", {"number": number, "code": code})
        bodies.add(body_without_token(posted))
        statuses.add(posted.status_code)
    for number, code in list(guesses(*three).values())[:4]:
        path = f"/public/case/{number}/{code}/"
        bodies.add(body_without_token(Client().get(path)))
    assert len(bodies) == 1
    assert statuses == {404}
    assert "没有查到" in bodies.pop()


def test_right_and_wrong_do_the_same_work(settings, client, three):
    settings.PUBLIC_TRIES = settings.PUBLIC_TRIES_PER_NUMBER = 1000
    case = three[0]
    seen = set()
    for number, code in [(case.number, code_of(case)), *guesses(*three).values()]:
        with CaptureQueriesContext(connection) as queries:
            client.post("/public/case/", {"number": number, "code": code})
        seen.add(tuple(re.split(r"[('\"]", query["sql"])[0] for query in queries))
    assert len(seen) == 1


def test_codes_are_long_and_tell_nothing_of_each_other():
    codes = {receipt_code(f"明珠代办〔2025〕{n}号") for n in range(2000)}
    assert len(codes) == 2000
    assert {len(code) for code in codes} == {10}
    for place in range(10):
        assert len({code[place] for code in codes}) == 32


def test_ten_thousand_numbers_with_one_code_find_nothing(three):
    case = three[0]
    code = code_of(case)
    found = [
        n
        for n in range(1, 10_001)
        if n != case.number_serial and receipt_code(f"明珠代办〔2025〕{n}号") == code
    ]
    assert found == []


# --- limits -------------------------------------------------------------------------------------------
def test_ten_questions_in_ten_minutes_then_a_calm_page(client, make_case, settings):
    settings.PUBLIC_TRIES_PER_NUMBER = 1000
    case = make_case()
    for _ in range(settings.PUBLIC_TRIES):
        assert client.get(public.status_path(case)).status_code == 200
    refused = client.get(public.status_path(case))
    assert refused.status_code == 429
    assert refused["Retry-After"] == "600"
    assert "请稍后再试" in text_of(refused)
    posted = client.post("/public/case/", {"number": case.number, "code": code_of(case)})
    assert posted.status_code == 429
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert elsewhere.get(public.status_path(case)).status_code == 200


def test_a_limit_looks_back_only_so_long(as_public):
    assert may_try("address", "192.0.2.1", 1, TEN_MINUTES)
    assert not may_try("address", "192.0.2.1", 1, TEN_MINUTES)
    assert may_try("address", "192.0.2.2", 1, TEN_MINUTES)
    assert may_try("number", "192.0.2.1", 1, TEN_MINUTES)
    assert may_try("address", "192.0.2.1", 1, 0)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "198.51.100.1", "127.0.0.1"),
        (1, "198.51.100.1", "198.51.100.1"),
        (1, "6.6.6.6, 198.51.100.1", "198.51.100.1"),
        (2, "6.6.6.6, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
        (2, "198.51.100.1", "127.0.0.1"),
        (1, "", "127.0.0.1"),
        (1, "' OR 1=1", ""),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
    ],
)
def test_of_forwarded_addresses_only_our_proxies_are_believed(
    rf, settings, proxies, forwarded, address
):
    settings.PROXIES = proxies
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    assert address_of(rf.get("/", headers=headers)) == address


def test_one_number_is_asked_for_thirty_times_a_day_whatever_the_address(make_case, settings):
    settings.PUBLIC_TRIES_PER_NUMBER = 3
    case, missing = make_case(), "明珠代办〔2025〕999号"
    for number in (case.number, missing):
        for n in range(3):
            guess = Client(REMOTE_ADDR=f"192.0.2.{n}").get(f"/public/case/{number}/AAAAAAAAAA/")
            assert guess.status_code == 404
        last = Client(REMOTE_ADDR="192.0.2.99").get(f"/public/case/{number}/AAAAAAAAAA/")
        assert last.status_code == 429


def test_no_address_and_no_number_is_kept(client, make_case):
    case = make_case()
    client.get(public.status_path(case))
    rows = list(PublicTry.objects.values_list("what", "who"))
    assert sorted(what for what, _ in rows) == ["address", "number"]
    assert all(len(who) == 32 and "127" not in who[:3] for _, who in rows)
    assert case.number not in str(rows)
