"""工作日历: the notices of holidays, what they say of each day, and the pages where they are kept."""
