"""Who has a draft open."""
