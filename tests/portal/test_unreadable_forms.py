"""A form that cannot be read is refused in words, also where the page of the refusal is the first to read it."""

import pytest

from portal.roles import Role

MISSING = "/nowhere/"
MULTIPART = "multipart/form-data"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"_key=1", MULTIPART),
        (b"_key=1", f"{MULTIPART}; boundary="),
        (b"a=1&" * 6_000, "application/x-www-form-urlencoded"),
    ],
)
def test_an_unreadable_form_at_a_missing_address_is_not_found(
    client_of, make_user, community, body, content_type
):
    client = client_of(make_user(Role.COMMUNITY_STAFF, community))
    client.raise_request_exception = False
    answer = client.post(MISSING, body, content_type=content_type)
    assert answer.status_code == 404
    assert "没有找到" in answer.content.decode()
