"""服务对象: a household served once in an activity, and for which care tag."""

from portal.ledgers import MORE, Action, Column, Sheet, column, register
from portal.ledgers.columns import reader
from portal.ledgers.offers import offers_on
from portal.scope import access_of
from residents.ledgers.about import AboutResident, person_columns, unit_column
from residents.resolving import RESIDENT
from volunteers.enums.activities import ActivityState
from volunteers.forms.help import ServedForm
from volunteers.ledgers.about import activity_columns, volunteer_columns
from volunteers.ledgers.sections import SERVED
from volunteers.models import Served
from volunteers.resolving import BY_NUMBER
from volunteers.resolving_activities import ACTIVITY_OF_VOLUNTEERS
from volunteers.selectors.help import whom_url
from volunteers.services.help import recycle_served, restore_served, store, store_new


@register
class ServedLedger(AboutResident):
    """For those who hold ``served.view``, as the help requests are."""

    slug, title, icon, section = "served", "服务对象", "home", SERVED
    view_permission, edit_permission = "served.view", "served.edit"
    model = Served
    description = "志愿者服务了哪一户：一条是一户次，服务人数是人次；类别按服务当天的关爱类别。"
    select_related = ("resident", "activity", "household", "care_kind", "volunteer__resident")
    columns = (
        "occurred_on",
        *activity_columns(Served),
        *person_columns(Served),
        Column("户编号", reader(Served, "household.number"), width=12, listed=False),
        Column(
            "服务对象类别",
            reader(Served, "care_kind"),
            field="care_kind",
            sort="care_kind__ordinal",
            width=14,
        ),
        column(Served, "is_disabled", width=8),
        "service",
        column(Served, "people", width=10, numeric=True),
        *volunteer_columns(Served, name="服务的志愿者", listed=False),
        column(Served, "minutes", width=12, listed=False),
        column(Served, "satisfaction", width=12),
        column(Served, "said", sort="", width=28, listed=False),
        unit_column(Served),
    )
    resolvers = {
        "resident": RESIDENT,
        "activity": ACTIVITY_OF_VOLUNTEERS,
        "volunteer": BY_NUMBER,
    }
    refers_to = ("help-requests",)  # who is served was perhaps waiting for it
    form_class = ServedForm
    form_layout = (
        ("activity", "occurred_on"),
        ("resident", "care_kind"),
        ("service", "people", "is_disabled"),
        ("satisfaction", "said"),
        ("volunteer", "minutes"),
        "highlight",
    )
    form_folds = {"volunteer": MORE}
    sheet = Sheet(
        "志愿服务对象登记表",
        common=("activity", "occurred_on", "service"),
        each={"resident": 16, "people": 8, "minutes": 10, "satisfaction": 12, "said": 30},
        margin=("服务对象签名",),
    )
    kept_for_next = ("activity", "occurred_on", "service")
    filters = ("care_kind", "is_disabled", "service", "satisfaction")
    identity = ("activity", "resident", "occurred_on", "service")
    footer = (
        "volunteers.served_households",
        "volunteers.served_people",
        "volunteers.served_persons",
        "volunteers.served_satisfaction",
    )

    def save(self, form, *, by):
        served = form.save(commit=False)
        if served._state.adding:
            served.recorded_by = by
        return store(served)

    def save_many(self, drafts, *, by):
        return store_new([served for served, _ in drafts], by=by)

    def recycle(self, record, *, version, by):
        recycle_served(record, version=version, by=by)

    def restore(self, record, *, by):
        super().restore(record, by=by)
        restore_served(record)

    def actions(self, record, user):
        return [Action("本次活动的服务名单", whom_url(record.activity))]


@offers_on("volunteer-activities")
def of_activity(activity, user):
    """The list of those served, and keying many at once for who keeps them."""
    if activity.state == ActivityState.CANCELLED:
        return []
    acts, access = [Action("服务名单", whom_url(activity))], access_of(user)
    if access.may(ServedLedger.edit_permission, activity.unit_id):
        url = f"{ServedLedger().url('add-many')}?activity={activity.pk}"
        acts.append(Action("登记服务对象", url))
    return acts
