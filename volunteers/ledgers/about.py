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


def activity_columns(model, path="activity", field="activity", *, read=None, **options):
    """活动名称 and 活动日期 of the activity of volunteers that a record is of; imported, they find what
    ``field`` refers to. ``read`` tells the name, where a record may be of something else."""
    sort = path.replace(".", "__")
    return (
        Column(
            "活动名称",
            read or reader(model, f"{path}.title"),
            field=field,
            sort=f"{sort}__title",
            width=26,
        ),
        Column(
            "活动日期",
            reader(model, f"{path}.starts_on"),
            field=field,
            sort=f"{sort}__starts_on",
            **{"listed": False} | options,
        ),
    )


def volunteer_columns(model, path="volunteer", field="volunteer", *, name="姓名", **options):
    """志愿者编号 and 姓名; imported, they find the volunteer. Where 姓名 is somebody else's, the volunteer's
    stands under another ``name`` and is only shown: the number finds them."""
    sort = path.replace(".", "__")
    return (
        Column(
            "志愿者编号",
            reader(model, f"{path}.serial_number"),
            field=field,
            sort=f"{sort}__serial_number",
            width=20,
            **options,
        ),
        Column(
            name,
            reader(model, f"{path}.called"),
            field=field if name == "姓名" else "",
            width=12,
            **options,
        ),
    )
