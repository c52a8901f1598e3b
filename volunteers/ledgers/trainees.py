"""实践实习人员 and their logs."""
