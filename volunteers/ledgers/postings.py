"""时长公示 and the dated rule of hours."""
