"""Boards of one's own: who may do what with which, kept exactly, never failing for what was lost since."""

import uuid

import pytest

from portal.boards import Line, Picture
from portal.errors import StaleRecord
from portal.models import RoleAssignment
from portal.roles import Role
from portal.scope import Denied
from reports.models import Board
from reports.services import boards as services
from tests.conftest import as_command
from tests.reports.numbers import read_page

pytestmark = pytest.mark.django_db
VISITS, RATE, ORDERS = "disability.visits", "disability.visit_coverage", "sanitation.orders"
LINES = (Line(VISITS, Picture.MONTHS), Line(RATE), Line(ORDERS, tabled=False))


@pytest.fixture
def owner(make_user, street):
    return make_user(Role.STREET_SUPERVISOR, street, name="周敏")


@pytest.fixture
def people(make_user, street, community, other_street, owner):
    return {
        "owner": owner,
        "colleague": make_user(Role.STREET_SECTION, street),
        "below": make_user(Role.COMMUNITY_HEAD, community),
        "elsewhere": make_user(Role.STREET_SUPERVISOR, other_street),
        "clerk": make_user(Role.WINDOW_CLERK, community),
    }


@pytest.fixture
def make_board(acting, owner, street):
    def make(**fields):
        fields = {"title": "周一例会", "lines": LINES, "unit": street} | fields
        with acting(owner):
            return services.make_board(by=owner, **fields)

    return make


def post(client, url, **data):
    return client.post(url, {"_key": str(uuid.uuid4()), **data})


STATES = {"own": {}, "shared": {"shared": True}, "removed": {"shared": True}}
# What each answers, in this order: read, file, edit, line, start, remove, copy, restore.
ACTS = ("read", "file", "edit", "line", "start", "remove", "copy", "restore")
NOT, NO = (404,) * 8, (403,) * 8
READS = (200, 200, 404, 404, 404, 404, 302, 404)
ALLOWED = {
    ("own", "owner"): (200, 200, 200, 302, 302, 302, 302, 404),
    ("shared", "owner"): (200, 200, 200, 302, 302, 302, 302, 404),
    ("removed", "owner"): (404, 404, 404, 404, 404, 404, 404, 302),
    ("own", "colleague"): NOT,
    ("shared", "colleague"): READS,
    ("removed", "colleague"): NOT,
    ("own", "below"): NOT,
    ("shared", "below"): READS,
    ("removed", "below"): NOT,
    ("own", "elsewhere"): NOT,
    ("shared", "elsewhere"): NOT,
    ("removed", "elsewhere"): NOT,
    ("own", "clerk"): NO,
    ("shared", "clerk"): NO,
    ("removed", "clerk"): NO,
}


@pytest.mark.parametrize(("state", "who"), list(ALLOWED))
def test_who_may_do_what_with_which_board(client_of, people, make_board, acting, owner, state, who):
    board = make_board(**STATES[state])
    if state == "removed":
        with acting(owner):
            services.remove_board(board, by=owner)
    client, base = client_of(people[who]), f"/boards/{board.pk}/"
    line = {"code": RATE, "act": "up", "version": board.version}
    answers = {
        "read": lambda: client.get(base),
        "file": lambda: client.get(f"{base}board.xlsx"),
        "edit": lambda: client.get(f"{base}edit/"),
        "line": lambda: post(client, f"{base}line/", **line),
        "start": lambda: post(client, f"{base}start/"),
        "copy": lambda: post(client, f"{base}copy/"),
        "remove": lambda: post(client, f"{base}remove/", version=board.version + 2),
        "restore": lambda: post(client, f"{base}restore/"),
    }
    expected = dict(zip(ACTS, ALLOWED[state, who], strict=True))
    assert {act: answers[act]().status_code for act in answers if act != "restore"} == {
        act: code for act, code in expected.items() if act != "restore"
    }
    if state != "removed" and who == "owner":
        return  # it was just removed, and may come back
    assert answers["restore"]().status_code == expected["restore"]


def test_services_refuse_what_pages_do_not_offer(acting, people, make_board):
    board = make_board(shared=True)
    for who in ("colleague", "below"):
        user = people[who]
        with acting(user), pytest.raises(Denied):
            services.add_line(board, code=VISITS, by=user)
        with acting(user), pytest.raises(Denied):
            services.remove_board(board, by=user)
        with acting(user), pytest.raises(Denied):
            services.start_with(board, by=user)


def test_a_board_keeps_its_figures_in_order_with_their_pictures(client_of, owner, make_board):
    client, board = client_of(owner), make_board()
    url = f"/boards/{board.pk}/line/"
    for data in (
        {"code": ORDERS, "act": "up", "version": 1},
        {"code": ORDERS, "act": "show", "picture": "bar", "tabled": "on", "version": 2},
        {"code": "office.tasks", "act": "add", "version": 3},
        {"code": VISITS, "act": "remove", "version": 4},
    ):
        assert post(client, url, **data).status_code == 302
    board.refresh_from_db()
    assert board.told == (Line(ORDERS, "bar"), Line(RATE), Line("office.tasks"))
    tiles = client.get(f"/boards/{board.pk}/").context["tiles"]
    assert [each["tile"].code for each in tiles] == [ORDERS, RATE, "office.tasks"]


def test_two_windows_do_not_undo_each_other(client_of, owner, make_board, acting):
    client, board = client_of(owner), make_board()
    url = f"/boards/{board.pk}/line/"
    assert post(client, url, code=RATE, act="up", version=1).status_code == 302
    assert post(client, url, code=RATE, act="up", version=1).status_code == 409
    with acting(owner), pytest.raises(StaleRecord):
        services.remove_board(board, by=owner)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"title": ""}, "请填写"),
        ({"title": "一"}, "2"),
        ({"title": "周一例会"}, "同名"),
        ({"title": "新看板", "when": "century"}, "century"),
    ],
)
def test_a_bad_name_or_period_is_said_at_its_field(client_of, owner, make_board, data, words):
    make_board()
    told = {"when": "year", "against": "year", "source": ""} | data
    answer = post(client_of(owner), "/boards/new/", **told)
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert Board.objects.count() == 1


def test_an_unknown_or_doubled_figure_changes_nothing(client_of, owner, make_board):
    client, board = client_of(owner), make_board()
    for code in ("nothing.here", VISITS):
        post(client, f"/boards/{board.pk}/line/", code=code, act="add", version=1)
    assert post(client, f"/boards/{board.pk}/line/", code=VISITS, act="burn").status_code == 404
    board.refresh_from_db()
    assert (board.told, board.version) == (LINES, 1)


def test_a_new_board_begins_with_the_figures_of_another(client_of, owner):
    client = client_of(owner)
    told = {"title": "残疾人重点数", "when": "month", "against": "before", "source": "disability"}
    post(client, "/boards/new/", **told)
    board = Board.objects.get()
    assert (board.when, board.against, board.unit) == (
        "month",
        "before",
        owner.assignments.get().unit,
    )
    assert len(board.told) > 8


def test_the_chosen_board_is_what_opens(client_of, owner, make_board):
    client, board = client_of(owner), make_board()
    assert client.get("/boards/").context["shown"].key == "overview"
    post(client, f"/boards/{board.pk}/start/")
    assert client.get("/boards/").context["shown"].title == "周一例会"
    other = make_board(title="另一个")
    post(client, f"/boards/{other.pk}/start/")
    assert client.get("/boards/").context["shown"].title == "另一个"
    post(client, f"/boards/{other.pk}/start/")
    assert client.get("/boards/").context["shown"].key == "overview"


def test_a_removed_board_comes_back_unless_its_name_was_given_anew(client_of, owner, make_board):
    client, board = client_of(owner), make_board()
    post(client, f"/boards/{board.pk}/remove/", version=1)
    assert "已删除" in client.get("/boards/all/").content.decode()
    again = make_board()
    post(client, f"/boards/{board.pk}/restore/")
    assert Board.objects.kept().count() == 1
    post(client, f"/boards/{again.pk}/remove/", version=1)
    post(client, f"/boards/{board.pk}/restore/")
    assert list(Board.objects.kept()) == [board]


def test_a_copy_is_ones_own_and_has_a_name_of_its_own(client_of, people, make_board):
    board, head = make_board(shared=True), people["below"]
    post(client_of(head), f"/boards/{board.pk}/copy/")
    copy = Board.objects.get(recorded_by=head)
    assert (copy.title, copy.told, copy.unit.name, copy.shared) == (
        "周一例会",
        LINES,
        "明珠社区",
        False,
    )
    post(client_of(head), "/boards/disability/copy/")
    post(client_of(head), "/boards/disability/copy/")
    titles = Board.objects.filter(recorded_by=head).values_list("title", flat=True)
    assert sorted(titles) == ["周一例会", "残疾人工作", "残疾人工作（2）"]


# --- what was lost since ----------------------------------------------------------------------------------
def test_a_retired_figure_is_said_and_the_others_stay(acting, client_of, owner, make_board):
    board = make_board()
    board.lines = [{"code": "disability.gone", "picture": "line", "tabled": True}, *board.lines]
    with acting(owner):
        board.save()
    page = client_of(owner).get(f"/boards/{board.pk}/")
    assert page.status_code == 200
    assert "已停用" in page.content.decode()
    assert [bool(each["tile"].number) for each in page.context["tiles"]] == [
        False,
        True,
        True,
        True,
    ]
    assert "已停用" in client_of(owner).get(f"/boards/{board.pk}/edit/").content.decode()


def test_a_figure_of_which_the_permission_was_lost_is_said(client_of, owner, make_board, street):
    board = make_board()
    with as_command():
        RoleAssignment.objects.filter(user=owner).update(role=Role.SANITATION_INSPECTOR)
    page = client_of(owner).get(f"/boards/{board.pk}/")
    told = {each["tile"].code: each["tile"].trouble for each in page.context["tiles"]}
    assert page.status_code == 200
    assert told == {
        VISITS: "您没有权限查看这项指标。",
        RATE: "您没有权限查看这项指标。",
        ORDERS: "",
    }
    links = [link.url for link in read_page(page.content.decode()).links]
    assert links
    assert not any("disability" in url for url in links)


def test_who_sees_numbers_no_more_has_no_board(client_of, owner, make_board, street):
    board = make_board()
    with as_command():
        RoleAssignment.objects.filter(user=owner).update(role=Role.SYSTEM_ADMINISTRATOR)
    assert client_of(owner).get(f"/boards/{board.pk}/").status_code == 403


def test_a_shared_board_tells_each_reader_of_their_own_unit(client_of, people, make_board):
    board = make_board(shared=True)
    page = client_of(people["below"]).get(f"/boards/{board.pk}/")
    assert page.context["place"].unit.name == "明珠社区"
    page = client_of(people["owner"]).get(f"/boards/{board.pk}/")
    assert page.context["place"].unit.name == "春华街道"
