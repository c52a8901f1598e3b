"""Acts on households: each in one transaction, through the journal, told in sentences.

``on`` is the first day of the new state; the day before is the last of the old one. Rows that end
stay as history. ``chosen`` are relations by key of the old membership; those left out follow from
the old relations. What a person can mend raises ValidationError at the form's field, missing
permission raises Denied.
"""

from residents.acts.apart import part, reunite
from residents.acts.belonging import change_head, die, join, leave
from residents.acts.moving import merge, move, split
from residents.acts.parts import Choices, NewHome

__all__ = [
    "Choices",
    "NewHome",
    "change_head",
    "die",
    "join",
    "leave",
    "merge",
    "move",
    "part",
    "reunite",
    "split",
]
