"""What ledgers about one volunteer have in common."""

from portal.ledgers import Column, Ledger
from portal.ledgers.columns import reader
from volunteers.models import Volunteer
from volunteers.resolving import VOLUNTEER
from volunteers.selectors.volunteers import search_volunteers


def volunteer_columns(model):
    """志愿者编号 and 姓名 of the volunteer that a record is about; imported, they find the volunteer."""
    return (
        Column(
            "志愿者编号",
            reader(model, "volunteer.serial_number"),
            field="volunteer",
            sort="volunteer__serial_number",
            width=20,
        ),
        Column("姓名", reader(model, "volunteer.called"), field="volunteer", width=12),
    )


class AboutVolunteer(Ledger):
    """A ledger whose rows are each about one volunteer."""

    quick = False
    select_related = ("volunteer__resident",)
    resolvers = {"volunteer": VOLUNTEER}
    search = ("volunteer__name",)
    search_hint = "志愿者姓名、拼音首字母或编号"

    def found(self, rows, text):
        return rows.filter(volunteer__in=search_volunteers(Volunteer.objects.all(), text))
