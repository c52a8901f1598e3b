"""我的草稿 on the home page, by department: each user's own alone."""

from django.urls import reverse

from portal.drafts.offering import address_of, moment
from portal.drafts.services import unsent
from portal.ledgers.registry import ledgers
from portal.models import EntryDraft
from portal.roles import DOMAINS
from portal.scope import access_of
from portal.worklists import Act, Group, Worklist, register


def _in(domain: str):
    def rows(units):
        slugs = [ledger.slug for ledger in ledgers if ledger.domain == domain]
        found = EntryDraft.objects.filter(unit__in=units, ledger__in=slugs)
        return unsent(found).order_by("-saved_at", "-pk")

    return rows


def own(rows, user):
    access = access_of(user)
    slugs = [ledger.slug for ledger in ledgers if access.may(ledger.edit_permission)]
    return rows.filter(user=user, ledger__in=slugs)


def text(draft) -> str:
    ledger = ledgers.get(draft.ledger)
    return f"{draft.get_page_display()}{ledger.title if ledger else draft.ledger}"


for domain, title in DOMAINS.items():
    register(
        Worklist(
            f"portal.drafts_{domain}",
            f"我的草稿 · {title}",
            f"{domain}.view",
            _in(domain),
            ledger="",
            text=text,
            due=lambda draft: moment(draft.saved_at),
            address=address_of,
            all_of_them=lambda: reverse("draft-list"),
            for_user=own,
            group=Group.DRAFT,
            act=Act("接着填", address_of),
        )
    )
