"""What outline G tells of cleaners, their grids and their trainings."""

from portal.summaries import CategoryTable, FigureTable, Narrative, Telling, register
from portal.telling import listed, month_day, quoted, within
from residents.enums import ActivityKind, Sex
from residents.models import Activity
from sanitation.figures.cleaners import OLD
from sanitation.summaries.outlines import SANITATION, told
from sanitation.summaries.telling import codes, counted, divided, each_of

PART = "cleaners"


def people(telling: Telling):
    """How many, of which sex and age; who came and who went."""
    if not counted(telling, "cleaners"):
        return
    sexes = divided(telling, "cleaners", "sex", skip={str(Sex.UNKNOWN), str(Sex.UNSTATED)})
    yield f"期末在岗保洁员{{sanitation.cleaners}}{f'，其中{sexes}' if sexes else ''}。"
    ages = divided(telling, "cleaners", "age")
    if "、" in ages:
        yield f"按年龄分，{ages}。"
    employed = divided(telling, "cleaners", "employment")
    if "、" in employed:
        yield f"按用工方式分，{employed}。"
    some = each_of(telling, {"cleaners_old": f"已满{OLD}周岁的", "cleaners_on_leave": "请假的"})
    if some:
        yield f"期末在岗的保洁员中，{some}。"
    moved = each_of(telling, {"cleaners_new": "新上岗", "cleaners_left": "离岗"})
    if moved:
        yield f"期内{moved}。"


def gaps(telling: Telling):
    """Grids that nobody sweeps, or that there are none."""
    if not counted(telling, "grids_covered"):
        return
    open_ones = each_of(
        telling,
        {"grids_uncovered": "没有保洁员的网格", "grids_unattended": "期末当天无人保洁的网格"},
    )
    yield f"还有{open_ones}。" if open_ones else "责任到岗、到人，没有无人负责的网格。"


def trainings(telling: Telling):
    """By their titles, of those marked for the summary."""
    rows = Activity.objects.filter(
        domains__contains=["sanitation"], kind=ActivityKind.TRAINING, highlight=True
    )
    said = [f"{month_day(row.occurred_on)}举办{quoted(row.title)}" for row in within(rows, telling)]
    if said:
        yield f"{listed(said, 8)}。"


register(
    Narrative(SANITATION, PART, 10, people),
    told(
        PART,
        20,
        "划分保洁网格{sanitation.grids}，有保洁员的网格{sanitation.grids_covered}，"
        "保洁网格覆盖率{sanitation.grid_coverage}。",
        "grids_covered",
    ),
    Narrative(SANITATION, PART, 22, gaps),
    told(
        PART,
        30,
        "开展保洁员培训{sanitation.cleaner_trainings}。",
        "cleaner_trainings",
    ),
    told(
        PART,
        32,
        "保洁员参训{sanitation.cleaner_training_times}，受训{sanitation.cleaners_trained}，"
        "受训率{sanitation.cleaners_trained_rate}。",
        "cleaner_training_times",
    ),
    Narrative(SANITATION, PART, 34, trainings),
    CategoryTable(
        SANITATION,
        PART,
        80,
        "保洁员性别和年龄情况",
        codes("cleaners"),
        rows="age",
        columns="sex",
        lead="年龄",
        full=False,
    ),
    FigureTable(
        SANITATION,
        PART,
        82,
        "各单位保洁网格情况",
        codes("cleaners", "grids", "grids_covered", "grids_uncovered", "cleaners_trained"),
        by="unit",
        when=codes("cleaners", "grids_covered"),
    ),
)
