"""What the tests of certificates share: who acts, a volunteer with a counted record, and short ways."""

import json
import uuid
from datetime import date

import pytest

from portal.roles import Role
from tests.factories import volunteers as make
from volunteers.services import certificates as services

FIRST, LAST = date(2025, 1, 1), date(2025, 12, 31)
ISSUED = {"manager": "周书记", "clerk": "李梅", "phone": "0731-85550111"}
LONG = "买买提·阿卜杜热合曼·艾力·吐尔逊·依明江·卡德尔丁"
RARE = "黄\U0003402f\U00020bb7"


@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community, "staff", name="李梅")


@pytest.fixture
def head(make_user, community):
    return make_user(Role.COMMUNITY_HEAD, community, "head", name="周书记")


@pytest.fixture
def leader(make_user, community):
    return make_user(Role.VOLUNTEER_LEADER, community, "leader", name="何队长")


@pytest.fixture
def person(acting, community):
    with acting(community):
        person = make.volunteer(community)
        make.service(person, make.held(community), minutes=125)
        return person


def ask(person, by=None, purpose="升学", starts_on=FIRST, ends_on=LAST):
    return services.request(person, purpose, starts_on, ends_on, by=by)


def issued(person, by, **fields):
    return services.issue(ask(person, by), **(ISSUED | fields), by=by)


def said(certificate) -> dict:
    return json.loads(certificate.content)


def post(client, url, **fields):
    return client.post(url, {"_key": str(uuid.uuid4())} | fields)
