"""Stations, posts, leading groups, and evaluations."""

from datetime import date

from portal.demo.world import YEAR
from portal.office.demo.stage import DISABILITY, OFFICE, SANITATION, SERVICE, Stage
from portal.office.enums import Grade, GroupRole, StationKind
from portal.office.models import (
    GroupMember,
    LeadingGroup,
    Post,
    PostHolder,
    StaffEvaluation,
    Station,
)

HOURS = "周一至周五 8:30—12:00，14:30—17:30"
# 六站两室 of a community's one-stop service, and the street's sections.
STATIONS = (
    ("社会保障工作站", StationKind.STATION, "低保、医保、就业登记和劳动保障咨询"),
    ("卫生计生工作站", StationKind.STATION, "卫生健康宣传、计划生育服务"),
    ("综治调解工作站", StationKind.STATION, "治安巡防、矛盾纠纷调解"),
    ("助残服务工作站", StationKind.STATION, "残疾人登记、走访、康复和就业服务"),
    ("文体教育工作站", StationKind.STATION, "文体活动、青少年教育、阅览室管理"),
    ("城管环卫工作站", StationKind.STATION, "环境卫生检查、垃圾分类宣传"),
    ("党建办公室", StationKind.ROOM, "党组织建设、党员教育和志愿服务"),
    ("综合办公室", StationKind.ROOM, "文件收发、印章、值班和后勤"),
)
SECTIONS = (
    ("便民服务中心", StationKind.HALL, "一窗受理、全程代办"),
    ("社会事务科", StationKind.ROOM, "民政、残联、慈善工作"),
    ("城市管理科", StationKind.ROOM, "环境卫生、市容秩序"),
    ("党政综合办公室", StationKind.ROOM, "文电、会务、督查"),
)
POSTS = (
    ("残疾人专职委员", "助残服务工作站", "每周一、三、五走访，周二、四坐班", DISABILITY),
    ("全程代办员", "综合办公室", "工作日坐班，随叫随办", SERVICE),
    ("网格员", "综治调解工作站", "每天巡查一次", OFFICE),
    ("环卫督查员", "城管环卫工作站", "每周检查两次", SANITATION),
)
GROUPS = (
    ("社区康复工作领导小组", DISABILITY, "统筹社区康复的规划、分工和检查"),
    ("为民服务全程代办领导小组", SERVICE, "统筹全程代办工作，协调六站两室"),
    ("环境卫生整治领导小组", SANITATION, "部署和检查环境卫生整治"),
)


def add_organisation(stage: Stage) -> None:
    stations, posts, groups = [], [], []
    for unit in stage.units:
        own = _stations(stage, unit)
        stations += own
        groups += _groups(stage, unit)
        if unit != stage.street:
            posts += _posts(stage, unit, {station.name: station for station in own})
    stage.store(Station, stations)
    stage.store(Post, posts)
    stage.store(PostHolder, [row for post in posts for row in _holders(stage, post)])
    stage.store(LeadingGroup, groups)
    stage.store(GroupMember, [row for group in groups for row in _members(stage, group)])
    stage.store(StaffEvaluation, _evaluations(stage))


def _stations(stage, unit):
    since = date(2018, 3, 1)
    people = stage.people(unit)
    known = SECTIONS if unit == stage.street else STATIONS
    return [
        stage.row(
            Station,
            unit,
            since,
            name=name,
            kind=kind,
            head=people[number % len(people)],
            duties=duties,
            place=f"{unit.name}服务中心{number // 4 + 1}楼",
            phone=f"020-8800{unit.code[-3:]}{number}",
            hours=HOURS,
            starts_on=since,
            domains=OFFICE,
        )
        for number, (name, kind, duties) in enumerate(known)
    ]


def _posts(stage, unit, stations):
    since = date(2022, 1, 1)
    return [
        stage.row(
            Post,
            unit,
            since,
            title=title,
            station=stations[station],
            planned=2 if title == "网格员" else 1,
            duties=stations[station].duties,
            timetable=timetable,
            starts_on=since,
            domains=domains,
        )
        for title, station, timetable, domains in POSTS
    ]


def _holders(stage, post):
    """Everybody since the post began; every fifth post changed hands in the demo year."""
    people = stage.people(post.unit)
    first = people[len(post.title) % 5]
    changed = stage.random.random() < 0.2
    rows = [
        stage.row(
            PostHolder,
            post.unit,
            post.starts_on,
            post=post,
            person=first,
            certificate="社会工作师" if stage.random.random() < 0.4 else "",
            starts_on=post.starts_on,
            ends_on=date(YEAR, 6, 30) if changed else None,
        )
    ]
    if changed:
        day = date(YEAR, 7, 1)
        person = next(name for name in people if name != first)
        rows.append(stage.row(PostHolder, post.unit, day, post=post, person=person, starts_on=day))
    return rows


def _groups(stage, unit):
    since = date(YEAR - 1, 2, 20)
    return [
        stage.row(
            LeadingGroup,
            unit,
            since,
            name=f"{unit.name}{name}",
            duties=duties,
            document=f"《关于成立{name}的通知》",
            starts_on=since,
            domains=domains,
        )
        for name, domains, duties in GROUPS
    ]


def _members(stage, group):
    people = stage.people(group.unit)
    roles = [GroupRole.HEAD, GroupRole.DEPUTY, *[GroupRole.MEMBER] * 3]
    return [
        stage.row(
            GroupMember,
            group.unit,
            group.starts_on,
            group=group,
            person=person,
            role=role,
            position="书记、主任" if role == GroupRole.HEAD else "工作人员",
            starts_on=group.starts_on,
        )
        for person, role in zip(people, roles, strict=False)
    ]


def _evaluations(stage):
    day = date(YEAR + 1, 1, 12)
    grades = (Grade.EXCELLENT, Grade.COMPETENT, Grade.COMPETENT)
    return [
        stage.row(
            StaffEvaluation,
            unit,
            day,
            period=str(YEAR),
            person=person,
            score=95 - 4 * number,
            grade=grades[number],
            remarks="完成年度各项任务。",
        )
        for unit in stage.units
        for number, person in enumerate(stage.people(unit)[1:4])
    ]
