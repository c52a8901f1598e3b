"""The usual items of 四知四清四掌握, to begin with: places word them differently, and each changes its own."""

from servicecenter.enums.visits import ChecklistGroup as G

SEED = {
    G.KNOWN: ("家庭成员情况", "住房和收入来源", "身体健康状况", "困难和诉求"),
    G.CLEAR: ("人口底数清", "困难类型清", "享受政策清", "联系方式清"),
    G.GRASPED: ("思想动态", "矛盾纠纷苗头", "安全隐患", "特殊人员情况"),
}
