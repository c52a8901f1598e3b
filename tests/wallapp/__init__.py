"""One small model of each policy class, so that the wall is tested apart from any domain."""
