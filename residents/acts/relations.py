"""What somebody is to another head, as far as the old relations tell (GB/T 4761, the short list)."""

from residents.enums import Relation, Sex

R = Relation
CHILDREN = {R.SON, R.DAUGHTER}
PARENTS = {R.FATHER, R.MOTHER}
BY_MARRIAGE = {R.SON_IN_LAW, R.DAUGHTER_IN_LAW}
MALE_OF = {R.SON: R.DAUGHTER, R.FATHER: R.MOTHER, R.SON_IN_LAW: R.DAUGHTER_IN_LAW}


def _by_sex(man: Relation, sex: int) -> Relation | None:
    return {Sex.MALE: man, Sex.FEMALE: MALE_OF[man]}.get(sex)


def to_new_head(new_head: str, member: str, sex: int, others=()) -> Relation | None:
    """The relation of a member of that ``sex`` to the new head; None where it cannot be told.

    ``new_head`` and ``member`` are what both were to the old head. ``others`` are what the other
    members were: with two sons nobody can tell whose wife a daughter-in-law is.
    """
    new_head, member = Relation(new_head), Relation(member)
    if R.NOT_KIN in (new_head, member):
        return R.NOT_KIN if member == R.NOT_KIN else None
    if R.OTHER_KIN in (new_head, member):
        return R.OTHER_KIN
    rules = _RULES.get(new_head)
    found = rules(member, sex, list(map(Relation, others))) if rules else None
    if found is None and new_head in (R.HEAD,):
        return member
    return found


def _spouse(member, sex, others):
    if member == R.HEAD:
        return R.SPOUSE
    if member in CHILDREN | BY_MARRIAGE | {R.GRANDCHILD}:
        return member
    return R.OTHER_KIN


def _child(married: Relation):
    def rules(member, sex, others):
        siblings = [each for each in others if each in CHILDREN]
        if member in (R.HEAD, R.SPOUSE):
            return _by_sex(R.FATHER, sex)
        if member in CHILDREN:
            return R.SIBLING
        if member == married:
            return None if siblings else R.SPOUSE
        if member == R.GRANDCHILD:
            return None if siblings else _by_sex(R.SON, sex)
        return R.GRANDPARENT if member in PARENTS else R.OTHER_KIN

    return rules


def _parent(member, sex, others):
    if member in (R.HEAD, R.SIBLING):
        return _by_sex(R.SON, sex)
    if member == R.SPOUSE:
        return _by_sex(R.SON_IN_LAW, sex)
    if member in CHILDREN:
        return R.GRANDCHILD
    if member in PARENTS:
        return R.SPOUSE
    return None if member == R.GRANDPARENT else R.OTHER_KIN


def _in_law(partner: Relation):
    def rules(member, sex, others):
        couples = [each for each in others if each in CHILDREN and each != partner]
        if member == partner:
            return R.SPOUSE if others.count(partner) == 0 else None
        if member == R.GRANDCHILD:
            alone = not couples and others.count(partner) <= 1
            return _by_sex(R.SON, sex) if alone else None
        return R.OTHER_KIN

    return rules


def _sibling(member, sex, others):
    if member in (R.HEAD, R.SIBLING):
        return R.SIBLING
    return member if member in PARENTS | {R.GRANDPARENT} else R.OTHER_KIN


def _grandchild(member, sex, others):
    if member in (R.HEAD, R.SPOUSE):
        return R.GRANDPARENT
    # Parent or uncle, brother or cousin: nobody can tell.
    return None if member in CHILDREN | BY_MARRIAGE | {R.GRANDCHILD} else R.OTHER_KIN


def _grandparent(member, sex, others):
    return R.GRANDCHILD if member in (R.HEAD, R.SIBLING) else None


_RULES = {
    R.SPOUSE: _spouse,
    R.SON: _child(R.DAUGHTER_IN_LAW),
    R.DAUGHTER: _child(R.SON_IN_LAW),
    R.FATHER: _parent,
    R.MOTHER: _parent,
    R.SON_IN_LAW: _in_law(R.DAUGHTER),
    R.DAUGHTER_IN_LAW: _in_law(R.SON),
    R.SIBLING: _sibling,
    R.GRANDCHILD: _grandchild,
    R.GRANDPARENT: _grandparent,
}

# Of a merged household: what its head is to the other head, then what its members were to it.
_THROUGH = {
    R.SPOUSE: {R.SON: R.SON, R.DAUGHTER: R.DAUGHTER, R.GRANDCHILD: R.GRANDCHILD},
    R.SON: {R.SPOUSE: R.DAUGHTER_IN_LAW, R.SON: R.GRANDCHILD, R.DAUGHTER: R.GRANDCHILD},
    R.DAUGHTER: {R.SPOUSE: R.SON_IN_LAW, R.SON: R.GRANDCHILD, R.DAUGHTER: R.GRANDCHILD},
    R.FATHER: {R.SPOUSE: R.MOTHER, R.SON: R.SIBLING, R.DAUGHTER: R.SIBLING},
    R.MOTHER: {R.SPOUSE: R.FATHER, R.SON: R.SIBLING, R.DAUGHTER: R.SIBLING},
}


def through(head: str, member: str) -> Relation | None:
    """What a member is to another head, to whom their own head is ``head``."""
    head, member = Relation(head), Relation(member)
    if member == R.HEAD:
        return head
    if R.NOT_KIN in (head, member):
        return R.NOT_KIN
    return _THROUGH.get(head, {}).get(member)
