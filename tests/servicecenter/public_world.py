"""What the tests of public pages share: a community with a hall, a published item and its cases."""

from datetime import date

import pytest

from servicecenter.enums.cases import CaseState
from servicecenter.models import Hall, ItemVersion
from servicecenter.selectors.receipts import receipt_code
from tests.conftest import acting_as
from tests.factories import cases

CANARIES = ("金丝雀", "白文鸟", "红雀")  # an applicant, a proxy, an opinion


def new_hall(community):
    with acting_as(community):
        return Hall.objects.create(
            unit=community,
            name="明珠社区为民服务大厅",
            code_word="明珠代办",
            address="春华路 8 号",
            hours="周一至周五 8:30—17:30",
            phone="0731-85550100",
            complaint_phone="0731-85550119",
        )


def new_version(unit, name, materials=("身份证", "户口簿"), closed_on=None, **fields):
    """A published version of an item of its own."""
    with acting_as(unit):
        fields = {"published_on": date(2025, 1, 1), "process": "窗口受理\n社区初审"} | fields
        of = cases.item(unit, code=f"X-{ItemVersion.objects.count() + 1}", name=name)
        if closed_on:
            of.closed_on = closed_on
            of.save()
        return cases.version(unit, of, materials, **fields)


def new_case(unit, state=CaseState.HANDLING, **fields):
    """A case full of canaries."""
    with acting_as(unit):
        words = {
            "request": "金丝雀的申请",
            "proxy_name": "白文鸟",
            "extended_for": "红雀",
            "decision": "红雀",
        }
        who = cases.outsider(unit, "金丝雀")
        return cases.case(unit, state, **({"outsider": who} | words | fields))


@pytest.fixture
def hall(community):
    return new_hall(community)


@pytest.fixture
def make_version(db):
    """``make_version(unit, name, **fields)``: a published version of an item of its own."""
    return new_version


@pytest.fixture
def make_case(community, hall):
    """``make_case(state, **fields)``: a case full of canaries."""

    def make(state=CaseState.HANDLING, unit=None, **fields):
        return new_case(unit or community, state, **fields)

    return make


def code_of(case):
    return receipt_code(case.number)
