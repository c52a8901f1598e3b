"""Residents who asked what is kept about them, or to have it put right; most were answered long ago."""

from datetime import date, timedelta
from random import Random

from portal.bulk import load
from portal.demo.world import YEAR, World, typed_at
from portal.models import User, keep_serial
from portal.workdays import after_workdays
from residents.data_requests import SERIES
from residents.enums import RequestAsker, RequestKind, RequestState
from residents.models import DataRequest
from residents.models.requests import MOST_WORKDAYS

ASKED = (
    (RequestKind.SEE, "想看看社区登记了本人哪些信息，并要一份复印件。"),
    (RequestKind.CORRECT, "联系电话已换，登记的还是旧号码。"),
    (RequestKind.SEE, "查阅本人的走访和帮扶记录。"),
    (RequestKind.CORRECT, "文化程度登记为初中，应为大专。"),
)
ANSWERED = 5  # of the first community, whose accounts are there; its neighbour has one that waits


def add_requests(world: World) -> None:
    # Chance of its own: what is built after this stays as it was.
    random = Random(f"data requests {YEAR}")  # noqa: S311  invented data
    first, second = world.communities[:2]
    people = {user.username: user for user in User.objects.all()}
    days = sorted(date(YEAR, 2, 1) + timedelta(days=random.randrange(300)) for _ in range(ANSWERED))
    rows = [
        _request(first, _grown(world, first, random), day, number, random, people)
        for number, day in enumerate(days, start=1)
    ]
    rows.append(_request(second, _grown(world, second, random), days[-1], 1, random, {}))
    keep_serial(first, SERIES, ANSWERED, YEAR)
    keep_serial(second, SERIES, 1, YEAR)
    load(DataRequest, rows)


def _grown(world: World, unit, random):
    settled = [person for person, home, _ in world.shared["settled"] if home == unit]
    return random.choice([each for each in settled if each.age_on(date(YEAR, 1, 1)) >= 18])


def _request(unit, person, day, number, random, people) -> DataRequest:
    kind, content = random.choice(ASKED)
    due = after_workdays(day, MOST_WORKDAYS)
    answered = {}
    if people:
        told = min(day + timedelta(days=random.randrange(2, 14)), due)
        answered = {
            "state": RequestState.CLOSED,
            "identity_paper": "居民身份证原件，当面核对",
            "verified_at": typed_at(day),
            "verified_by": people["demo-worker"],
            "answer": "已核对登记内容，答复材料当面交付。",
            "answered_on": told,
            "answered_by": people["demo-head"],
            "lines": [{"what": content, "outcome": "已更正", "ground": ""}]
            if kind == RequestKind.CORRECT
            else [],
            "handed_on": told,
            "handed_how": "当面交本人签收",
        }
    return DataRequest(
        unit=unit,
        resident=person,
        occurred_on=day,
        number=f"个信〔{day.year}〕{number}号",
        kind=kind,
        content=content,
        asker=RequestAsker.SELF,
        due_on=due,
        recorded_at=typed_at(day),
        **answered,
    )
