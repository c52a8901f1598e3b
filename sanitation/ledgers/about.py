"""What ledgers about a community have in common."""

from portal.ledgers import Column, Ledger
from portal.ledgers.columns import reader
from sanitation.forms.base import CommunityForm
from sanitation.resolving import COMMUNITY, COMMUNITY_LABEL, GRID, GRID_LABEL


def community_column(model, path="community"):
    return Column(
        COMMUNITY_LABEL,
        reader(model, path),
        field="community",
        sort=f"{path.replace('.', '__')}__code",
        width=16,
    )


def grid_column(model, **options):
    return Column(GRID_LABEL, reader(model, "grid"), field="grid", width=14, **options)


class AboutCommunityLedger(Ledger):
    """Rows that the street or the community itself keeps about the community; its form asks which.

    ``unit_column`` of the residents' ledgers, listed last, says who keeps the row.
    """

    form_class = CommunityForm
    resolvers = {"community": COMMUNITY, "grid": GRID}
    select_related = ("community",)

    def hint_of(self, record):
        return str(record.community)
