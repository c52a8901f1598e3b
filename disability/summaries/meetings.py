"""What the outline of those who give rehabilitation tells of visits and health consultations, which all
departments share."""

from disability.summaries.outlines import CENTRE, COMMUNITY
from disability.summaries.telling import told
from portal.summaries import register

register(
    *told(
        CENTRE,
        "basics",
        30,
        "通过走访核实情况、当面交谈{disability.visits}，其中入户{disability.visits_home}，涉及残疾人"
        "{disability.visited_persons}。",
        "visits",
    ),
    *told(
        CENTRE,
        "basics",
        32,
        "请残疾人到中心接受健康咨询和康复指导{disability.health_consultations}。",
        "health_consultations",
    ),
    *told(
        COMMUNITY,
        "rehabilitation",
        64,
        "为残疾人提供健康咨询{disability.health_consultations}。",
        "health_consultations",
    ),
)
