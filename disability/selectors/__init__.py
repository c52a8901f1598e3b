"""Reads across models of disability work, by idea."""
