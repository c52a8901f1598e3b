"""The folds of the menu of volunteer work, in one place because several files put ledgers into each."""

PEOPLE = "志愿者与组织"
ACTIVITIES = "活动与招募"
HOURS = "时长与星级"
SERVED = "服务对象与宣传"
TRAINEES = "社会实践与讲座"
