"""How one record is laid out on its page, and the lists of what belongs to it."""

from portal import masks
from portal.fields import EncryptedTextField
from portal.ledgers.columns import choice_label, display
from portal.ledgers.listing import body_rows
from portal.ledgers.registry import ledger_of, ledgers
from portal.scope import access_of

RELATED_SHOWN = 10


def masked(field, value) -> str:
    """A sealed value as shown to those who stated no purpose; free text shows nothing of itself."""
    if not value:
        return ""
    mask = masks.BY_PURPOSE.get(field.purpose)
    return mask(value) if mask else "（已加密）"


def page_of(value, domain, user) -> str:
    """The page of a record that another one refers to; "" where the user has none for it."""
    if value is None:
        return ""
    other = ledger_of(type(value)._default_manager.filter(pk=value.pk), domain)
    if other is None or not access_of(user).may(other.view_permission):
        return ""
    return other.url("detail", value)


def detail_groups(ledger, record, user) -> list[dict]:
    """The form's fields with their values — those without one by name alone — then who recorded the
    row and when."""
    unmask = access_of(user).may("identity.unmask", record.unit_id)
    items, (concealed, instead) = [], ledger.concealed(record)
    for name in ledger.form_fields:
        if name not in ledger.model_fields:
            items += _derived(ledger, record, name)
            continue
        field = record._meta.get_field(name)
        if name in concealed:
            items.append({"label": field.verbose_name, "value": instead})
            continue
        value = getattr(record, name)
        sealed = isinstance(field, EncryptedTextField)
        items.append(
            {
                "label": field.verbose_name,
                "value": masked(field, value) if sealed else display(choice_label(field, value)),
                "masked_field": name if sealed and value and unmask else "",
                "unmask_url": "",
                "url": page_of(value, ledger.domain, user) if field.is_relation else "",
            }
        )
        if items[-1]["masked_field"] and name in ledger.unmaskable:
            items[-1]["unmask_url"] = f"{ledger.url('detail', record)}unmask/{name}/"
    origin = [
        {"label": "单位", "value": str(record.unit)},
        {"label": "登记人", "value": display(record.recorded_by)},
        {"label": "登记时间", "value": display(record.recorded_at)},
    ]
    if getattr(record, "highlight", False) and "highlight" not in ledger.model_fields:
        origin.append({"label": "写入总结", "value": "是"})
    filled = [item for item in items if item["value"] not in (None, "")]
    unfilled = [item["label"] for item in items if item["value"] in (None, "")]
    return [
        {"title": ledger.title, "items": filled, "unfilled": unfilled},
        {"title": "登记信息", "items": origin},
    ]


def _derived(ledger, record, name) -> list[dict]:
    """What the form asks in words of its own, as the column that it fills shows it."""
    columns = (col for col in ledger.shown_columns if col.field == name)
    return [{"label": col.label, "value": col.text(record)} for col in columns]


def related_lists(ledger, record, user) -> list[dict]:
    """For each related ledger that the user may see: its newest rows and how many there are."""
    access, lists = access_of(user), []
    for slug, foreign_key in ledger.related:
        other = ledgers.get(slug)
        if other is None or not access.may(other.view_permission):
            continue
        about, _, further = foreign_key.partition("__")
        known = getattr(record, f"{about}_id") if further else record.pk
        rows = other.queryset(user).filter(**{foreign_key: record})
        newest = list(rows.order_by(*other.order)[: RELATED_SHOWN + 1])
        count = len(newest) if len(newest) <= RELATED_SHOWN else rows.count()
        lists.append(
            {
                "title": other.title,
                "count": count,
                "rows": body_rows(other, newest[:RELATED_SHOWN], about=about),
                "url": other.url(),
                "add_url": f"{other.url('add')}?{about}={known}"
                if access.may(other.edit_permission)
                else "",
            }
        )
    return lists
