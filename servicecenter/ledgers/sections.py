"""The folds of the agency's menu, in one place because several files put ledgers into each."""

GUIDE = "办事指南"
