"""社会反响: thank-you letters, banners, praise."""

from portal.ledgers import MORE, Column, Ledger, column, register
from portal.ledgers.columns import reader
from residents.ledgers.about import unit_column
from volunteers.forms.publicity import RecognitionForm
from volunteers.ledgers.about import activity_columns, volunteer_columns
from volunteers.ledgers.sections import SERVED
from volunteers.models import Recognition
from volunteers.resolving import BY_NUMBER, org_by
from volunteers.resolving_activities import ACTIVITY_OF_VOLUNTEERS


@register
class RecognitionLedger(Ledger):
    slug, title, icon, section = "recognitions", "社会反响", "heart", SERVED
    quick = False
    model = Recognition
    description = "感谢信、锦旗、口头和媒体表扬：谁送的，为哪次活动、哪个组织或哪位志愿者。"
    select_related = ("activity", "org", "volunteer__resident")
    columns = (
        "occurred_on",
        "kind",
        column(Recognition, "giver", width=20),
        column(Recognition, "content", sort="", width=40),
        *activity_columns(Recognition),
        Column("受表扬的组织", reader(Recognition, "org.name"), field="org", width=24),
        *volunteer_columns(Recognition, name="受表扬的志愿者", listed=False),
        column(Recognition, "highlight", sort="", width=10, listed=False),
        unit_column(Recognition),
    )
    resolvers = {
        "activity": ACTIVITY_OF_VOLUNTEERS,
        "org": org_by("受表扬的组织"),
        "volunteer": BY_NUMBER,
    }
    form_class = RecognitionForm
    form_layout = (
        ("kind", "occurred_on"),
        "giver",
        "content",
        ("activity", "org"),
        ("volunteer", "highlight"),
    )
    form_folds = {"activity": MORE}
    today = "occurred_on"
    filters = ("kind",)
    search = ("giver", "content")
    search_hint = "赠送者或内容"
    identity = ("occurred_on", "kind", "giver", "content")
    footer = ("volunteers.recognitions", "volunteers.thank_you_letters", "volunteers.banners")
