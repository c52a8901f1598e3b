"""A running inspection goes on on the phone."""

from django.urls import reverse

from portal.ledgers.declare import Action
from portal.ledgers.offers import offers_on
from portal.scope import access_of


@offers_on("inspections")
def on_the_phone(record, user):
    if record.handed_in_on is None and access_of(user).may("sanitation.edit", record.unit_id):
        return [Action("现场检查", reverse("field-page", args=[record.pk]))]
    return []
