"""Where an ask stands among what a community has to do."""

import pytest

from portal.asks.workflow import AnswerState

pytestmark = pytest.mark.django_db


def test_what_was_returned_stands_with_what_came_back(
    client_of, staff, send, bring_to, community, visits
):
    ask = send([community])

    def groups():
        page = client_of(staff).get("/today/?group=back").content.decode()
        asked = client_of(staff).get("/today/?group=asked").content.decode()
        return ["走访情况（春华街道）" in page, "走访情况（春华街道）" in asked]

    assert groups() == [False, True]
    bring_to(ask, community, AnswerState.RETURNED)
    assert groups() == [True, False]
