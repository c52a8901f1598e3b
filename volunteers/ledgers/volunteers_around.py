"""Trainings, awards, evaluations, insurances of volunteers."""
