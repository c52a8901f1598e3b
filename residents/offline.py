"""A visit entered on the phone without network."""

from functools import cache

from portal.ledgers.forms import form_class_for
from portal.ledgers.registry import ledgers
from portal.offline.declare import Kind, Slip, register
from portal.offline.forms import ListedPicker, Photographed
from portal.offline.services import keep_photos
from portal.scope import access_of
from residents.selectors import at_hand

EDIT = "residents.edit"


@cache
def _form_class():
    """The ledger's own form with photos: what the office may not store, the phone may not either."""

    class PhoneVisitForm(Photographed, form_class_for(ledgers["visits"])):
        pass

    return PhoneVisitForm


def visit_form(data, files, *, user):
    form = _form_class()(data, files, ledger=ledgers["visits"], user=user)
    field = form.fields["resident"]
    field.widget = ListedPicker(
        lambda: [
            (person.pk, " · ".join(filter(None, (person.name, person.address))))
            for person in at_hand(user, EDIT)
        ],
        field,
    )
    return form


def save_visit(form, *, by):
    ledger = ledgers["visits"]
    access_of(by).check(ledger.edit_permission, form.instance.unit_id)
    visit = ledger.save(form, by=by)
    ledger.check_belongs(visit)
    keep_photos(visit, form, by=by)
    return visit


register(
    Kind(
        "visit",
        "走访",
        "home",
        "入户、电话、来访，一次一条",
        EDIT,
        visit_form,
        save_visit,
        slips=lambda user: [Slip("走访", visit_form(None, None, user=user))],
        place=10,
    )
)
