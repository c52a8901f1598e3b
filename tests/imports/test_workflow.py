"""Every state × step × person: allowed or denied; a denied step changes nothing and says why."""

import uuid

import pytest
from django.utils import timezone

from portal.imports import batches
from portal.imports.previewing import chosen_in
from portal.imports.stepping import StepDenied, may_step, move
from portal.imports.workflow import APPROVER, BATCH, PROGRAM, RUNNING, UPLOADER
from portal.models import ImportBatch, ImportState, ImportStep
from portal.roles import Role
from residents.models import Resident
from tests.imports.conftest import PEOPLE, citizen, xlsx

S = ImportState
STORED = {S.STORED, S.UNDOING, S.UNDONE}
# What is possible, written out by hand: state: steps.
POSSIBLE = {
    S.UPLOADED: {"map", "check"},
    S.MAPPING: {"check"},
    S.CHECKING: {"report", "fail"},
    S.CHECKED: {"map", "check", "submit", "store"},
    S.AWAITING: {"withdraw", "return", "approve"},
    S.STORING: {"stored", "refuse", "fail"},
    S.STORED: {"undo"},
    S.REFUSED: {"map", "check"},
    S.FAILED: {"map", "check"},
    S.UNDOING: {"undone", "keep"},
    S.UNDONE: set(),
}
WHO = {
    UPLOADER: ("uploader",),
    APPROVER: ("colleague", "head", "supervisor"),
    PROGRAM: ("uploader", "colleague", "head", "supervisor", "window", "section"),
}


@pytest.fixture
def people(make_user, community, street):
    return {
        "uploader": make_user(Role.COMMUNITY_STAFF, community, "uploader"),
        "colleague": make_user(Role.COMMUNITY_STAFF, community, "colleague"),
        "head": make_user(Role.COMMUNITY_HEAD, community, "head"),
        "supervisor": make_user(Role.STREET_SUPERVISOR, street, "supervisor"),
        "window": make_user(Role.WINDOW_CLERK, community, "window"),
        "section": make_user(Role.STREET_SECTION, street, "section"),
    }


@pytest.fixture
def batch_in(people, community, acting):
    def make(state):
        with acting(people["uploader"]):
            return ImportBatch.objects.create(
                unit=community,
                ledger="residents",
                filename="名册.xlsx",
                sha256="f" * 64,
                content=b"sealed",
                uploaded_by=people["uploader"],
                state=state,
                confirmed_at=timezone.now() if state in STORED else None,
            )

    return make


def test_every_state_is_in_the_table():
    assert POSSIBLE.keys() == set(S)
    assert all(S(step.target) and step.who in WHO for step in BATCH.steps.values())
    for state in S:
        assert BATCH.steps_from(state).keys() == POSSIBLE[state]


@pytest.mark.parametrize("state", list(S))
def test_each_step_of_each_person_is_allowed_or_denied(state, batch_in, people, acting):
    batch = batch_in(state)
    for step, its in BATCH.steps.items():
        for name, user in people.items():
            allowed = step in POSSIBLE[state] and name in WHO[its.who]
            with acting(user):
                assert may_step(batch, step, user) == allowed, (state, step, name)
                if allowed:
                    continue
                with pytest.raises(StepDenied) as denied:
                    move(batch, step, by=user)
                assert str(denied.value).endswith("。"), (state, step, name)
                assert ImportBatch.objects.get(pk=batch.pk).state == state
    with acting(people["uploader"]):
        assert ImportStep.objects.count() == 0


POSTS = ("import-check", "import-confirm", "import-approve", "import-return", "import-withdraw")


@pytest.mark.parametrize("state", sorted(set(S) - RUNNING - {S.CHECKED}))
def test_a_denied_post_changes_nothing_and_says_why(state, batch_in, people, acting, client_of):
    batch = batch_in(state)
    client = client_of(people["uploader"])
    possible = {"import-check": "check", "import-withdraw": "withdraw"}
    for name in POSTS:
        if possible.get(name) in POSSIBLE[state]:
            continue
        url = f"/imports/{batch.pk}/{name.removeprefix('import-')}/"
        answer = client.post(url, {"_key": str(uuid.uuid4()), "reason": "有误"})
        assert answer.status_code in {302, 409}, (state, name)
        with acting(people["uploader"]):
            assert ImportBatch.objects.get(pk=batch.pk).state == state
        if answer.status_code == 409:
            assert "未完成：" in answer.content.decode()


# --- a second person ----------------------------------------------------------------------------
@pytest.fixture
def large(settings, people, community, acting):
    """A batch that needs an approval, waiting for it."""
    settings.IMPORT_APPROVAL_ROWS = 1
    rows = [["黄文发", citizen(1), "", ""], ["韦英堃", citizen(3), "", ""]]
    by = people["uploader"]
    with acting(by):
        from portal.ledgers import ledgers

        content = xlsx(居民=[PEOPLE, *rows])
        batch = batches.upload(
            content, "名册.xlsx", ledger=ledgers["residents"], unit=community, by=by
        )
        batches.check(batch, by=by)
        batches.confirm(batch, by=by)
    assert batch.state == S.AWAITING
    return batch


def run_jobs(user, acting):
    """What the worker would do now."""
    from portal.imports.jobs import run_import

    with acting(user):
        waiting = list(ImportBatch.objects.filter(state__in=RUNNING).values_list("pk", flat=True))
    for pk in waiting:
        run_import(batch=pk)


def test_a_large_import_waits_for_a_second_person(large, people, acting, client_of):
    with acting(people["uploader"]):
        assert Resident.objects.count() == 0
    home = client_of(people["head"]).get("/").content.decode()
    assert "名册.xlsx" in home
    assert "名册.xlsx" not in client_of(people["uploader"]).get("/").content.decode()

    page = client_of(people["head"]).get(f"/imports/{large.pk}/").content.decode()
    assert "黄文发" in page
    assert citizen(1) not in page
    answer = client_of(people["head"]).post(
        f"/imports/{large.pk}/approve/", {"_key": str(uuid.uuid4())}
    )
    assert answer.status_code == 302
    run_jobs(people["uploader"], acting)

    with acting(people["uploader"]):
        assert ImportBatch.objects.get(pk=large.pk).state == S.STORED
        assert {person.recorded_by_id for person in Resident.objects.all()} == {
            people["uploader"].pk
        }


def test_returned_with_a_reason_it_is_the_uploaders_again(large, people, acting, client_of):
    client = client_of(people["colleague"])
    url = f"/imports/{large.pk}/return/"
    assert client.post(url, {"_key": str(uuid.uuid4()), "reason": " "}).status_code == 409
    client.post(url, {"_key": str(uuid.uuid4()), "reason": "第二行不是本社区的人"})

    page = client_of(people["uploader"]).get(f"/imports/{large.pk}/").content.decode()
    assert "第二行不是本社区的人" in page
    with acting(people["uploader"]):
        assert ImportBatch.objects.get(pk=large.pk).state == S.CHECKED


def test_one_without_the_right_finds_no_batch(large, people, client_of):
    for name in ("window", "section"):
        assert client_of(people[name]).get(f"/imports/{large.pk}/").status_code in {403, 404}


def test_what_no_text_can_hold_is_refused_in_words(large, people, client_of):
    fields = {"_key": str(uuid.uuid4()), "reason": "第 2 行\0有误"}
    answer = client_of(people["colleague"]).post(f"/imports/{large.pk}/return/", fields)
    assert answer.status_code == 409
    assert "空字符" in answer.content.decode()


def test_a_choice_for_a_sheet_that_cannot_be_is_passed_over():
    assert chosen_in({"choice:2:resident:居\0民": "1"}, {}) == {}
