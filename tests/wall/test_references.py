"""A reference must name a row that the writer sees; foreign keys themselves ignore policies."""

import pytest
from django.db import DatabaseError, transaction

from portal.errors import ReferenceOutOfScope
from tests.wallapp.models import Paper, Shelf

pytestmark = pytest.mark.django_db
REFUSED = "outside the scope"


def test_a_new_row_refers_only_to_what_its_writer_sees(
    neighbour, foreign_neighbour, community, acting
):
    with acting(community):
        assert Paper.objects.create(unit=community, title="x", writer=neighbour).pk
        with pytest.raises(ReferenceOutOfScope), transaction.atomic():
            Paper.objects.create(unit=community, title="x", writer=foreign_neighbour)


def test_a_changed_reference_is_checked_in_every_way_of_writing(
    paper, foreign_neighbour, foreign_paper, community, acting, sql
):
    with acting(community):
        paper.writer = foreign_neighbour
        with pytest.raises(ReferenceOutOfScope):
            paper.save()
        with pytest.raises(DatabaseError, match=REFUSED), transaction.atomic():
            Paper.objects.update(answers=foreign_paper)
        with pytest.raises(DatabaseError, match=REFUSED), transaction.atomic():
            sql("UPDATE wallapp_paper SET writer_id = %s", foreign_neighbour.pk)
        with pytest.raises(DatabaseError, match=REFUSED), transaction.atomic():
            Paper.objects.bulk_create(
                [
                    Paper(unit=community, title="seen", answers=paper),
                    Paper(unit=community, title="unseen", answers=foreign_paper),
                ]
            )


def test_an_unchanged_reference_to_what_is_out_of_sight_stays(
    street, community, neighbour, foreign_neighbour, acting
):
    with acting(street):
        paper = Paper.objects.create(unit=community, title="x", writer=foreign_neighbour)
    with acting(community):
        paper.title = "y"
        paper.save()
        paper.writer = neighbour
        paper.save()
        paper.writer = foreign_neighbour
        with pytest.raises(ReferenceOutOfScope):
            paper.save()


def test_a_row_cannot_be_given_the_key_of_another_to_escape_the_check(paper, community, acting):
    with pytest.raises(DatabaseError, match="keeps its key"), acting(community):
        Paper.objects.update(id=paper.pk + 1)


def test_exempt_tables_are_referred_to_freely(community, acting):
    with acting(community):
        shelf = Shelf.objects.create(name="甲")
        assert Paper.objects.create(unit=community, title="x", shelf=shelf).pk
