"""What each of the three administrators may open: no business page."""

import pytest

from portal.ledgers import ledgers
from portal.roles import ADMINISTRATORS, Role
from tests.architecture.test_urls import ALL, BY_LINK, PUBLIC, sample_url
from tests.security.asking import Asking

EVERYBODY = {
    "home": "what waits for oneself",
    "today": "what waits for oneself",
    "today-paper": "what waits for oneself",
    "styleguide": "parts of pages, no data",
    "password_change": "one's own password",
    "password_change_done": "one's own password",
    "role-table": "the rules of the house",
    "help": "words and guides, no data",
    "help-words": "words and guides, no data",
    "help-news": "words and guides, no data",
    "help-guide": "words and guides, no data",
    "papers": "empty forms to print, no data; none is offered to an administrator",
    "draft-list": "one's own drafts, of which an administrator has none",
    "draft-session": "whether oneself is still signed in",
    "notification-list": "one's own messages",
    "notification-settings": "one's own messages",
    "notification-read-all": "one's own messages",
    "saved-search-list": "one's own searches, of which an administrator has none",
    "login-code": "one's own sign-in",
    "second-factor": "one's own sign-in",
    "second-factor-set-up": "one's own sign-in",
    "recovery-codes": "one's own sign-in",
    "second-factor-new-codes": "one's own sign-in",
    "second-factor-take-away": "one's own sign-in",
    "session-list": "one's own sign-in",
    "session-end-others": "one's own sign-in",
    "session-end": "one's own sign-in",
    "export-request-file": "leads to the request, which is missing",
}
OWN_DUTY = {
    Role.SYSTEM_ADMINISTRATOR: {
        "account-list",
        "account-create",
        "unit-list",
        "unit-create",
        "unit-detail",
        "unit-rename",
        "unit-correct",
        "unit-end",
        "unit-merge",
        "unit-split",
        "unit-plan",
        "unit-plan-remove",
        "work-calendar",
        "work-notice-add",
        "running",
    },
    Role.SECURITY_ADMINISTRATOR: {
        "role-list",
        "role-grant",
        "holder-list",
        "holder-export",
        "policy-list",
        "export-request-list",
        "export-request",
        "retention",
        "retention-propose",
        "retention-run",
        "retention-paper",
        "retention-approve",
        "retention-refuse",
    },
    Role.AUDIT_ADMINISTRATOR: {
        "audit",
        "audit-signs",
        "audit-entry",
        "audit-export",
        "holder-list",
        "holder-export",
    },
}
# Pages of one account, which is there or not by the key that the sweep names.
MAY_BE_THERE = {
    Role.SYSTEM_ADMINISTRATOR: ("account-",),
    Role.SECURITY_ADMINISTRATOR: ("role-", "policy-"),
    Role.AUDIT_ADMINISTRATOR: (),
}
CLOSED = {400, 403, 404}  # 400: asks for a key that only the phone has


def test_all_three_are_swept():
    assert OWN_DUTY.keys() == ADMINISTRATORS


def beyond_duty(role, opened: set[str]) -> set[str]:
    """Of the addresses that open to an administrator those that should not; the walk itself is made by
    ``tests/security/test_matrix.py``, once a community holds rows in every table."""
    assert OWN_DUTY[role] <= opened
    rest = opened - EVERYBODY.keys() - OWN_DUTY[role] - PUBLIC.keys() - BY_LINK
    return {name for name in rest if not name.startswith(MAY_BE_THERE[role])}


@pytest.mark.django_db
@pytest.mark.parametrize("role", sorted(ADMINISTRATORS))
def test_no_ledger_opens(make_user, street, acting, role):
    administrator = make_user(role, street)
    asking = Asking(administrator)
    pages = ("ledger-list", "ledger-add", "ledger-export", "ledger-import", "ledger-bin")
    asked = [("ledger-list", ledger.slug) for ledger in ledgers]
    asked += [(name, "residents") for name in pages]
    urls = [sample_url(ALL[name][1], slug=slug) for name, slug in asked]
    with acting(administrator):
        assert not [url for url in urls if asking.get(url).status not in CLOSED]
