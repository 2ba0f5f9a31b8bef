"""The token that pages are kept by moves with every change and with nothing else, whoever made the change."""

import threading

import pytest
from django.db import connection, connections

from kumppani.access.version import database_token
from kumppani.workflow import guard
from tests.builders import programme_of

pytestmark = pytest.mark.django_db(transaction=True)


def behind_the_applications_back() -> None:
    """Another connection changes a row without an act, as somebody with a database client would."""

    def change() -> None:
        with guard.writing(), connection.cursor() as cursor:
            cursor.execute("UPDATE programmes_programme SET currency = 'SEK'")
        connections.close_all()

    thread = threading.Thread(target=change)
    thread.start()
    thread.join()


def test_the_token_stays_while_nothing_changes() -> None:
    programme_of()
    # One quiet moment is enough: on PostgreSQL a write to another database of the cluster counts as a change too.
    assert any(database_token() == database_token() for _attempt in range(100))


def test_an_act_moves_the_token() -> None:
    before = database_token()
    programme_of()
    assert database_token() != before


def test_a_row_changed_by_another_connection_without_an_act_moves_the_token() -> None:
    programme_of()
    before = database_token()
    behind_the_applications_back()
    assert database_token() != before


def test_a_new_connection_never_repeats_an_old_ones_token() -> None:
    before = database_token()
    connection.close()
    programme_of()
    assert database_token() != before
