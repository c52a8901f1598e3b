"""The columns that a user chose for a ledger: the list shows them, and an export writes them."""

from portal.ledgers.columns import Column
from portal.models import ColumnChoice


def columns_named(ledger, labels) -> tuple[Column, ...]:
    """The ledger's columns of these labels, in this order; labels it no longer has are passed over."""
    by_label = {col.label: col for col in ledger.shown_columns}
    return tuple(by_label[label] for label in dict.fromkeys(labels) if label in by_label)


def chosen_columns(ledger, user) -> tuple[Column, ...]:
    """What the user chose, else the columns that the ledger lists by itself."""
    choice = ColumnChoice.objects.filter(user=user, ledger=ledger.slug).first()
    return (columns_named(ledger, choice.columns) if choice else ()) or ledger.listed_columns


def choose(ledger, user, labels) -> None:
    """Remember the choice; none, or the ledger's own, is no choice."""
    columns = columns_named(ledger, labels)
    if not columns or columns == ledger.listed_columns:
        ColumnChoice.objects.filter(user=user, ledger=ledger.slug).delete()
        return
    ColumnChoice.objects.update_or_create(
        user=user, ledger=ledger.slug, defaults={"columns": [col.label for col in columns]}
    )
