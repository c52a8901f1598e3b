"""The folds of the menu of sanitation work, in one place because several files put ledgers into each."""

PLACES = "点位与保洁员"
INSPECTIONS = "检查与整改"
SCORES = "季度考核"
WASTE = "垃圾分类与清运"
MARKET = "集镇整治与活动"
SITES = "示范点"
REGIME = "机制与计划"
