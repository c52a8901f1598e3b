"""What a phone sends arrives once, in the name of who typed it, or is refused with its reason."""

import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from portal.attachments.services import files_of
from portal.models import OfflineEntry, RoleAssignment
from portal.offline.declare import offline
from tests import factories
from tests.attachments import files
from tests.offline.conftest import CASES

KINDS = sorted(CASES)
WRONG = {
    "visit": ["ahead", "too long", "nobody", "a foreign number"],
    "finding": ["too many", "too long", "gone", "nothing"],
    "check-in": ["ahead", "before the shift", "gone", "nobody", "no moment"],
    "attendance": ["ahead", "nobody", "no such mark", "gone", "before"],
    "cleaner-training": ["nobody", "gone"],
}


def sent(case, **fields):
    return {"key": str(uuid.uuid4()), "user": case.user.pk} | case.fields | fields


def send(client, case, data):
    return client.post(f"/offline/{case.kind}/", data)


def stored(acting, case) -> list:
    with acting(case.user):
        return list(case.model.objects.filter(deleted_at=None).order_by("pk"))


def test_every_kind_has_its_case():
    assert sorted(kind.code for kind in offline) == KINDS == sorted(WRONG)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_it_is_stored_once_however_often_it_is_sent(client_of, acting, case_of, kind):
    case = case_of(kind)
    data = sent(case, typed_at=(timezone.now() - timedelta(hours=3)).isoformat())
    answers = [send(client_of(case.user), case, data) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200] * 3, answers[0].content.decode()
    [row] = stored(acting, case)
    assert {answer.json()["stored"] for answer in answers} == {row.pk}
    assert row.recorded_by == case.user
    with acting(case.user):
        entry = OfflineEntry.objects.get()
    assert (entry.kind, str(entry.key), entry.user) == (kind, data["key"], case.user)
    assert entry.received_at - entry.typed_at > timedelta(hours=2)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_a_repeat_is_answered_though_the_record_is_gone(client_of, acting, case_of, kind):
    case = case_of(kind)
    client = client_of(case.user)
    data = sent(case)
    send(client, case, data)
    [row] = stored(acting, case)
    with acting(case.user):
        type(row).objects.filter(pk=row.pk).update(deleted_at=timezone.now())
    answer = send(client, case, data)
    assert (answer.status_code, answer.json()["stored"]) == (200, row.pk)
    assert stored(acting, case) == []


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_it_is_sent_in_nobody_elses_name(client_of, make_user, acting, case_of, kind):
    case = case_of(kind)
    data = sent(case)
    held = RoleAssignment.objects.get(user=case.user)
    colleague = make_user(held.role, held.unit, name="另一人")
    other = send(client_of(colleague), case, data)
    assert (other.status_code, other.json().get("other")) == (409, True)
    assert stored(acting, case) == []
    # The key of somebody else's entry opens nothing and stores nothing.
    send(client_of(case.user), case, data)
    taken = send(client_of(colleague), case, data | {"user": colleague.pk})
    assert (taken.status_code, "已被用过" in taken.json()["reason"]) == (400, True)
    assert len(stored(acting, case)) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_a_key_serves_one_entry(client_of, acting, case_of, kind):
    case = case_of(kind)
    client = client_of(case.user)
    first = sent(case)
    send(client, case, first)
    other = next(each for each in KINDS if each != kind)
    answer = client.post(f"/offline/{other}/", first)
    assert answer.status_code in {400, 403}
    assert len(stored(acting, case)) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_another_unit_and_a_lacking_permission_store_nothing(
    client_of, make_user, acting, street, other_community, case_of, kind
):
    case = case_of(kind)
    role = RoleAssignment.objects.get(user=case.user).role
    neighbour = make_user(role, other_community, name="周志强")
    answer = send(client_of(neighbour), case, sent(case, user=neighbour.pk))
    assert answer.status_code in {400, 403}, answer.content.decode()
    assert answer.json()["reason"]
    stranger = make_user(case.stranger, street, name="生人")
    answer = send(client_of(stranger), case, sent(case, user=stranger.pk))
    assert (answer.status_code, "不能登记" in answer.json()["reason"]) == (403, True)
    assert stored(acting, case) == []


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "how"), [(kind, how) for kind in KINDS for how in WRONG[kind]])
def test_what_is_wrong_is_told_and_can_be_put_right(client_of, acting, case_of, kind, how):
    case = case_of(kind)
    client = client_of(case.user)
    changes, words = case.wrong[how]
    data = sent(case)
    answer = send(client, case, data | changes)
    assert answer.status_code == 400
    assert words in answer.json()["reason"]
    assert answer.json()["errors"]
    assert stored(acting, case) == []
    assert send(client, case, data).status_code == 200  # under the same key
    assert len(stored(acting, case)) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("photos", "status", "words"),
    [
        ([("a.jpg", files.noise((40, 30)))], 200, ""),
        ([("a.jpg", b"no picture at all")], 400, "照片没有保存"),
        ([("a.pdf", b"%PDF-1.7 nothing")], 400, "不收 PDF"),
        ([(f"{n}.jpg", files.noise((20 + n, 20))) for n in range(7)], 400, "最多 6 张"),
    ],
)
def test_photos_come_along_or_nothing_is_stored(client_of, acting, case_of, photos, status, words):
    case = case_of("visit")
    uploads = [SimpleUploadedFile(name, content) for name, content in photos]
    answer = send(client_of(case.user), case, sent(case, photos=uploads))
    assert answer.status_code == status, answer.content.decode()
    assert words in answer.json().get("reason", "")
    rows = stored(acting, case)
    assert len(rows) == (status == 200)
    with acting(case.user):
        assert [files_of(row).count() for row in rows] == [1] * len(rows)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("broken", "words"),
    [({"key": ""}, "页面不完整"), ({"key": "x"}, "页面不完整"), ({"typed_at": "x" * 50}, "")],
)
def test_a_broken_entry_is_refused(client_of, acting, case_of, broken, words):
    case = case_of("visit")
    answer = send(client_of(case.user), case, sent(case) | broken)
    assert (answer.status_code, words in answer.json()["reason"]) == (400, True)
    assert stored(acting, case) == []


@pytest.mark.django_db
@pytest.mark.parametrize("typed_at", ["ahead", "0001-01-01T00:00:00+14:00"])
def test_a_clock_that_cannot_be_right_is_left_out(client_of, acting, case_of, typed_at):
    case = case_of("visit")
    if typed_at == "ahead":
        typed_at = (timezone.now() + timedelta(days=2)).isoformat()
    client = client_of(case.user)
    assert send(client, case, sent(case, typed_at=typed_at)).status_code == 200
    [row] = stored(acting, case)
    with acting(case.user):
        assert OfflineEntry.objects.get().typed_at is None
    page = client.get(f"/ledger/visits/{row.pk}/").content.decode()
    assert "手机的时钟不准" in page


@pytest.mark.django_db
def test_a_late_entry_tells_when_it_was_typed(client_of, acting, case_of):
    case = case_of("visit")
    client = client_of(case.user)
    typed = timezone.now() - timedelta(hours=5)
    send(client, case, sent(case, typed_at=typed.isoformat()))
    [row] = stored(acting, case)
    page = client.get(f"/ledger/visits/{row.pk}/").content.decode()
    assert f"{timezone.localtime(typed):%H:%M}填写" in page
    # One that was sent at once tells nothing.
    send(client, case, sent(case, typed_at=timezone.now().isoformat()))
    soon = stored(acting, case)[-1]
    assert "手机离线登记" not in client.get(f"/ledger/visits/{soon.pk}/").content.decode()


@pytest.mark.django_db
def test_a_name_written_down_finds_the_person(client_of, acting, case_of, community):
    case = case_of("visit")
    client = client_of(case.user)
    named = {"resident": "", "resident_text": "沈小涵"}
    assert send(client, case, sent(case) | named).status_code == 200
    with acting(case.user):
        factories.resident(community, "沈小涵")
    twice = send(client, case, sent(case) | named)
    assert (twice.status_code, "不止一条" in twice.json()["reason"]) == (400, True)
    assert len(stored(acting, case)) == 1


@pytest.mark.django_db
def test_marks_that_others_made_are_not_overwritten(client_of, acting, case_of):
    case = case_of("attendance")
    client = client_of(case.user)
    assert send(client, case, sent(case)).status_code == 200
    [name] = [name for name in case.fields if name.startswith("mark-")]
    other = send(client, case, sent(case) | {name: "A"})
    assert (other.status_code, "别人登记过" in other.json()["reason"]) == (400, True)
    assert [row.mark for row in stored(acting, case)] == ["P"]


@pytest.mark.django_db
def test_the_same_page_takes_a_plain_form(client_of, acting, case_of):
    case = case_of("visit")
    client = client_of(case.user)
    key = str(uuid.uuid4())
    data = sent(case, key=key, _key=str(uuid.uuid4()))
    refused = client.post("/field/visit/", data | {"content": "好" * 2001})
    assert refused.status_code == 400
    assert "最多 2000 个字" in refused.content.decode()
    assert client.post("/field/visit/", data).status_code == 302
    again = client.post("/field/visit/", data | {"_key": str(uuid.uuid4())})
    assert again.status_code == 302
    assert len(stored(acting, case)) == 1
