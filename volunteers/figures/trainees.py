"""Figures of placements: people, person-days, hours by task, appraisals; lectures with their audience."""

from dataclasses import dataclass

from django.db.models import Q

from portal.figures import Category, DistinctPairs, Hours, Total, When, register
from portal.ledgers.shares import ours
from residents.enums import ActivityKind
from residents.models import Activity
from volunteers.enums.placements import Grade, PlacementKind, TaskKind
from volunteers.figures.base import average, flow, ratio, stock
from volunteers.models import Trainee, TraineeLog


@dataclass(frozen=True)
class SchoolCategory(Category):
    """By school, as the placements of the asked units name them."""

    def labels(self, units):
        rows = Trainee.objects.kept().filter(unit__in=units)
        return {name: name for name in sorted(set(rows.values_list("school", flat=True)))}


@dataclass(frozen=True)
class PersonCategory(Category):
    """By the person on placement."""

    def labels(self, units):
        rows = Trainee.objects.kept().filter(unit__in=units).order_by("starts_on", "name", "pk")
        return {str(pk): name for pk, name in rows.values_list("pk", "name")}


def divided(path=""):
    """The divisions of placements; of their logs by task and person too."""
    found = {
        "kind": Category("类别", f"{path}kind", dict(PlacementKind.choices)),
        "school": SchoolCategory("学校（单位）", f"{path}school", {}),
    }
    if path:
        found["task"] = Category("工作类型", "task", dict(TaskKind.choices))
        found["trainee"] = PersonCategory("实践实习人员", "trainee", {})
    return found


OF_LOGS = divided("trainee__")
CONFIRMED = Q(confirmed_on__isnull=False)
OURS = ours("volunteers")
LECTURES = OURS & Q(kind=ActivityKind.LECTURE)

register(
    stock(
        "trainees",
        "实践实习人员",
        "人",
        "实践实习期与期内有重叠的人员，一人一次实践算一人。",
        keywords=("实习", "实习生", "社会实践", "大学生"),
        model=Trainee,
        starts="starts_on",
        ends="ends_on",
        ends_inclusive=True,
        when=When.DURING,
        categories=divided(),
    ),
    flow(
        "trainee_days",
        "实践实习天数",
        "人天",
        "日志日期在期内、已经指导老师确认的人天；一人一天不论做几项工作只算一次。",
        keywords=("人天",),
        model=TraineeLog,
        where=CONFIRMED,
        value=DistinctPairs("trainee", second="occurred_on"),
        categories=OF_LOGS,
    ),
    flow(
        "trainee_hours",
        "实践实习时长",
        "小时",
        "日志日期在期内、已经指导老师确认的日志时长之和，由分钟折算成小时；本人选择的，另作志愿服务登记。",
        keywords=("实习时长", "实践时长"),
        model=TraineeLog,
        where=CONFIRMED,
        value=Hours("minutes"),
        categories=OF_LOGS,
    ),
    flow(
        "trainee_hours_chosen",
        "同时登记为志愿服务的实践时长",
        "小时",
        "日志日期在期内、已经指导老师确认、本人选择同时登记为志愿服务的日志时长之和，由分钟折算成小时。",
        model=TraineeLog,
        where=CONFIRMED & Q(trainee__as_volunteer__isnull=False),
        value=Hours("minutes"),
        categories=OF_LOGS,
    ),
    flow(
        "trainee_hours_waiting",
        "待确认实践实习时长",
        "小时",
        "日志日期在期内、指导老师尚未确认的日志时长之和，由分钟折算成小时。",
        model=TraineeLog,
        where=~CONFIRMED,
        value=Hours("minutes"),
        categories=OF_LOGS,
    ),
    average(
        "trainee_hours_each",
        "人均实践实习时长",
        "小时",
        "实践实习时长除以实践实习人员人数。",
        of="trainee_hours",
        among="trainees",
    ),
    flow(
        "trainees_finished",
        "期满实践实习人员",
        "人",
        "结束日期在期内的实践实习人员。",
        model=Trainee,
        date="ends_on",
        categories=divided(),
    ),
    flow(
        "trainees_finished_appraised",
        "期满已鉴定实践实习人员",
        "人",
        "结束日期在期内、已有鉴定日期的实践实习人员。",
        model=Trainee,
        date="ends_on",
        where=Q(appraised_on__isnull=False),
        categories=divided(),
    ),
    ratio(
        "trainee_appraisal_rate",
        "实践实习鉴定率",
        "期满已鉴定人数除以期满人数。",
        of="trainees_finished_appraised",
        among="trainees_finished",
    ),
    flow(
        "trainees_appraised",
        "实践实习鉴定",
        "人",
        "鉴定日期在期内的实践实习人员，按鉴定等次可分。",
        keywords=("鉴定",),
        model=Trainee,
        date="appraised_on",
        categories=divided() | {"grade": Category("鉴定等次", "grade", dict(Grade.choices))},
    ),
    flow(
        "lectures",
        "志愿服务讲座",
        "场",
        "活动日期在期内、计入志愿服务的讲座场数，法制讲座也在内。",
        keywords=("讲座", "法制讲座"),
        model=Activity,
        where=LECTURES,
    ),
    flow(
        "lecture_audience",
        "志愿服务讲座听众",
        "人次",
        "活动日期在期内、计入志愿服务的讲座的参加人次之和。",
        keywords=("听众",),
        model=Activity,
        where=LECTURES,
        value=Total("participants"),
    ),
    flow(
        "publicity_activities",
        "志愿服务宣传活动",
        "次",
        "活动日期在期内、计入志愿服务、类型为宣传的活动次数。",
        model=Activity,
        where=OURS & Q(kind=ActivityKind.PUBLICITY),
    ),
    flow(
        "publicity_activity_reach",
        "志愿服务宣传受众",
        "人次",
        "活动日期在期内、计入志愿服务、类型为宣传的活动的参加人次之和。",
        model=Activity,
        where=OURS & Q(kind=ActivityKind.PUBLICITY),
        value=Total("participants"),
    ),
)
