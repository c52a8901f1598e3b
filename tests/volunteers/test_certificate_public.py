"""Verifying a certificate without sign-in: what the paper says, valid or revoked, and nothing to be guessed."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.models import PublicTry
from tests.volunteers.certifying import ISSUED, ask, head, issued, person, staff
from volunteers.models import ServiceCertificate
from volunteers.selectors.certificates import code_of
from volunteers.selectors.verification import verify_path
from volunteers.services import certificates as services

__all__ = ["head", "person", "staff"]
pytestmark = pytest.mark.django_db
FORM = "/public/volunteers/certificate/"


@pytest.fixture
def certificate(acting, community, person):
    with acting(community):
        return issued(person, None, note="本证明不作其他用途")


def text_of(response) -> str:
    return response.content.decode()


def verify(client, number, code):
    return client.post(FORM, {"number": number, "code": code})


def test_the_qr_shows_what_the_paper_says_with_the_number_masked(client, certificate, person):
    response = client.get(verify_path(certificate))
    text = text_of(response)
    assert response.status_code == 200
    assert response["Cache-Control"].startswith("max-age=0")
    for told in (
        *("<strong>有效</strong>", certificate.label, "林晓燕", person.serial_number, "升学"),
        *(person.masked_number, "2025年1月1日至2025年12月31日", "<strong>2.08</strong> 小时，1 次"),
        *("周末清洁家园", "2025-03-08", "明珠小区", "明珠社区", "周书记", "李梅", "0731-85550111"),
        "本证明不作其他用途",
    ):
        assert told in text, told
    assert person.number not in text
    assert "已撤销" not in text
    assert "本页面只显示证明上印的内容" in text
    assert "不显示任何人的姓名" not in text


def test_typed_in_with_other_brackets_it_is_found(client, certificate):
    number = certificate.label.replace("〔", "[ ").replace("〕", "]").removesuffix("号")
    code = code_of(certificate).lower()
    answer = verify(client, number, f" {code[:5]}-{code[5:]} ")
    assert answer.status_code == 200
    assert "有效" in text_of(answer)


def test_a_revoked_one_says_so_with_its_day_and_not_why(client, acting, community, certificate):
    with acting(community):
        services.revoke(certificate, "代签的时长", by=None)
    text = text_of(client.get(verify_path(certificate)))
    day = timezone.localdate()
    assert "<strong>已撤销</strong>" in text
    assert f"{day.year}年{day.month}月{day.day}日 撤销" in text
    assert "<strong>有效</strong>" not in text
    assert "代签" not in text


def test_what_the_page_says_is_what_was_issued(client, acting, community, certificate, person):
    path = verify_path(certificate)
    before = text_of(client.get(path))
    with acting(community):
        person.name = "别的名字"
        person.save()
        record = person.services.get()
        record.minutes = 600
        record.save()
    assert text_of(client.get(path)) == before


def test_who_is_signed_in_sees_the_same(client, client_of, staff, certificate):
    path = verify_path(certificate)
    assert text_of(client_of(staff).get(path)) == text_of(client.get(path))


# --- guessing learns nothing ------------------------------------------------------------------------
def body(response) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text_of(response))


@pytest.fixture
def others(acting, community, person, certificate):
    """A certificate in the bin, one that waits, and one that was declined."""
    with acting(community):
        binned = services.issue(ask(person, purpose="就业"), **ISSUED, by=None)
        ServiceCertificate.objects.filter(pk=binned.pk).update(deleted_at=timezone.now())
        declined = services.decline(ask(person, purpose="评优"), "材料不符", by=None)
        return binned, ask(person, purpose="入党"), declined


def test_every_wrong_guess_gets_the_same_bytes(settings, certificate, others):
    settings.PUBLIC_TRIES = settings.PUBLIC_TRIES_PER_NUMBER = 1000
    binned, waiting, declined = others
    guesses = [
        (certificate.label, "A" * 10),
        ("〔2019〕1号", code_of(certificate)),
        (certificate.label + "1", code_of(certificate)),
        (binned.label, code_of(binned)),
        (certificate.label, code_of(waiting)),
        (certificate.label, code_of(declined)),
        ("%' OR 1=1 --", "' OR 1"),
        ("号", "x"),
    ]
    answers = [verify(Client(), *guess) for guess in guesses]
    scanned = [code_of(binned), code_of(waiting), code_of(declined), "A" * 10, "x", "证明"]
    answers += [Client().get(f"{FORM}{code}/") for code in scanned]
    assert {answer.status_code for answer in answers} == {404}
    [page] = {body(answer) for answer in answers}
    assert "没有查到这份证明" in page


def test_right_and_wrong_do_the_same_work(settings, client, certificate):
    settings.PUBLIC_TRIES = settings.PUBLIC_TRIES_PER_NUMBER = 1000
    seen = set()
    right = code_of(certificate)
    for number, code in ((certificate.label, right), (certificate.label, "A" * 10), ("1", right)):
        with CaptureQueriesContext(connection) as queries:
            verify(client, number, code)
        seen.add(tuple(re.split(r"[('\"]", query["sql"])[0] for query in queries))
    assert len(seen) == 1


def test_codes_tell_nothing_of_each_other():
    codes = {code_of(ServiceCertificate(pk=pk)) for pk in range(2000)}
    assert len(codes) == 2000
    for place in range(10):
        assert len({code[place] for code in codes}) == 32


# --- limits -------------------------------------------------------------------------------------------
def test_ten_questions_in_ten_minutes_then_a_calm_page(client, certificate, settings):
    settings.PUBLIC_TRIES_PER_NUMBER = 1000
    path = verify_path(certificate)
    for _ in range(settings.PUBLIC_TRIES):
        assert client.get(path).status_code == 200
    refused = client.get(path)
    assert refused.status_code == 429
    assert "请稍后再试" in text_of(refused)
    assert verify(client, certificate.label, code_of(certificate)).status_code == 429
    assert Client(REMOTE_ADDR="192.0.2.7").get(path).status_code == 200


def test_one_code_is_asked_for_so_often_a_day_whatever_the_address(certificate, settings):
    settings.PUBLIC_TRIES_PER_NUMBER = 3
    for path in (verify_path(certificate), f"{FORM}AAAAAAAAAA/"):
        for n in range(3):
            assert Client(REMOTE_ADDR=f"192.0.2.{n}").get(path).status_code in {200, 404}
        assert Client(REMOTE_ADDR="192.0.2.99").get(path).status_code == 429


def test_a_code_in_other_letters_is_counted_as_the_same(client, settings):
    settings.PUBLIC_TRIES_PER_NUMBER = 2
    found = [client.get(f"{FORM}{code}/").status_code for code in ("abc", "ABC", "aBc")]
    assert found == [404, 404, 429]


def test_no_address_and_no_code_is_kept(client, certificate):
    client.get(verify_path(certificate))
    rows = list(PublicTry.objects.values_list("what", "who"))
    assert sorted(what for what, _ in rows) == ["address", "certificate"]
    assert code_of(certificate) not in str(rows)


def test_a_form_that_lacks_something_says_what(client):
    text = text_of(verify(client, "", ""))
    assert "请填写证明编号。" in text
    assert "请填写核验码。" in text
