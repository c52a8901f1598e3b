"""The demo offices' own facts: the street's and those of its communities, the same every time."""

from portal.office.demo.organisation import add_organisation
from portal.office.demo.papers import add_papers
from portal.office.demo.places import add_places
from portal.office.demo.plans import add_plans
from portal.office.demo.publicity import add_publicity
from portal.office.demo.stage import Stage


def build(world):
    stage = Stage(world)
    add_organisation(stage)
    add_papers(stage)
    add_plans(stage)
    add_places(stage)
    add_publicity(stage)
