"""季度考核 and 得分, as ledgers."""
