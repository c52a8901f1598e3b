"""Optimistic locking, kept by the database."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import update_last_login
from django.db import DatabaseError, connection, transaction

from portal.errors import StaleRecord
from portal.models import User
from tests.conftest import PASSWORD, as_command
from tests.wallapp.models import Paper


@pytest.mark.django_db
def test_saving_raises_the_version_in_memory_and_in_the_database(paper, community, acting):
    with acting(community):
        paper.title = "两盏路灯不亮"
        paper.save()
        paper.save(update_fields=["title"])
        assert paper.version == Paper.objects.get().version == 3


@pytest.mark.django_db
def test_a_stale_copy_is_refused_and_the_transaction_goes_on(paper, community, acting):
    with acting(community):
        mine, theirs = Paper.objects.get(), Paper.objects.get()
        theirs.title = "theirs"
        theirs.save()
        mine.title = "mine"
        with pytest.raises(StaleRecord):
            mine.save()
        with pytest.raises(StaleRecord):
            mine.save(update_fields=["urgent"])
        assert Paper.objects.get().title == "theirs"
        assert mine.version == 1


@pytest.mark.django_db
@pytest.mark.parametrize("version", [0, 2, 999])
def test_a_version_other_than_the_present_one_is_refused(paper, community, acting, version):
    with acting(community):
        paper.version = version
        with pytest.raises(StaleRecord):
            paper.save()


@pytest.mark.django_db
def test_a_version_that_was_not_loaded_is_refused(paper, community, acting):
    with acting(community):
        copy = Paper.objects.only("title").get()
        copy.title = "x"
        with pytest.raises(StaleRecord):
            copy.save()


@pytest.mark.django_db
def test_a_deleted_row_is_stale_and_not_inserted_again(paper, community, acting):
    with acting(community):
        Paper.objects.all().delete()
        with pytest.raises(StaleRecord):
            paper.save()
        assert not Paper.objects.exists()


@pytest.mark.django_db
def test_an_update_without_a_version_raises_it(paper, community, acting, sql):
    with acting(community):
        Paper.objects.update(title="x")
        sql("UPDATE wallapp_paper SET title = 'y'")
        assert Paper.objects.get().version == 3


@pytest.mark.django_db
def test_a_version_cannot_be_set_by_hand(paper, community, acting, sql):
    with pytest.raises(DatabaseError, match="stale version"), acting(community):
        sql("UPDATE wallapp_paper SET version = 7")


@pytest.mark.django_db
def test_saving_no_fields_does_nothing(paper, community, acting):
    with acting(community):
        paper.save(update_fields=[])
        assert paper.version == Paper.objects.get().version == 1


@pytest.mark.django_db
def test_signing_in_leaves_the_accounts_version_alone(community, make_user, sql):
    user = make_user("community_staff", community, "wang")
    editing = User.objects.get()
    update_last_login(None, user)
    update_last_login(None, User.objects.get())
    assert User.objects.get().version == 1
    with as_command():
        editing.name = "王大明"
        editing.save()
        user.set_password("another long password")
        with pytest.raises(StaleRecord):
            user.save()
    assert authenticate(username="wang", password=PASSWORD) == editing


@pytest.mark.django_db(transaction=True)
def test_of_twenty_who_save_at_once_one_is_accepted(paper, community, acting):
    barrier = Barrier(20)

    def edit(number):
        try:
            with acting(community):
                mine = Paper.objects.get()
                mine.title = str(number)
                barrier.wait(timeout=30)
                mine.save()
            return "accepted"
        except StaleRecord:
            return "stale"
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        outcomes = sorted(pool.map(edit, range(20)))
    assert outcomes == ["accepted"] + ["stale"] * 19
    with acting(community), transaction.atomic():
        assert Paper.objects.get().version == 2
