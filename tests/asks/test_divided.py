"""An ask whose numbers are divided by what records may leave empty."""

import pytest

from portal.asks.counting import thawed
from portal.figures import Category
from residents.enums import ActivityKind, Hosting
from tests import factories
from tests.asks.conftest import DAY

pytestmark = pytest.mark.django_db
CODE = "disability.culture_events"
OWN, NOT_CHOSEN = "本单位举办", "未选（即本单位举办）"


@pytest.fixture
def held(acting):
    """``held(unit, hosting)``: one more event."""

    def make(unit, hosting=""):
        with acting(unit):
            factories.activity(unit, DAY, kind=ActivityKind.CULTURE, hosting=hosting)

    return make


@pytest.fixture
def ask(send):
    return send(figures=[CODE], category="hosting")


def labels(page) -> list[str]:
    return [cell["cell"].label for figure in page.context["figures"] for cell in figure["cells"]]


def test_a_community_sees_and_confirms_what_does_not_say(
    client_of, held, ask, answer_of, confirm, community, staff
):
    answer = answer_of(ask, community, staff)
    held(community, Hosting.OWN)
    client = client_of(staff)
    assert NOT_CHOSEN not in labels(client.get(f"/asks/answers/{answer.pk}/"))
    held(community)
    assert labels(client.get(f"/asks/answers/{answer.pk}/"))[-1] == NOT_CHOSEN
    [told] = thawed(confirm(answer, staff).content)
    parts = {cell.value: int(cell.number) for cell in told.cells[1:]}
    assert parts[Category.UNSTATED] == parts[Hosting.OWN] == 1
    assert sum(parts.values()) == int(told.whole.number) == 2
    held(community)
    [whole, part] = client.get(f"/asks/answers/{answer.pk}/").context["changes"]
    assert (part.part, part.then, part.now, whole.now) == (NOT_CHOSEN, "1", "2", "3")


def test_the_street_sees_the_column_only_where_one_of_the_numbers_needs_it(
    client_of, held, ask, answer_of, confirm, community, other_community, street, staff, section
):
    held(community, Hosting.OWN)
    confirm(answer_of(ask, community, staff), staff)
    client, url = client_of(section), f"/asks/{ask.pk}/"

    def columns():
        page = client.get(url)
        told = [label for _, _, label in page.context["columns"]]
        assert page.context["heads"][0]["span"] == len(told) == len(page.context["sums"])
        return told, [cell["text"] for cell in page.context["engine"]]

    assert NOT_CHOSEN not in columns()[0]
    held(street)  # the street itself: in no answer, but in the engine's own number
    told, engine = columns()
    assert (told[-1], engine[0], engine[-1]) == (NOT_CHOSEN, "2", "1")
    assert sum(map(int, engine[1:])) == int(engine[0])
