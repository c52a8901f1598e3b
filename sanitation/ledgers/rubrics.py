"""评分表 and 计分规则, as ledgers."""
