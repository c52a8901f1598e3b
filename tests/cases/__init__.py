"""The example workbooks that ``manage.py demo --case`` loads, and the scripts that write them.

``python -m tests.cases.s1`` writes ``tests/cases/s1.xlsx`` anew. Everyone in them is invented; a
case takes ID numbers from an area code of its own that no place has, so cases do not collide.
"""
