"""告知与同意, as the 个人信息保护法 asks for them."""

from portal.ledgers import column, register
from residents.forms import ConsentForm
from residents.ledgers.about import AboutResident, person_columns, unit_column
from residents.models import Consent


@register
class ConsentLedger(AboutResident):
    slug, title, icon = "consents", "告知与同意", "shield-check"
    quick = False
    model = Consent
    description = "向居民告知个人信息怎样使用、居民是否同意；撤回和给出一样方便，撤回后不再使用。"
    columns = (
        "occurred_on",
        *person_columns(Consent),
        "kind",
        column(Consent, "purpose", sort="", width=28),
        column(Consent, "scope_of_data", sort="", width=28, listed=False),
        "manner",
        "withdrawn_on",
        column(Consent, "is_unable", sort="", listed=False),
        column(Consent, "guardian_name", sort=""),
        column(Consent, "guardian_relation", sort="", listed=False),
        column(Consent, "evidence", sort="", width=24, listed=False),
        unit_column(Consent),
    )
    form_class = ConsentForm
    form_layout = (
        ("resident", "occurred_on"),
        ("kind", "manner"),
        "purpose",
        "scope_of_data",
        ("guardian_name", "guardian_relation"),
        "is_unable",
        ("evidence", "withdrawn_on"),
    )
    filters = ("kind", "manner")
    identity = ("resident", "occurred_on", "kind", "purpose")
    footer = ("consents.given", "consents.withdrawn")
