"""The first run without demo: the unit tree, three administrators, and staff from small tables."""
