"""The log told in the words of the form."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.history import Change, history_of
from portal.scope import Scope, scope
from tests.wallapp.models import Paper, Shelf

pytestmark = pytest.mark.django_db


def _changes(paper):
    return history_of(paper)[0].changes


def test_actions_are_told_newest_first(paper, community, acting):
    with acting(community):
        paper.title = "两盏路灯不亮"
        paper.save()
        paper.deleted_at = datetime(2025, 3, 1, tzinfo=ZoneInfo("Asia/Shanghai"))
        paper.save()
        paper.deleted_at = None
        paper.save()
        found = history_of(paper)
        pk = paper.pk
        paper.delete()
        paper.pk = pk
        assert history_of(paper)[0].action == "彻底删除"
    assert [entry.action for entry in found] == ["恢复", "移入回收站", "修改", "登记"]
    assert [entry.changes for entry in found] == [
        [],
        [],
        [Change("标题", "路灯不亮", "两盏路灯不亮")],
        [],
    ]
    assert found[0].when > found[-1].when
    assert found[0].when.tzinfo == ZoneInfo("Asia/Shanghai")


def test_values_are_told_as_the_form_shows_them(paper, neighbour, community, acting):
    with acting(community):
        paper.kind = Paper.Kind.REPORT
        paper.arrived_on = date(2025, 3, 10)
        paper.amount = Decimal("1200.50")
        paper.urgent = True
        paper.topics = ["road", "water"]
        paper.writer = neighbour
        paper.save()
        assert _changes(paper) == [
            Change("种类", "来信", "报告"),
            Change("收到日期", "—", "2025年3月10日"),
            Change("金额（元）", "—", "1200.50"),
            Change("加急", "否", "是"),
            Change("主题", "—", "道路、用水"),
            Change("写信人", "—", "黄文发"),
        ]


def test_a_related_record_out_of_scope_is_not_named(
    street, paper, foreign_neighbour, community, acting
):
    with acting(street):
        paper.writer = foreign_neighbour
        paper.save()
        assert _changes(paper) == [Change("写信人", "—", "单小梅")]
    with acting(community):
        assert _changes(paper) == [Change("写信人", "—", "（不在您的范围内）")]


def test_a_file_is_told_without_its_content(paper, community, acting):
    with acting(community):
        Paper.objects.update(scan=b"x")
        # Nobody edits a file in the form, so the entry itself says all.
        assert [(e.action, e.changes) for e in history_of(paper)] == [("修改", []), ("登记", [])]


def test_actors_are_named(paper, community, make_user, acting):
    user = make_user("community_staff", community, name="李芳")
    units, above = frozenset([community.pk]), frozenset()
    for actor in (f"user:{user.pk}", "job:nightly", "command:import", "anonymous"):
        with scope(Scope(units, above, actor)):
            Paper.objects.update(title=actor)
    with acting(community):
        assert [entry.actor_label for entry in history_of(paper)] == [
            "未登录访客",
            "后台命令 import",
            "后台任务 nightly",
            "李芳",
            "后台命令 test",
        ]


def test_another_unit_reads_no_history(paper, other_community, acting):
    with acting(other_community):
        assert history_of(paper) == []


def test_many_changes_need_no_more_queries(paper, neighbour, community, make_user, acting):
    user = make_user("community_staff", community)

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            history_of(paper)
        return len(captured)

    with acting(user):
        shelf = Shelf.objects.create(name="甲")
        paper.writer, paper.shelf = neighbour, shelf
        paper.save()
        few = queries()
        for _ in range(3):
            paper.writer = None if paper.writer else neighbour
            paper.shelf = Shelf.objects.create(name="乙")
            paper.save()
        assert queries() == few == 4  # log, neighbours, shelves, accounts
