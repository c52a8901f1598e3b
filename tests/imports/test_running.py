"""Rows become records through the ledger's own form, all or nothing."""

from datetime import date

import pytest
from django.db import connection

from portal.history import history_of
from portal.imports.report import SheetReport
from portal.imports.running import LOCK
from portal.models import Unit
from portal.models.units import UnitKind
from portal.roles import Role
from portal.scope import Denied, access_of, scope
from residents.models import Resident, Visit
from tests.database import owner_connection
from tests.imports.conftest import PEOPLE, VISITS, citizen, xlsx

ID = citizen(1)


def people(*rows):
    return xlsx(居民=[PEOPLE, *rows])


def visits(*rows):
    return xlsx(走访=[VISITS, *rows])


def visit(day="2025-03-10", name="黄文发", number="", mode="入户", content="身体尚可"):
    return [day, name, number, mode, "李梅", content]


def places(report):
    return [(p.cell, p.label, p.message) for p in report.errors]


@pytest.fixture
def known(bring):
    """黄文发 is registered."""
    assert bring("residents", people(["黄文发", ID, "13800000001", "2024-01-01"])).stored


# --- good files ---------------------------------------------------------------------------------
def test_file_good_stores_its_rows(bring, acting, clerk, community):
    report = bring(
        "residents",
        people(["黄文发", ID, "13800000001", date(2024, 1, 1)], ["韦英堃", citizen(2), "", ""]),
    )

    assert report.problems == []
    assert report.stored
    assert report.sheets == [SheetReport("居民", "residents", "居民", new=2)]
    with acting(clerk):
        stored = [
            (r.name, r.id_number, r.phone, r.born_on, r.unit, r.recorded_by)
            for r in Resident.objects.order_by("pk")
        ]
    assert stored == [
        ("黄文发", ID, "13800000001", date(1980, 1, 1), community, clerk),
        ("韦英堃", citizen(2), "", date(1980, 1, 1), community, clerk),
    ]


def test_check_reports_the_same_and_stores_nothing(bring, counts):
    content = people(["黄文发", ID, "", ""], ["韦英堃", citizen(2), "", ""])

    report = bring("residents", content, commit=False)

    assert report.sheets == [SheetReport("居民", "residents", "居民", new=2)]
    assert not report.stored
    assert counts("residents") == 0


def test_file_brought_in_twice_changes_nothing(bring, acting, clerk, known):
    content = visits(visit(), visit(), visit("2025-03-11", mode="电话"))
    assert bring("visits", content).totals["new"] == 3
    with acting(clerk):
        before = list(Visit.objects.order_by("pk").values())

    report = bring("visits", content)

    assert report.sheets == [SheetReport("走访", "visits", "走访", unchanged=3)]
    with acting(clerk):
        assert list(Visit.objects.order_by("pk").values()) == before


def test_equal_rows_beyond_the_known_ones_are_new(bring, counts, known):
    bring("visits", visits(visit()))

    report = bring("visits", visits(visit(), visit()))

    assert report.sheets == [SheetReport("走访", "visits", "走访", new=1, unchanged=1)]
    assert counts("visits") == 2


def test_second_of_two_equal_records_takes_the_second_rows_change(bring, acting, clerk, known):
    bring("visits", visits(visit(), visit()))

    report = bring("visits", visits(visit(), visit(content="已改好")))

    assert report.sheets == [SheetReport("走访", "visits", "走访", changed=1, unchanged=1)]
    with acting(clerk):
        found = Visit.objects.order_by("pk").values_list("content", "version")
        assert list(found) == [("身体尚可", 1), ("已改好", 2)]


def test_changed_row_is_written_with_its_history(bring, acting, clerk, known):
    report = bring("residents", people(["黄文发", ID, "13900000002", ""]))

    assert report.sheets == [SheetReport("居民", "residents", "居民", changed=1)]
    with acting(clerk):
        person = Resident.objects.get()
        assert (person.phone, person.version) == ("13900000002", 2)
        assert [entry.action for entry in history_of(person)] == ["修改", "登记"]


def test_blank_cell_keeps_what_is_known(bring, acting, clerk, known):
    report = bring("residents", people(["黄文发", ID, "  ", None]))

    assert report.totals["unchanged"] == 1
    with acting(clerk):
        assert Resident.objects.get().phone == "13800000001"


def test_sheet_without_required_columns_of_known_records_is_refused(bring, known):
    report = bring("residents", xlsx(居民=[["证件号码", "联系电话"], [ID, "13900000002"]]))

    assert report.errors[0].message.startswith("前 30 行里没有找到表头")


def test_person_without_id_is_recognised_by_name_and_birth(bring, counts):
    columns = ["姓名", "证件类型", "无证件原因", "出生日期"]
    content = xlsx(居民=[columns, ["小宝", "暂无", "新生儿未落户", "2025-02-03"]])
    assert bring("residents", content).problems == []

    assert bring("residents", content).totals["unchanged"] == 1
    assert counts("residents") == 1


def test_choices_are_read_by_their_words(bring, acting, clerk, known):
    content = xlsx(
        走访=[
            ["日期", "姓名", "走访人", "方式", "目的", "计入工作"],
            [
                "2025年3月10日",
                "黄文发",
                "李梅",
                "电话",
                "了解近况、政策宣传",
                "居民与户；残疾人工作",
            ],
        ]
    )
    assert bring("visits", content).problems == []
    with acting(clerk):
        found = Visit.objects.get()
    assert (found.mode, found.purposes, found.domains, found.occurred_on) == (
        "phone",
        ["greeting", "policy"],
        ["residents", "disability"],
        date(2025, 3, 10),
    )


def test_preset_fills_a_column_that_is_missing(bring, acting, clerk, known):
    bring("disability-visits", xlsx(残疾人走访=[VISITS, visit()]))

    with acting(clerk):
        assert Visit.objects.get().domains == ["disability"]


def test_formula_like_text_stays_text(bring, acting, clerk, known):
    bring("visits", visits(visit(content="=HYPERLINK(1)"), visit("2025-03-11", content="+86")))

    with acting(clerk):
        found = Visit.objects.order_by("occurred_on").values_list("content", flat=True)
        assert list(found) == ["=HYPERLINK(1)", "+86"]


def test_mobile_number_kept_as_number_is_certain(bring, acting, clerk):
    assert bring("residents", people(["黄文发", ID, 13800000001, ""])).problems == []
    with acting(clerk):
        assert Resident.objects.get().phone == "13800000001"


# --- bad rows -----------------------------------------------------------------------------------
def test_one_bad_row_keeps_all_out(bring, counts):
    report = bring("residents", people(["黄文发", ID, "", ""], ["", citizen(2), "", ""]))

    assert places(report) == [("A3", "姓名", "没有填写。")]
    assert report.sheets == [SheetReport("居民", "residents", "居民", new=1, refused=1)]
    assert not report.stored
    assert counts("residents") == 0


@pytest.mark.parametrize(
    ("row", "cell", "label", "words"),
    [
        (["黄文发", ID[:-1] + "5", "", ""], "B2", "证件号码", "校验码"),
        (["黄文发", 110101198001010000, "", ""], "B2", "证件号码", "存成了数字"),
        (["黄文发", ID, 73185551234, ""], "C2", "联系电话", "存成了数字"),
        (["黄文发", ID, "138", ""], "C2", "联系电话", "11位"),
        (["黄文发", ID, "", "3月10日"], "D2", "在册起始日期", "年"),
        (["黄文发", "110***********1234", "", ""], "B2", "证件号码", "已遮盖"),
        (["黄1发", ID, "", ""], "A2", "姓名", "不能有"),
    ],
)
def test_defect_of_a_person_is_named_at_its_cell(bring, counts, row, cell, label, words):
    report = bring("residents", people(row))

    assert [(p.cell, p.label) for p in report.errors] == [(cell, label)]
    assert words in report.errors[0].message
    assert counts("residents") == 0


@pytest.mark.parametrize(
    ("row", "cell", "label", "words"),
    [
        (visit(mode="捎话"), "D2", "方式", "请填写其中之一：入户、电话、来访、网上"),
        (visit(name="无此人"), "B2", "姓名", "请先登记居民"),
        (visit(number=citizen(9)), "B2", "姓名", "请先登记居民"),
        (visit(day="2100-01-01"), "A2", "日期", "不能晚于今天"),
        (visit(name=""), "B2", "姓名", "没有填写"),
        (visit(content="字" * 2001), "F2", "情况记录", "2000"),
    ],
)
def test_defect_of_a_visit_is_named_at_its_cell(bring, known, counts, row, cell, label, words):
    report = bring("visits", visits(row))

    assert [(p.cell, p.label) for p in report.errors] == [(cell, label)]
    assert words in report.errors[0].message
    assert counts("visits") == 0


def test_name_of_two_residents_is_refused(bring, known):
    bring("residents", people(["黄文发", citizen(3), "", ""]))

    report = bring("visits", visits(visit()))

    assert places(report) == [("B2", "姓名", "本单位有同名居民，请选择是哪一位，或补填证件号码。")]


def test_repeated_id_names_the_earlier_row(bring, counts):
    report = bring("residents", people(["黄文发", ID, "", ""], ["黄文法", ID, "", ""]))

    assert places(report) == [("B3", "证件号码", "与本表第 2 行重复，请只留一行。")]
    assert counts("residents") == 0


def test_row_of_another_unit_is_refused(bring, known):
    content = xlsx(走访=[[*VISITS, "单位"], [*visit(), "明珠社区"], [*visit(), "和平社区"]])

    report = bring("visits", content)

    assert places(report) == [("G3", "单位", "这一行写的不是“明珠社区”的记录。")]


def test_row_outside_the_ledger_is_refused(bring, known, counts):
    content = xlsx(残疾人走访=[[*VISITS, "计入工作"], [*visit(), "居民与户"]])

    report = bring("disability-visits", content)

    assert [p.cell for p in report.errors] == ["A2"]
    assert "不属于“残疾人走访”" in report.errors[0].message
    assert counts("visits") == 0


def test_masked_number_of_a_resolver_leaves_the_name(bring, acting, clerk, known):
    report = bring("visits", visits(visit(number="110***********0019")))

    assert report.problems == []
    assert report.totals["new"] == 1


def test_warning_does_not_stop_the_import(bring, counts):
    columns = ["姓名", "证件号码", "性别"]
    report = bring("residents", xlsx(居民=[columns, ["黄文发", ID, "女"]]))

    assert report.errors == []
    assert [(p.cell, p.message) for p in report.warnings] == [
        ("A2", "性别与证件号码不一致，已按填写的保存，请核对。")
    ]
    assert counts("residents") == 1


def test_messages_hold_nothing_of_the_cells(bring, known):
    report = bring("visits", visits(visit(name="欧阳震华", day="某日", mode="私访")))

    text = "".join(map(str, report.problems))
    assert [word for word in ("欧阳震华", "某日", "私访") if word in text] == []


# --- whole workbooks ----------------------------------------------------------------------------
def test_workbook_rows_refer_to_rows_of_earlier_sheets(bring, counts):
    content = xlsx(
        走访=[VISITS, visit()],
        居民=[["姓名", "证件号码", "户编号", "与户主关系"], ["黄文发", ID, "1-001", "户主"]],
        户=[["户编号", "地址"], ["1-001", "明珠路 1 号"]],
        填写说明=[["台账"]],
    )

    checked = bring(None, content, commit=False)
    stored = bring(None, content)

    assert checked.problems == stored.problems == []
    assert [(s.name, s.new) for s in checked.sheets] == [("户", 1), ("居民", 1), ("走访", 1)]
    assert [counts(slug) for slug in ("households", "memberships", "visits")] == [1, 1, 1]
    assert bring(None, content).totals == {"new": 0, "changed": 0, "unchanged": 3, "refused": 0}


def test_error_on_a_later_sheet_keeps_all_sheets_out(bring, counts):
    content = xlsx(居民=[PEOPLE, ["黄文发", ID, "", ""]], 走访=[VISITS, visit(name="无此人")])

    report = bring(None, content)

    assert [str(p) for p in report.errors] == [
        "走访!B2 姓名：本单位居民中没有这个姓名，请先登记居民或补填证件号码。"
    ]
    assert counts("residents") == 0


@pytest.mark.parametrize("name", ["README", "readme", "说明", "填写说明"])
def test_sheet_that_explains_the_others_is_passed_over_even_if_it_looks_like_a_ledger(
    bring, known, counts, name
):
    report = bring(None, xlsx(**{"走访": [VISITS, visit()], name: [VISITS, visit(name="无此人")]}))

    assert report.problems == []
    assert [sheet.name for sheet in report.sheets] == ["走访"]
    assert counts("visits") == 1


def test_workbook_without_a_known_sheet_is_refused(bring):
    report = bring(None, xlsx(花名册=[["姓名"], ["黄文发"]]))

    assert [str(p) for p in report.warnings] == ["花名册 没有与这张工作表对应的台账，未读取。"]
    assert [str(p) for p in report.errors] == [
        "工作簿 没有一张工作表能认出是哪个台账，请按模板命名工作表，或选择对应的台账。"
    ]


# --- who may ------------------------------------------------------------------------------------
def test_foreign_unit_is_refused(bring, other_community):
    with pytest.raises(Denied):
        bring("residents", people(["黄文发", ID, "", ""]), unit=other_community)


def test_grid_is_no_unit_to_record_for(bring, clerk, community):
    with scope(access_of(clerk).scope()):
        grid = Unit.objects.create(
            kind=UnitKind.GRID, code="440103001001001", name="第一网格", parent=community
        )
    clerk = type(clerk).objects.get(pk=clerk.pk)
    with pytest.raises(Denied):
        bring("residents", people(["黄文发", ID, "", ""]), unit=grid, by=clerk)


@pytest.mark.parametrize("role", [Role.WINDOW_CLERK, Role.COMMUNITY_HEAD, Role.STREET_SUPERVISOR])
def test_role_without_import_is_refused(bring, make_user, community, role):
    other = make_user(role, community)
    with pytest.raises(Denied):
        bring("residents", people(["黄文发", ID, "", ""]), by=other)


def test_second_import_at_the_same_time_is_refused(bring, community, counts):
    with owner_connection(connection.settings_dict["NAME"]) as other:
        other.execute("SELECT pg_advisory_lock(%s, %s)", [LOCK, community.pk])
        with pytest.raises(Denied, match="正有另一个文件在导入"):
            bring("residents", people(["黄文发", ID, "", ""]))
    assert counts("residents") == 0


def test_number_of_queries_does_not_grow_with_known_rows(
    bring, known, django_assert_max_num_queries
):
    """Matching and comparing rows already stored takes none per row but the resolver's one."""
    rows = [visit(f"2025-03-{day:02d}") for day in range(1, 29)]
    bring("visits", visits(*rows))
    with django_assert_max_num_queries(30):
        assert bring("visits", visits(*rows)).totals["unchanged"] == 28
