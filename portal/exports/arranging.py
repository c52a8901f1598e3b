"""A list of columns that is ticked and put in order, by plain form fields and buttons."""

from collections.abc import Sequence

UP, DOWN = "up", "down"


def arranged(data, known: Sequence[str]) -> tuple[list[str], set[str]]:
    """(labels in the posted order after the pressed ↑ or ↓, labels ticked); unknown ones are dropped.

    Columns that the page did not know of yet come last.
    """
    order = [label for label in dict.fromkeys(data.getlist("order")) if label in known]
    order += [label for label in known if label not in order]
    shown = set(data.getlist("shown")) & set(known)
    direction, _, label = data.get("move", "").partition(":")
    if label in order:
        at = order.index(label)
        to = {UP: max(at - 1, 0), DOWN: min(at + 1, len(order) - 1)}.get(direction, at)
        order.insert(to, order.pop(at))
    return order, shown
