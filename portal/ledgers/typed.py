"""What stands in the fields of a form as it was typed, to be shown again without being judged."""

from portal.ledgers.forms import form_class_for


def typed(ledger, user, data, *, prefix: str = "", instance=None) -> dict:
    """Initial values by field name from posted ``data``; files are not among them."""
    form = form_class_for(ledger)(
        data, ledger=ledger, user=user, instance=instance, prefix=prefix or None
    )
    return {
        name: field.widget.value_from_datadict(data, form.files, form.add_prefix(name))
        for name, field in form.fields.items()
        if not field.widget.needs_multipart_form
    }
