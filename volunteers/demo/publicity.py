"""Demo data of volunteer work: what was published of it."""

from datetime import timedelta

from django.utils import timezone

from portal.bulk import load
from portal.demo.world import World, typed_at
from portal.office.enums import Rank
from volunteers.enums.activities import ActivityState
from volunteers.enums.publicity import Medium, Reach
from volunteers.models import PublicityItem, VolunteerActivity

# Medium, who published, level, to whom.
WHERE = (
    (Medium.WECHAT, "{unit}", Rank.OTHER, Reach.EXTERNAL),
    (Medium.WECHAT, "春华街道", Rank.STREET, Reach.EXTERNAL),
    (Medium.NEWSPAPER, "清河日报", Rank.DISTRICT, Reach.EXTERNAL),
    (Medium.BULLETIN, "{unit}志愿简报", Rank.OTHER, Reach.INTERNAL),
    (Medium.BOARD, "{unit}宣传栏", Rank.OTHER, Reach.INTERNAL),
    (Medium.TELEVISION, "江城电视台", Rank.CITY, Reach.EXTERNAL),
)
EACH = 3  # every third activity was written about


def build(world: World) -> None:
    rows, latest = [], timezone.localdate() - timedelta(days=2)
    for place, unit in enumerate(world.communities):
        held = VolunteerActivity.objects.kept().filter(
            unit=unit, state=ActivityState.HELD, starts_on__lt=latest
        )
        for number, activity in enumerate(held.order_by("starts_on", "pk")[::EACH]):
            medium, outlet, rank, reach = WHERE[(number * 7 + place) % len(WHERE)]
            day = activity.starts_on + timedelta(days=1)
            rows.append(
                PublicityItem(
                    unit=unit,
                    occurred_on=day,
                    title=f"{unit.name}开展{activity.title}",
                    medium=medium,
                    outlet=outlet.format(unit=unit.name),
                    rank=rank,
                    reach=reach,
                    activity=activity,
                    project_id=activity.project_id,
                    recorded_at=typed_at(day),
                )
            )
    load(PublicityItem, rows)
