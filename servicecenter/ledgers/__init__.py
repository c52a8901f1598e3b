"""The ledgers of the one-stop service agency."""

# The menu lists ledgers in the order of their declaration: the cases, then what stands around them.
# isort: off
# isort: on

__all__: list[str] = []
