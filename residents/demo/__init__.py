"""Demo people and the facts that several departments share."""

from residents.demo.acts import add_acts
from residents.demo.consents import add_consents
from residents.demo.doubtful import add_doubtful
from residents.demo.events import add_events
from residents.demo.facts import add_facts
from residents.demo.helping import add_services
from residents.demo.households import add_households
from residents.demo.profiles import add_profiles
from residents.demo.requests import add_requests


def build(world):
    add_households(world)
    add_events(world)
    add_acts(world)
    add_facts(world)
    add_consents(world)
    add_profiles(world)
    add_services(world)
    add_doubtful(world)
    add_requests(world)
