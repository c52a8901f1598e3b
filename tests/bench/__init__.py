"""Speed, measured beside alternatives and limits in one run: ``script/bench``."""
