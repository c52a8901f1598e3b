"""An ask outlives what it asked for: a figure or a category that a later release does not declare."""

import uuid

import pytest

from portal.figures import figures
from portal.models import Ask, AskStep
from tests.asks.test_seen import HIDDEN, HOME

pytestmark = pytest.mark.django_db
GONE = "visits.gone"


@pytest.fixture
def asked(acting, send, answer_of, community, staff, section, visits):
    """``asked(**fields)``: an ask as it stands after those fields were declared no more."""

    def make(**fields):
        ask = send()
        with acting(section):
            Ask.objects.filter(pk=ask.pk).update(**fields)
        return ask, answer_of(ask, community, staff)

    return make


@pytest.mark.parametrize("codes", [[GONE], [GONE, HOME], [HOME, GONE]])
def test_a_figure_that_is_no_more_is_named_on_every_page(
    client_of, section, staff, asked, codes, acting
):
    ask, answer = asked(figures=codes)
    page = client_of(staff).get(f"/asks/answers/{answer.pk}/")
    assert page.status_code == 200
    assert page.context["not_seen"] == [f"{GONE}（已停用）"]
    gathered = f"/asks/{ask.pk}/"
    assert f"{GONE}（已停用）" in client_of(section).get(gathered).content.decode()
    file = client_of(section).post(f"{gathered}file/", {"_key": str(uuid.uuid4())})
    assert file.status_code == 200
    sent = {"_key": str(uuid.uuid4()), "version": answer.version, "right": "yes", "seen": "x"}
    refused = client_of(staff).post(f"/asks/answers/{answer.pk}/confirm/", sent)
    assert refused.status_code == 403
    assert "已停用" in refused.content.decode()
    with acting(staff):
        assert not AskStep.objects.filter(answer=answer).exists()


@pytest.mark.parametrize("codes", [[HOME], [HOME, HIDDEN]])
def test_without_its_category_the_whole_is_told(client_of, staff, section, asked, codes):
    ask, answer = asked(figures=codes, category="gone")
    page = client_of(staff).get(f"/asks/answers/{answer.pk}/")
    assert page.status_code == 200
    cells = [len(each["cells"]) for each in page.context["figures"]]
    assert cells == [1] * len(codes)
    assert client_of(section).get(f"/asks/{ask.pk}/").status_code == 200


def test_the_code_of_the_test_is_declared_nowhere():
    assert GONE not in figures
