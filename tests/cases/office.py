"""Sheets of the office's own facts that every case has: the year's plan and what comes next."""

from datetime import date

OURS = {"计入工作": "残疾人工作"}


def plan_sheets(*plans: dict) -> dict[str, list[dict]]:
    """``plans`` as plan() gives them."""
    return {
        "工作计划": [each["plan"] for each in plans],
        "计划任务": [task for each in plans for task in each["tasks"]],
    }


def plan(title: str, year: int, owner: str, basis: str, tasks) -> dict:
    """``tasks`` are (title, due on, done on or None, result)."""
    starts_on = date(year, 1, 1)
    head = {"计划名称": title, "起始日期": starts_on, "截止日期": date(year, 12, 31)}
    rows = [
        {
            "任务": task,
            "计划": title,
            "责任人": owner,
            "开始日期": starts_on,
            "完成期限": due_on,
            "完成日期": done_on or "",
            "完成情况": result,
        }
        for task, due_on, done_on, result in tasks
    ]
    return {"plan": head | {"依据文件": basis} | OURS, "tasks": rows}
