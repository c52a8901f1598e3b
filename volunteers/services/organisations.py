"""The tree of organisations and who belongs to them."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from portal.scope import access_of
from volunteers.enums.organisations import OrgKind, OrgRole
from volunteers.models import OrgMembership, VolunteerOrg
from volunteers.selectors.volunteers import orgs_below
from volunteers.workflow import EDIT

# What an organisation of each kind may stand below.
BELOW = {
    OrgKind.HEAD: (),
    OrgKind.STATION: (OrgKind.HEAD,),
    OrgKind.TEAM: (OrgKind.STATION, OrgKind.HEAD),
    OrgKind.GROUP: (OrgKind.TEAM,),
}
NAMED = {OrgKind.HEAD: "总站", OrgKind.STATION: "站", OrgKind.TEAM: "服务队", OrgKind.GROUP: "小组"}


def faults_of_org(org: VolunteerOrg) -> dict[str, str]:
    """What is wrong with an organisation's place in the tree and its days, by field."""
    parent, found = org.parent, {}
    children = (
        VolunteerOrg.objects.kept().filter(parent=org) if org.pk else VolunteerOrg.objects.none()
    )
    if parent is not None:
        if org.pk and parent.pk in orgs_below(org):
            found["parent"] = "上级组织不能是它自己或它下面的组织。"
        elif parent.kind not in BELOW[org.kind]:
            found["parent"] = _misplaced(org.kind)
        elif parent.ended_on and (org.ended_on is None or org.ended_on > parent.ended_on):
            found["parent"] = f"上级组织已于 {parent.ended_on} 撤销。"
    for child in children:
        if org.kind not in BELOW[child.kind]:
            found["kind"] = f"它下面有“{child.name}”（{NAMED[child.kind]}），不能改成这一级。"
    if org.ended_on:
        going = children.filter(ended_on__isnull=True) | children.filter(ended_on__gt=org.ended_on)
        if first := going.first():
            found["ended_on"] = f"下面的“{first.name}”那时还没有撤销，请先处理。"
    return found


def _misplaced(kind: str) -> str:
    above = BELOW[kind]
    if not above:
        return "志愿服务总站是最上一级，没有上级组织。"
    told = "或".join(NAMED[each] for each in above)
    return f"{NAMED[OrgKind(kind)]}的上级只能是{told}。"


@transaction.atomic
def store(org: VolunteerOrg, *, by) -> VolunteerOrg:
    """Keep an organisation; one that is closed takes no members beyond its last day."""
    if org._state.adding:
        org.recorded_by = by
    org.save()
    if org.ended_on:
        for membership in org.memberships.kept():
            if membership.starts_on <= org.ended_on and (
                membership.ends_on is None or membership.ends_on > org.ended_on
            ):
                membership.ends_on = org.ended_on
                membership.save(update_fields=["ends_on"])
    return org


def faults_of_membership(membership: OrgMembership) -> dict[str, str]:
    """What is wrong with the days of a membership, by field."""
    org, volunteer, found = membership.org, membership.volunteer, {}
    begins, ends = membership.starts_on, membership.ends_on
    if begins < volunteer.joined_on:
        found["starts_on"] = f"{volunteer.called}在 {volunteer.joined_on} 才成为志愿者。"
    elif begins < org.founded_on:
        found["starts_on"] = f"“{org.name}”在 {org.founded_on} 才成立。"
    if volunteer.left_on and (ends is None or ends >= volunteer.left_on):
        found["ends_on"] = f"{volunteer.called}已于 {volunteer.left_on} 退出志愿服务。"
    elif org.ended_on and (ends is None or ends > org.ended_on):
        found["ends_on"] = f"“{org.name}”已于 {org.ended_on} 撤销。"
    return found


@transaction.atomic
def add_members(org: VolunteerOrg, volunteers, day: date, *, role=OrgRole.MEMBER, by) -> list:
    """Let several volunteers join an organisation on a day, in their own unit's records.

    Raises ValidationError naming everyone who cannot, and stores nobody then.
    """
    made, wrong = [], []
    for volunteer in volunteers:
        access_of(by).check(EDIT, volunteer.unit_id)
        membership = OrgMembership(
            unit_id=volunteer.unit_id,
            org=org,
            volunteer=volunteer,
            role=role,
            starts_on=day,
            recorded_by=by,
        )
        if found := faults_of_membership(membership):
            wrong += found.values()
            continue
        try:
            membership.validate_constraints()
        except ValidationError as error:
            wrong.append(f"{volunteer.called}：{error.messages[0]}")
            continue
        membership.save()
        made.append(membership)
    if wrong:
        more = [f"另有 {len(wrong) - 20} 人。"] if len(wrong) > 20 else []
        raise ValidationError([*wrong[:20], *more])
    return made
