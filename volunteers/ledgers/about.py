"""What ledgers about one volunteer have in common."""

from portal.ledgers import Column, Ledger
from portal.ledgers.columns import reader
from volunteers.models import Volunteer
from volunteers.resolving import VOLUNTEER
from volunteers.selectors.volunteers import search_volunteers


class AboutVolunteer(Ledger):
    """A ledger whose rows are each about one volunteer."""

    quick = False
    select_related = ("volunteer__resident",)
    resolvers = {"volunteer": VOLUNTEER}
    search = ("volunteer__name",)
    search_hint = "志愿者姓名、拼音首字母或编号"

    def found(self, rows, text):
        return rows.filter(volunteer__in=search_volunteers(Volunteer.objects.all(), text))


def activity_columns(model, **options):
    """活动名称 and 活动日期 of the activity of volunteers that a record is of; imported, they find it."""
    return (
        Column(
            "活动名称",
            reader(model, "activity.title"),
            field="activity",
            sort="activity__title",
            width=24,
            **options,
        ),
        Column(
            "活动日期",
            reader(model, "activity.starts_on"),
            field="activity",
            sort="activity__starts_on",
            listed=False,
        ),
    )


def numbered_volunteer(model, label: str):
    """The volunteer by number, where 姓名 is somebody else's, and their name, which is only shown."""
    return (
        Column(
            "志愿者编号",
            reader(model, "volunteer.serial_number"),
            field="volunteer",
            width=20,
            listed=False,
        ),
        Column(label, reader(model, "volunteer.called"), width=12, listed=False),
    )
