"""Which rows of a ledger leave: the user's list under its filters, where they may export."""

import json
import re

from django.http import QueryDict

from portal.errors import Unreadable
from portal.fields import seal_token
from portal.ledgers.listing import Listing
from portal.scope import access_of

LOOKS_LIKE_NUMBER = re.compile(r"[0-9]{4}")


class Selection:
    """``params`` are the list's; ``units`` narrows further, for what was approved for fewer."""

    def __init__(self, ledger, user, params, *, units=None):
        self.ledger, self.user = ledger, user
        self.listing = Listing(ledger, user, params)
        access = access_of(user)
        permitted = access.units("records.export") & access.units(ledger.view_permission)
        self.units = permitted if units is None else permitted & frozenset(units)

    @property
    def narrowing(self):
        """The condition on units, beside the list's own."""
        return self.ledger.model.scope_condition(self.units)

    def records(self):
        return self.listing.records().filter(self.narrowing)

    @property
    def chosen(self) -> dict:
        return self.listing.filter.chosen

    @property
    def period_label(self) -> str:
        return self.listing.period.label if self.listing.period else ""

    def described(self, *, searched: bool = True) -> str:
        """The filters in words. A searched number is not repeated: the paper goes to other hands; nor,
        unless ``searched``, a searched word: whoever decides need not learn whose row it finds."""
        parts, form = [], self.listing.filter.form
        for name, value in self.chosen.items():
            field = form.fields[name]
            labels = dict(getattr(field, "choices", ())) if not hasattr(field, "queryset") else {}
            words = {True: "是", False: "否"}.get(value, labels.get(value, value))
            parts.append(f"{field.label}：{words}")
        if text := self.listing.search:
            if LOOKS_LIKE_NUMBER.search(text):
                parts.append("查找：按号码")
            else:
                parts.append(f"查找：{text if searched else f'{len(text.split())} 个词（不显示）'}")
        return "；".join(parts) or "全部记录"

    def frozen(self) -> str:
        """The same selection as text, to be sealed and thawed later."""
        known = {*self.listing.filter.filters, "sort"}
        params = {k: v for k, v in self.listing.query.items() if k in known}
        return json.dumps({"params": params, "search": self.listing.search}, ensure_ascii=False)


def thawed(ledger, user, text: str, *, units=None) -> Selection:
    """A frozen selection for this user, with the rights that the user has now. Raises Unreadable."""
    params = QueryDict(mutable=True)
    try:
        kept = json.loads(text)
        for name, values in kept["params"].items():
            params.setlist(name, values)
        search = kept["search"]
    except (ValueError, LookupError, TypeError, AttributeError):
        raise Unreadable("A kept selection of rows does not read as one.") from None
    if search:
        params["s"] = seal_token(search)
    return Selection(ledger, user, params, units=units)
