"""Who may decide about two records: whoever has every unit that either of them belonged to."""

from portal.scope import Denied, access_of
from residents.duplicates.references import is_known_elsewhere
from residents.selectors import street_above

PERMISSION = "duplicates.decide"


def check_may_merge(user, *residents) -> None:
    """Raise Denied, without saying what others recorded, unless all of both lies within reach."""
    units = access_of(user).units(PERMISSION)
    access_of(user).check(PERMISSION)
    reached = all(set(each.unit_ids) <= units for each in residents)
    if not reached or is_known_elsewhere(*residents):
        street = street_above(residents[0].unit)
        raise Denied(
            f"这两条记录在其他单位也有往来，本单位不能合并；请联系{street}，由街道核对后合并。"
        )


def refusal_to_merge(user, *residents) -> str:
    """Why this user may not merge them, in words; "" where they may."""
    try:
        check_may_merge(user, *residents)
    except Denied as denial:
        return str(denial)
    return ""
