"""综合事务: what an office knows of itself — its people, rules, papers, plans, places and money.

Every fact is entered once and tagged with the departments that count it, like the shared facts of
residents. The app imports nothing but ``portal``.
"""
