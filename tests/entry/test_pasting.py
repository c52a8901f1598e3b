"""A table from a spreadsheet in 登记多条: read as an import reads it, faults at their cells, nothing stored."""

import uuid

import pytest

from portal.ledgers.pasting import cells_of
from residents.models import Visit
from tests import factories

pytestmark = pytest.mark.django_db
URL = "/ledger/visits/add-many/"


@pytest.fixture
def client(client_of, staff):
    return client_of(staff)


def paste(client, text, at="", **fields):
    data = {"_key": str(uuid.uuid4()), "lines": "10", "paste": "1", "paste_text": text}
    return client.post(URL, data | {"paste_at": at} | fields)


def cells(page, number) -> dict:
    return {field.name: field.value() for field in page.context["lines"][number]["fields"]}


def faults(page) -> dict:
    return {
        (line["number"], field.name): list(field.errors)
        for line in page.context["lines"]
        for field in line["fields"]
        if field.errors
    }


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("", []),
        ("\n\t\n", []),
        ("甲\t乙\r\n丙", [["甲", "乙"], ["丙", ""]]),
        ("甲\n\n乙\n", [["甲"], [""], ["乙"]]),
        ('"两\n行"\t乙', [["两\n行", "乙"]]),
        ('他说"好"\t乙', [['他说"好"', "乙"]]),
        ("甲\0\t 乙 ", [["甲", "乙"]]),
    ],
)
def test_what_a_spreadsheet_puts_on_the_clipboard(text, cells):
    assert cells_of(text) == cells


def test_headers_are_recognised_whatever_their_order(client, people):
    text = "情况记录\t姓名\n身体好\t黄文发\n缺药\t李小红"
    page = paste(client, text)
    assert cells(page, 0)["content"] == "身体好"
    assert cells(page, 0)["resident"] == [str(people[0].pk), "黄文发"]
    assert cells(page, 1)["resident"] == [str(people[1].pk), "李小红"]
    assert faults(page) == {}
    assert "已带入 2 行" in page.content.decode()


def test_without_headers_cells_fill_from_the_one_pasted_into(client, people):
    page = paste(client, "缺药\t下周送药\n要轮椅\t", at="l2-content")
    assert cells(page, 2) | {"resident": None} == {
        "resident": None,
        "content": "缺药",
        "follow_up": "下周送药",
    }
    assert cells(page, 3)["content"] == "要轮椅"
    assert not cells(page, 0)["content"]


def test_what_was_typed_stays(client, people):
    page = paste(client, "缺药", at="l1-content", **{"l0-content": "先写的", "visitor": "李梅"})
    assert cells(page, 0)["content"] == "先写的"
    assert 'value="李梅"' in page.content.decode()


def test_a_person_nobody_knows_is_said_at_the_cell_and_the_word_stays(client, people):
    page = paste(client, "姓名\t情况记录\n没有这个人\t甲\n黄文发\t乙")
    [(place, told)] = faults(page).items()
    assert place == (1, "resident")
    assert told
    assert cells(page, 0)["resident"] == ["", "没有这个人"]
    assert cells(page, 0)["content"] == "甲"
    assert cells(page, 1)["content"] == "乙"


def test_an_id_number_finds_the_person(client, acting, community):
    number = factories.id_number()
    with acting(community):
        person = factories.resident(community, "周游", id_number=number)
    page = paste(client, number)
    assert cells(page, 0)["resident"] == [str(person.pk), "周游"]
    assert number not in page.content.decode()


def test_a_column_of_what_is_said_once_goes_up_when_all_agree(client, people):
    text = "姓名\t日期\t走访方式\n黄文发\t2025年3月10日\t电话\n李小红\t2025.3.10\t电话"
    page = paste(client, text)
    common = {item["field"].name: item["field"].value() for item in page.context["common"]}
    assert common["occurred_on"] == "2025-03-10"
    different = paste(client, text.replace("2025.3.10", "2025.3.11"))
    assert "“日期”各行不同" in different.content.decode()


def test_columns_that_the_sheet_does_not_have_are_told(client, people):
    page = paste(client, "姓名\t情况记录\t心情\n黄文发\t好\t高兴").content.decode()
    assert "没有对应栏目、没有带入的列：心情" in page
    wide = paste(client, "甲\t乙\t丙\t丁", at="l0-content").content.decode()
    assert "从所选的格往右只有 2 列" in wide


def test_no_more_than_the_lines_that_there_may_be(client, people):
    page = paste(client, "\n".join(["好"] * 105), at="l0-content")
    assert page.context["count"] == 100
    assert "一次最多 100 行" in page.content.decode()


@pytest.mark.parametrize("at", ["", "x", "l999-content", "l0-unit", "l0-content'--", "content"])
def test_a_malformed_place_is_the_first_cell_or_the_last_line(client, people, at):
    assert paste(client, "好", at=at).status_code == 200


def test_nothing_is_told(client):
    assert "没有可以带入的内容" in paste(client, " \n ").content.decode()


def test_pasting_stores_nothing_and_what_was_pasted_is_saved_as_typed(
    client, people, acting, staff, visit_of
):
    page = paste(client, "黄文发\t好\n李小红\t缺药", at="l0-resident_text")
    with acting(staff):
        assert Visit.objects.count() == 0
    data = visit_of(None) | {"lines": "10"}
    for number in range(2):
        pk, text = cells(page, number)["resident"]
        data |= {f"l{number}-resident": pk, f"l{number}-resident_text": text}
        data |= {f"l{number}-content": cells(page, number)["content"]}
    assert client.post(URL, data).status_code == 302
    with acting(staff):
        stored = Visit.objects.order_by("pk").values_list("resident__name", "content")
        assert list(stored) == [("黄文发", "好"), ("李小红", "缺药")]
