"""离岗交接: all that is open in a leaver's name goes to others in one act; the past keeps its author."""

from portal.handover.declared import Handed, named, register

__all__ = ["Handed", "named", "register"]
