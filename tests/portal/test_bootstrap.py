"""The first run without demo: everything or nothing, faults named at their cells."""

import re
import stat
import sys
from datetime import date

import pytest
import xlsxwriter
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from portal.models import RoleAssignment, Unit, User
from portal.roles import Role
from portal.scope import Access

pytestmark = pytest.mark.django_db

UNITS = [
    ("级别", "代码", "名称", "上级代码", "启用日期"),
    ("区县", "440103000000", "清河区", "", ""),
    ("街道", "440103001000", "春华街道", "440103000000", ""),
    ("社区", "440103001001", "明珠社区", "440103001000", "2020年1月1日"),
    ("网格/小组", "440103001001001", "第一网格", "440103001001", ""),
]
STAFF = [
    ("用户名", "姓名", "单位代码", "角色", "自", "至"),
    ("chensufen", "陈素芬", "440103001001", "社区工作人员", "2024-01-01", ""),
    ("LinGuodong", "林国栋", "440103001001", "社区负责人", "", "2099-12-31"),
    ("linguodong", "林国栋", "440103001000", "街道科室", "", ""),
]


@pytest.fixture
def book(tmp_path):
    """``book("units.xlsx", rows, sheet)``: a workbook whose cells have the types of ``rows``."""

    def write(name, rows, sheet="单位"):
        path = tmp_path / name
        with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as workbook:
            page = workbook.add_worksheet(sheet)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    page.write(number, column, value)
        return path

    return write


@pytest.fixture
def run(capsys):
    """(exit code, stdout, stderr) of the command, as cron would see them."""

    def call(*arguments):
        code = 0
        try:
            call_command("bootstrap", *map(str, arguments))
        except CommandError as error:
            code = error.returncode
            print(error, file=sys.stderr)
        told = capsys.readouterr()
        return code, told.out, told.err

    return call


@pytest.fixture
def units(book):
    return book("units.xlsx", UNITS)


@pytest.fixture
def staff(book):
    return book("staff.xlsx", STAFF, "人员")


def changed(rows, row, column, value):
    """The rows with the cell replaced; both count from 1, as in the sheet."""
    copy = [list(each) for each in rows]
    copy[row - 1][column - 1] = value
    return copy


def counts():
    return Unit.objects.count(), User.objects.count(), RoleAssignment.objects.count()


def passwords(out):
    return dict(re.findall(r"^([a-z-]+)\t.+\t(\S+)$", out, re.MULTILINE))


# --- what it creates ------------------------------------------------------------------------------
def test_bootstrap_creates_units_administrators_and_staff(run, units, staff):
    code, _, err = run("--units", units, "--staff", staff)
    assert (code, err) == (0, "")
    assert counts() == (4, 5, 6)
    tree = Unit.objects.values_list("kind", "code", "name", "parent__name", "valid_from")
    assert list(tree) == [
        ("district", "440103000000", "清河区", None, None),
        ("street", "440103001000", "春华街道", "清河区", None),
        ("community", "440103001001", "明珠社区", "春华街道", date(2020, 1, 1)),
        ("grid", "440103001001001", "第一网格", "明珠社区", None),
    ]
    today = timezone.localdate()
    roles = RoleAssignment.objects.order_by("user__username", "pk")
    assert list(
        roles.values_list("user__username", "unit__name", "role", "valid_from", "valid_to")
    ) == [
        ("audit-admin", "清河区", Role.AUDIT_ADMINISTRATOR, today, None),
        ("chensufen", "明珠社区", Role.COMMUNITY_STAFF, date(2024, 1, 1), None),
        ("linguodong", "明珠社区", Role.COMMUNITY_HEAD, today, date(2099, 12, 31)),
        ("linguodong", "春华街道", Role.STREET_SECTION, today, None),
        ("security-admin", "清河区", Role.SECURITY_ADMINISTRATOR, today, None),
        ("system-admin", "清河区", Role.SYSTEM_ADMINISTRATOR, today, None),
    ]


def test_printed_passwords_are_single_use_and_random(run, units, staff):
    _, out, _ = run("--units", units, "--staff", staff)
    told = passwords(out)
    assert set(told) == set(User.objects.values_list("username", flat=True))
    assert len(set(told.values())) == 5
    for account in User.objects.all():
        assert account.check_password(told[account.username])
        assert account.must_change_password


def test_first_sign_in_must_change_the_password(run, units):
    _, out, _ = run("--units", units)
    client = Client()
    data = {"username": "system-admin", "password": passwords(out)["system-admin"]}
    assert client.post(reverse("login"), data)["Location"] == reverse("home")
    assert client.get(reverse("unit-list"))["Location"] == reverse("password_change")


def test_administrators_reach_the_whole_district(run, units):
    run("--units", units)
    everything = frozenset(Unit.objects.values_list("pk", flat=True))
    reach = {
        user.username: Access(user).units(permission)
        for user in User.objects.all()
        for permission in ("units.manage", "roles.manage", "audit.read")
        if Access(user).may(permission)
    }
    assert reach == dict.fromkeys(("audit-admin", "security-admin", "system-admin"), everything)


def test_passwords_file_is_private(run, units, tmp_path):
    out_file = tmp_path / "passwords.txt"
    code, out, _ = run("--units", units, "--out", out_file)
    assert code == 0
    assert stat.S_IMODE(out_file.stat().st_mode) == 0o600
    told = passwords(out_file.read_text())
    assert User.objects.get(username="audit-admin").check_password(told["audit-admin"])
    assert not any(password in out for password in told.values())


def test_what_it_writes_is_logged_under_the_command(run, units, acting):
    run("--units", units)
    with acting(*Unit.objects.all()), connection.cursor() as cursor:
        cursor.execute("SELECT table_name, actor, count(*) FROM audit.log GROUP BY 1, 2 ORDER BY 1")
        assert cursor.fetchall() == [
            ("portal_roleassignment", "command:bootstrap", 3),
            ("portal_unit", "command:bootstrap", 4),
            ("portal_user", "command:bootstrap", 3),
        ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_units_from_csv(run, tmp_path, encoding):
    path = tmp_path / "units.csv"
    path.write_bytes("\r\n".join(",".join(row) for row in UNITS).encode(encoding))
    assert run("--units", path)[0] == 0
    assert Unit.objects.count() == 4


def test_codes_as_numbers_dates_as_dates_and_a_title_above(run, book):
    rows = [("清河区单位表",), *UNITS]
    rows = changed(rows, 5, 2, 440103001001)
    rows = changed(rows, 5, 5, date(2020, 1, 1))
    assert run("--units", book("units.xlsx", rows))[0] == 0
    assert Unit.objects.get(code="440103001001").valid_from == date(2020, 1, 1)


def test_parents_may_stand_below_their_children(run, book):
    path = book("units.xlsx", [UNITS[0], *reversed(UNITS[1:])])
    assert run("--units", path)[0] == 0
    assert Unit.objects.count() == 4


# --- what it refuses ------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("row", "column", "value", "problem"),
    [
        (2, 1, "省", "单位!A2 级别：应为区县、街道、社区、网格/小组之一。"),
        (4, 2, "44010300100", "单位!B4 代码：社区的代码应为 12 位数字。"),
        (4, 2, "440103001000", "单位!B4 代码：与第 3 行重复。"),
        (4, 3, "", "单位!C4 名称：此字段不能为空。"),
        (3, 4, "999999999999", "单位!D3 上级代码：没有代码为 999999999999 的单位。"),
        (3, 4, "", "单位!D3 上级代码：街道要填写上级代码。"),
        (4, 4, "440103000000", "单位!D4 上级代码：“清河区”是区县，下面不能直接设社区。"),
        (2, 4, "440103001000", "单位!D2 上级代码：没有代码为 440103001000 的单位。"),
        (4, 5, "3月1日", "单位!E4 启用日期："),
    ],
)
def test_bad_unit_is_named_at_its_cell_and_nothing_is_made(run, book, row, column, value, problem):
    code, out, err = run("--units", book("units.xlsx", changed(UNITS, row, column, value)))
    assert code == 1
    assert any(line.startswith(problem) for line in err.splitlines()), err
    assert (out, counts()) == ("", (0, 0, 0))


@pytest.mark.parametrize(
    ("row", "column", "value", "problem"),
    [
        (2, 1, "陈素芬", "人员!A2 用户名：用户名应以字母开头"),
        (2, 1, "system-admin", "人员!B2 姓名：用户名 system-admin 已经用于另一个姓名"),
        (2, 2, "", "人员!B2 姓名：请填写姓名。"),
        (2, 2, "陈@芬", "人员!B2 姓名："),
        (4, 2, "林国强", "人员!B4 姓名：用户名 linguodong 已经用于另一个姓名"),
        (2, 3, "440103009001", "人员!C2 单位代码：没有代码为 440103009001 的单位。"),
        (2, 3, "", "人员!C2 单位代码：请填写单位代码。"),
        (2, 4, "主任", "人员!D2 角色：应为社区工作人员、"),
        (2, 4, "街道主管", "人员!D2 角色：“街道主管”只能在区县或街道一级任职。"),
        (4, 4, "系统管理员", "人员!D4 角色：管理员角色不能与其他角色放在同一个账号上"),
        (2, 5, "一月", "人员!E2 自："),
        (3, 6, "2020-01-01", "人员!F3 至：结束日期不能早于开始日期"),
    ],
)
def test_bad_staff_is_named_at_its_cell_and_nothing_is_made(
    run, book, units, row, column, value, problem
):
    staff = book("staff.xlsx", changed(STAFF, row, column, value), "人员")
    code, out, err = run("--units", units, "--staff", staff)
    assert code == 1
    assert any(line.startswith(problem) for line in err.splitlines()), err
    assert (out, counts()) == ("", (0, 0, 0))


def test_all_faults_are_named_at_once(run, book):
    rows = changed(changed(UNITS, 3, 3, ""), 5, 5, "没有")
    code, _, err = run("--units", book("units.xlsx", rows))
    assert code == 1
    assert [line.partition(" ")[0] for line in err.splitlines()] == [
        "单位!C3",
        "单位!D4",
        "单位!E5",
        "有",
    ]


def test_refused_run_leaves_no_passwords_file(run, book, tmp_path):
    out_file = tmp_path / "passwords.txt"
    path = book("units.xlsx", changed(UNITS, 4, 3, ""))
    assert run("--units", path, "--out", out_file)[0] == 1
    assert not out_file.exists()


def test_existing_passwords_file_is_never_overwritten(run, units, tmp_path):
    out_file = tmp_path / "passwords.txt"
    out_file.write_text("unread")
    code, _, err = run("--units", units, "--out", out_file)
    assert (code, out_file.read_text(), counts()) == (2, "unread", (0, 0, 0))
    assert "已存在" in err


def test_passwords_file_that_cannot_be_written_makes_nothing(run, units, tmp_path):
    code, _, _ = run("--units", units, "--out", tmp_path / "missing" / "passwords.txt")
    assert (code, counts()) == (2, (0, 0, 0))


def test_check_makes_nothing_and_tells_no_password(run, units, staff):
    code, out, _ = run("--units", units, "--staff", staff, "--check")
    assert (code, counts()) == (0, (0, 0, 0))
    assert (
        out
        == "检查通过，没有任何改动；将新建单位 4 个，账号 5 个，角色 3 个（另有管理员的角色）。\n"
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("units.txt", b""),
        ("units.xlsx", b"not a workbook"),
        ("units.csv", "级别,代码\n区县,440103000000\n".encode()),
        ("units.csv", b"\xff\xfe\x81"),
        ("units.csv", b""),
    ],
)
def test_useless_file_is_a_usage_error(run, tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    code, out, err = run("--units", path)
    assert (code, out) == (2, "")
    assert err.startswith(name)


def test_missing_file_or_option_is_a_usage_error(run, tmp_path):
    assert run("--units", tmp_path / "nothing.xlsx")[0] == 2
    assert run()[0] == 2
    assert run("--staff", tmp_path / "nothing.xlsx")[0] == 2


# --- again ----------------------------------------------------------------------------------------
def test_second_run_without_add_is_refused(run, units):
    run("--units", units)
    code, _, err = run("--units", units)
    assert code == 1
    assert "--add" in err


def test_second_run_with_add_changes_nothing(run, units, staff):
    run("--units", units, "--staff", staff)
    before = counts()
    code, out, _ = run("--units", units, "--staff", staff, "--add")
    assert (code, counts()) == (0, before)
    assert out == "已新建单位 0 个，账号 0 个，角色 0 个（另有管理员的角色）。\n"


def test_add_brings_only_what_is_new(run, book, units, staff, tmp_path):
    run("--units", units)
    more = book("more.xlsx", [*UNITS, ("社区", "440103001002", "和平社区", "440103001000", "")])
    out_file = tmp_path / "passwords.txt"
    code, _, _ = run("--units", more, "--staff", staff, "--add", "--out", out_file)
    assert (code, counts()) == (0, (5, 5, 6))
    assert set(passwords(out_file.read_text())) == {"chensufen", "linguodong"}


def test_add_with_nothing_new_leaves_no_file(run, units, tmp_path):
    run("--units", units)
    out_file = tmp_path / "passwords.txt"
    assert run("--units", units, "--add", "--out", out_file)[0] == 0
    assert not out_file.exists()


def test_add_staff_alone(run, units, staff):
    run("--units", units)
    assert run("--staff", staff, "--add")[0] == 0
    assert User.objects.filter(username="chensufen").exists()


def test_add_does_not_rename_a_unit(run, book, units):
    run("--units", units)
    code, _, err = run("--units", book("b.xlsx", changed(UNITS, 4, 3, "明月社区")), "--add")
    assert code == 1
    assert err.startswith("单位!B4 代码：已有单位“明珠社区”使用这个代码")


# --- templates ------------------------------------------------------------------------------------
def test_templates_are_read_back_when_filled_in(run, tmp_path):
    code, out, _ = run("--template", tmp_path / "new")
    paths = [tmp_path / "new" / name for name in ("units.xlsx", "staff.xlsx")]
    assert (code, out.split()) == (0, [str(path) for path in paths])
    for path, rows in zip(paths, (UNITS, STAFF), strict=True):
        workbook = load_workbook(path)
        sheet = workbook.worksheets[0]
        assert [cell.value for cell in sheet[1]] == list(rows[0])
        for row in rows[1:]:
            sheet.append(row)
        workbook.save(path)
    assert run("--units", paths[0], "--staff", paths[1])[0] == 0
    assert counts() == (4, 5, 6)


def test_templates_are_not_overwritten(run, tmp_path):
    run("--template", tmp_path)
    assert run("--template", tmp_path)[0] == 2


# --- lost passwords of administrators -------------------------------------------------------------
def test_reset_password_on_the_server(run, units, capsys):
    run("--units", units)
    call_command("reset_password", "Security-Admin")
    password = capsys.readouterr().out.strip()
    account = User.objects.get(username="security-admin")
    assert (account.check_password(password), account.must_change_password) == (True, True)


def test_reset_password_of_an_unknown_account(capsys):
    with pytest.raises(CommandError) as refusal:
        call_command("reset_password", "nobody")
    assert refusal.value.returncode == 2
