"""What only the clerk can tell is chosen on the check page, and the rows then go in."""

import re
import uuid

import pytest

from residents.models import Household, Membership, Visit
from tests import factories
from tests.imports.conftest import VISITS, citizen, xlsx
from tests.imports.test_mapping import fields
from tests.imports.test_pages import confirm, send

REGISTER = ["户编号", "地址", "姓名", "证件号码", "与户主关系"]
HEADLESS = [
    REGISTER,
    ["1-001", "明珠路 1 号", "黄文发", citizen(1), "配偶"],
    ["1-001", "明珠路 1 号", "黄小花", citizen(2), "女"],
    ["1-002", "明珠路 2 号", "韦英堃", citizen(3), "户主"],
]


@pytest.fixture
def browser(client_of, clerk):
    return client_of(clerk)


def checked(browser, content, url):
    """The address of the batch; where columns are to be looked at first, they stay as proposed."""
    where = send(browser, content, url)["Location"]
    if where.endswith("mapping/"):
        proposed = fields(browser.get(where))
        where = browser.post(where, proposed)["Location"]
    return where


def choices_on(page) -> dict[str, list[str]]:
    """The values offered by the name of each choice on the page."""
    selects = re.findall(r'<select[^>]* name="(choice:[^"]+)"(.*?)</select>', page, re.DOTALL)
    return {name: re.findall(r'<option value="([^"]+)"', inside) for name, inside in selects}


def choose(browser, batch) -> dict[str, list[str]]:
    """Take the first of every choice and check again; what was offered."""
    offered = choices_on(browser.get(batch).content.decode())
    picked = {name: values[0] for name, values in offered.items()}
    answer = browser.post(f"{batch}check/", {"_key": str(uuid.uuid4()), **picked})
    assert answer.status_code == 302
    return offered


def test_household_without_head_goes_in_once_the_clerk_chose_one(browser, acting, clerk, counts):
    batch = checked(browser, xlsx(居民户籍信息台账=HEADLESS), "/ledger/households/import/")
    assert "没有户主" in browser.get(batch).content.decode()
    assert confirm(browser, batch).status_code == 409

    offered = choose(browser, batch)

    assert list(offered.values()) == [["2", "3", "0"]]
    assert "检查通过" in browser.get(batch).content.decode()
    assert counts("households") == 0
    assert confirm(browser, batch).status_code == 302
    with acting(clerk):
        home = Household.objects.with_head_name().get(number="1-001")
        assert home.head_name == "黄文发"
        assert Membership.objects.count() == 3


def test_name_that_several_have_is_chosen_on_the_page(browser, acting, clerk, community):
    with acting(clerk):
        first, second = (
            factories.resident(community, "黄文发", id_number=citizen(n)) for n in (1, 3)
        )
    content = xlsx(走访=[VISITS, ["2025-03-10", "黄文发", "", "入户", "李梅", ""]])
    batch = checked(browser, content, "/ledger/visits/import/")

    offered = choose(browser, batch)

    assert list(offered.values()) == [[str(first.pk), str(second.pk), "0"]]
    assert confirm(browser, batch).status_code == 302
    with acting(clerk):
        assert Visit.objects.get().resident_id == first.pk


def test_name_that_nobody_has_can_only_be_left_out(browser, acting, clerk, community, counts):
    with acting(clerk):
        factories.resident(community, "韦英堃", id_number=citizen(3))
    rows = [["2025-03-10", name, "", "入户", "李梅", ""] for name in ("黄文发", "韦英堃")]
    batch = checked(browser, xlsx(走访=[VISITS, *rows]), "/ledger/visits/import/")
    assert "没有这个姓名" in browser.get(batch).content.decode()

    offered = choose(browser, batch)

    assert list(offered.values()) == [["0"]]
    assert confirm(browser, batch).status_code == 302
    assert counts("visits") == 1


def test_another_name_under_one_id_is_confirmed_on_the_page(browser, acting, clerk, community):
    with acting(clerk):
        factories.resident(community, "黄文发", id_number=citizen(1))
    rows = [REGISTER, ["1-001", "明珠路 1 号", "韦英堃", citizen(1), "户主"]]
    batch = checked(browser, xlsx(居民户籍信息台账=rows), "/ledger/households/import/")

    offered = choose(browser, batch)

    assert list(offered) == ["choice:2:person.name:居民户籍信息台账"]
    assert confirm(browser, batch).status_code == 302
    with acting(clerk):
        assert Household.objects.with_head_name().get().head_name == "韦英堃"
