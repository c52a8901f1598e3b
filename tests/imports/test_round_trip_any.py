"""Import → export → import changes nothing, for any rows of several ledgers.

The numbers of residents leave as an approved export gives them: in clear.
"""

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.exports.clear import sealed_columns, with_full_numbers
from portal.exports.xlsx import workbook
from portal.imports.cells import NOTHING
from portal.imports.running import run
from portal.imports.wording import plain
from portal.ledgers import ledgers
from portal.text import clean_text
from residents.enums import ActivityKind, HouseholdKind, Residency, Sex, VisitMode, VisitPurpose
from residents.models import (
    Activity,
    Handout,
    Household,
    Membership,
    ResidencySpell,
    Resident,
    Visit,
)
from tests import factories
from tests.imports.conftest import citizen, xlsx
from tests.imports.test_round_trip import exported as exported_as_shown

FEW = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Co", "Cc", "Cf", "Zl", "Zp", "Zs")),
    max_size=30,
)
# Of invisible characters alone nothing is left; "NULL" and its like say that nothing is known.
WORDS = TEXT.filter(lambda text: clean_text(text) and plain(text).lower() not in NOTHING)
SPACED = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Co", "Cc", "Cf", "Zl", "Zp")),
    max_size=30,
)
NAMES = st.sampled_from(["黄文发", "𠮷喆堃", "古丽娜扎尔·买买提明", "单小花", "Anna Li"])
DAYS = st.dates(date(1949, 1, 1), date(2025, 12, 31))


def exported(slug, user, unit) -> bytes:
    ledger = ledgers[slug]
    labels = [column.label for column in sealed_columns(ledger.shown_columns)]
    columns = with_full_numbers(ledger.shown_columns, labels, [unit.pk], user)
    return workbook(ledger.title, columns, ledger.queryset(user).order_by("pk"))[0]


def state(model) -> list[dict]:
    return list(model.objects.order_by("pk").values())


def round_trip(slug, header, cells, *, acting, clerk, community, models) -> None:
    """Bring the cells in, take them out, bring that in; the rows stay as they are."""
    how = {"ledger": ledgers[slug], "unit": community, "by": clerk, "commit": True}
    with acting(clerk):
        for model in reversed(models):
            model.objects.all().delete()
        first = run(xlsx(**{ledgers[slug].title: [header, *cells]}), **how)
        assert first.errors == []
        before = [state(model) for model in models]

        again = run(exported(slug, clerk, community), **how)

        assert again.errors == []
        assert again.totals == {"new": 0, "changed": 0, "unchanged": len(cells), "refused": 0}
        assert [state(model) for model in models] == before


@FEW
@given(
    people=st.lists(
        st.tuples(
            st.integers(1, 900),
            NAMES,
            st.sampled_from(Sex.labels),
            st.sampled_from(["", "13800000001", "0730-5551234"]),
            TEXT,
            st.sampled_from(Residency.labels),
        ),
        max_size=6,
        unique_by=lambda person: person[0],
    )
)
def test_residents(acting, clerk, community, people):
    header = ["姓名", "证件号码", "性别", "联系电话", "现居住地址", "居住状态"]
    cells = [[name, citizen(n), *rest] for n, name, *rest in people]
    round_trip(
        "residents",
        header,
        cells,
        acting=acting,
        clerk=clerk,
        community=community,
        models=[Resident, ResidencySpell, Membership],
    )


@FEW
@given(
    homes=st.lists(
        st.tuples(
            st.integers(1, 99).map(lambda n: f"{n}-{n:03d}"),
            st.sampled_from(HouseholdKind.labels),
            WORDS,
        ),
        max_size=6,
        unique_by=lambda home: home[0],
    )
)
def test_households(acting, clerk, community, homes):
    round_trip(
        "households",
        ["户编号", "户类型", "地址"],
        [list(home) for home in homes],
        acting=acting,
        clerk=clerk,
        community=community,
        models=[Household],
    )


@FEW
@given(
    rows=st.lists(
        st.tuples(DAYS, WORDS, st.sampled_from(ActivityKind.labels), st.integers(0, 99999), TEXT),
        max_size=6,
    )
)
def test_activities(acting, clerk, community, rows):
    round_trip(
        "activities",
        ["日期", "活动名称", "类型", "参加人次", "内容"],
        [[str(day), *rest] for day, *rest in rows],
        acting=acting,
        clerk=clerk,
        community=community,
        models=[Activity],
    )


@FEW
@given(
    rows=st.lists(
        st.tuples(DAYS, WORDS, st.integers(1, 99999), st.sampled_from(["份", "本"])), max_size=6
    )
)
def test_handouts(acting, clerk, community, rows):
    round_trip(
        "handouts",
        ["日期", "宣传品", "数量", "计量单位"],
        [[str(day), *rest] for day, *rest in rows],
        acting=acting,
        clerk=clerk,
        community=community,
        models=[Handout],
    )


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from(["2025-03-10", "2025-03-11"]),
            st.sampled_from(["黄文发", "韦英堃"]),
            st.sampled_from(VisitMode.labels),
            st.lists(st.sampled_from(VisitPurpose.labels), unique=True),
            SPACED,
        ),
        max_size=8,
    )
)
def test_visits(acting, clerk, community, rows):
    header = ["日期", "姓名", "方式", "目的", "情况记录", "走访人"]
    cells = [[day, n, mode, "、".join(p), text, "李梅"] for day, n, mode, p, text in rows]
    to_visits = {"ledger": ledgers["visits"], "unit": community, "by": clerk, "commit": True}
    with acting(clerk):
        Visit.objects.all().delete()
        for name in {"黄文发", "韦英堃"} - set(Resident.objects.values_list("name", flat=True)):
            factories.resident(community, name)
        assert run(xlsx(走访=[header, *cells]), **to_visits).problems == []
        before = list(Visit.objects.order_by("pk").values())

        again = run(exported_as_shown("visits", clerk), **to_visits)

        assert again.problems == []
        assert again.totals == {"new": 0, "changed": 0, "unchanged": len(rows), "refused": 0}
        assert list(Visit.objects.order_by("pk").values()) == before
