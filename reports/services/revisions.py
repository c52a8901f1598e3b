"""Former words of a draft: kept at each save, compared, restored."""
