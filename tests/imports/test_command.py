"""``manage.py import``: the same import, with exit codes for cron."""

import io

import pytest
from django.core.management import CommandError, call_command

from portal.models import AccessLog, ImportBatch
from portal.roles import Role
from tests.imports.conftest import PEOPLE, VISITS, citizen, xlsx

GOOD = xlsx(居民=[PEOPLE, ["黄文发", citizen(1), "", ""]])
BAD = xlsx(居民=[PEOPLE, ["黄文发", citizen(1)[:-1] + "5", "", ""]])


@pytest.fixture
def command(clerk, community, tmp_path):
    """``command(content, …)``: (exit code, what was printed)."""

    def call(content=GOOD, ledger="residents", name="名册.xlsx", unit=None, user="clerk", *more):
        path = tmp_path / name
        if content is not None:
            path.write_bytes(content)
        out = io.StringIO()
        arguments = [ledger, str(path), "--unit", unit or community.code, "--as", user, *more]
        try:
            call_command("import", *arguments, stdout=out)
        except CommandError as error:
            return error.returncode, out.getvalue() + str(error)
        return 0, out.getvalue()

    return call


def test_good_file_is_stored(command, counts):
    assert command() == (0, "居民：新增 1，修改 0，未变动 0，有误 0\n已导入。\n")
    assert counts("residents") == 1


def test_what_a_command_stores_is_a_batch_that_can_be_undone(command, acting, clerk):
    command()

    with acting(clerk):
        batch = ImportBatch.objects.get()
        assert (batch.state, batch.rows.count()) == ("stored", 1)
        assert AccessLog.objects.get(action="import").rows == 1


def test_many_rows_need_a_second_person_here_too(command, counts, make_user, community, settings):
    settings.IMPORT_APPROVAL_ROWS = 0
    make_user(Role.COMMUNITY_HEAD, community, "head")

    code, printed = command()
    assert (code, counts("residents")) == (1, 0)
    assert "--approved-by" in printed
    assert command(GOOD, "residents", "名册.xlsx", None, "clerk", "--approved-by", "clerk")[0] == 1
    assert command(GOOD, "residents", "名册.xlsx", None, "clerk", "--approved-by", "head")[0] == 0
    assert counts("residents") == 1


def test_check_stores_nothing(command, counts):
    code, printed = command(GOOD, "residents", "名册.xlsx", None, "clerk", "--check")

    assert (code, printed.splitlines()[-1]) == (0, "检查通过，未导入。")
    assert counts("residents") == 0


def test_bad_file_names_the_cell_and_stores_nothing(command, counts):
    code, printed = command(BAD)

    assert code == 1
    assert printed.startswith("错误 居民!B2 证件号码：")
    assert printed.endswith("有 1 处错误，未导入任何内容。")
    assert counts("residents") == 0


def test_whole_workbook(command, counts):
    content = xlsx(
        走访=[VISITS, ["2025-03-10", "黄文发", "", "入户", "李梅", ""]],
        居民=[PEOPLE, ["黄文发", citizen(1), "", ""]],
    )

    assert command(content, "workbook")[0] == 0
    assert counts("visits") == 1


def test_user_acts_with_their_own_rights(command, make_user, other_community, counts):
    make_user(Role.COMMUNITY_STAFF, other_community, "stranger")

    assert command(user="stranger")[0] == 1
    assert counts("residents") == 0


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"ledger": "nothing"}, "可用的有：workbook、"),
        ({"unit": "000000000000"}, "没有代码为“000000000000”的单位"),
        ({"user": "nobody"}, "没有用户“nobody”"),
        ({"content": None}, "读不了文件"),
        ({"content": b"x"}, "只能导入 .xlsx"),
        ({"name": "名册.xls"}, "只能导入 .xlsx"),
    ],
)
def test_wrong_use_is_told_apart(command, changes, words):
    code, printed = command(**changes)

    assert code == 2
    assert words in printed


def test_disabled_account_may_not_act(command, make_user, community):
    make_user(Role.COMMUNITY_STAFF, community, "gone", is_active=False)

    assert command(user="gone")[0] == 2
