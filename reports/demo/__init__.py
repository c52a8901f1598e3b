"""Demo data of summaries: last year's of some communities in every state, and the street's own drafts."""

from portal.demo.world import YEAR, World
from portal.models import Unit, UnitGroup, User
from portal.periods import Period
from portal.summaries import outlines
from reports import services
from reports.models import Summary
from reports.rollup.quoting import paragraphs_of
from reports.services import review
from reports.services.answers import answer_all
from reports.services.groups import save_group
from reports.services.judging import NotReady
from reports.services.pulling import pull

LAST_YEAR = Period.parse(str(YEAR))
COMMUNITY, OVERALL = "A", "H"
ISSUED, SUBMITTED, DRAFTED = (
    2,
    1,
    1,
)  # communities, in the order of their codes; the others have nothing
QUARTER = 4


def build(world: World) -> None:
    section, street = (User.objects.get(username=name) for name in ("demo-section", "demo-street"))
    waiting = iter(world.communities)
    issues = [
        signed(submitted(drafted(COMMUNITY, next(waiting), section), section), street)
        for _ in range(ISSUED)
    ]
    for _ in range(SUBMITTED):
        submitted(drafted(COMMUNITY, next(waiting), section), section)
    for _ in range(DRAFTED):
        drafted(COMMUNITY, next(waiting), section)
    groups(world, section)
    whole = drafted(OVERALL, world.street, section)
    quoted(whole, issues[0], section)


def drafted(kind: str, unit: Unit, by) -> Summary:
    return services.draft(outline=outlines[kind], unit=unit, period=LAST_YEAR, by=by)


def submitted(summary: Summary, by) -> Summary:
    """What the check still finds is answered, as a clerk would who looked at the papers."""
    try:
        return review.take(summary, "submit", version=summary.version, by=by)
    except NotReady as refusal:
        keys = [finding.answer_key for finding in refusal.findings]
        answer_all(summary, keys, reason="已与原始登记核对无误。", by=by)
    return review.take(summary, "submit", version=summary.version, by=by)


def signed(summary: Summary, by):
    """Reviewed and signed by the same supervisor, as small offices do."""
    passed = review.take(summary, "review", version=summary.version, opinion="同意。", by=by)
    return services.issue(passed, version=passed.version, by=by)


def groups(world: World, by) -> None:
    """Two parts of the street."""
    for name, members in (
        ("东片区", world.communities[:QUARTER]),
        ("西片区", world.communities[QUARTER : 2 * QUARTER]),
    ):
        save_group(UnitGroup(), unit=world.street, name=name, members=members, by=by)


def quoted(summary: Summary, issue, by) -> None:
    """The first paragraph that tells of visits, in the street's draft."""
    chosen = next((p for p in paragraphs_of(issue) if "走访" in p.words), None)
    if chosen:
        pull(
            summary,
            section_key="disability",
            issue=issue,
            paragraph=chosen.key,
            version=summary.version,
            by=by,
        )
