"""Only acts write: the guard refuses everything else, on both databases, whatever way the statement is sent."""

import os
import subprocess
import sys

import pytest
from django.db import connection

from kumppani.access.viewer import SYSTEM
from kumppani.domain.programmes.models import Programme, Scheme
from kumppani.domain.sources.models import Evidence
from kumppani.kernel.errors import RuleBroken
from kumppani.kernel.text import Text
from kumppani.workflow.guard import WriteOutsideAct, guarded_tables, is_writing, tables_written
from kumppani.workflow.programmes import create_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme() -> Programme:
    return create_programme(by=SYSTEM, key="p", name=Text(en="P"), summary=Text(en="S"), country="FI", currency="EUR", time_zone="Europe/Helsinki")


def test_save_outside_an_act_raises(programme: Programme) -> None:
    with pytest.raises(WriteOutsideAct, match="programmes_programme"):
        programme.save()


def test_create_outside_an_act_raises(programme: Programme) -> None:
    with pytest.raises(WriteOutsideAct):
        Scheme.objects.create(programme=programme, key="s", title=Text())


def test_bulk_create_outside_an_act_raises(programme: Programme) -> None:
    with pytest.raises(WriteOutsideAct):
        Scheme.objects.bulk_create([Scheme(programme=programme, key="s", title=Text())])


def test_update_outside_an_act_raises() -> None:
    with pytest.raises(WriteOutsideAct):
        Programme.objects.update(currency="SEK")


def test_delete_outside_an_act_raises(programme: Programme) -> None:
    with pytest.raises(WriteOutsideAct):
        Evidence.objects.filter(programme=programme).delete()


RAW = [
    "UPDATE programmes_programme SET currency = 'SEK'",
    "update \"programmes_programme\" set currency = 'SEK'",
    "DELETE FROM programmes_programme",
    "INSERT INTO programmes_scheme (key) VALUES ('x')",
    "/* a remark */ DELETE FROM journal_event",
    "SELECT 1; DELETE FROM journal_event",
    "WITH gone AS (DELETE FROM journal_event RETURNING 1) SELECT * FROM gone",
    "-- a remark\nUPDATE journal_head SET number = 0",
    "UPDATE\n\tprogrammes_programme\nSET currency = 'SEK'",
]


@pytest.mark.parametrize("sql", RAW)
def test_raw_sql_outside_an_act_raises(sql: str) -> None:
    with pytest.raises(WriteOutsideAct), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize(
    "sql", ["TRUNCATE journal_event", "TRUNCATE TABLE ONLY journal_head, journal_event", "INSERT OR REPLACE INTO journal_head VALUES (1)"]
)
def test_every_databases_own_way_of_writing_is_seen(sql: str) -> None:
    assert tables_written(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM programmes_programme",
        "SELECT 'DELETE FROM journal_event'",
        "SELECT number FROM journal_head FOR UPDATE",
        "UPDATE django_session SET expire_date = NULL",
        "UPDATE parties_user SET last_login = NULL",
        "CREATE INDEX i ON journal_event (act)",
    ],
)
def test_reading_and_what_is_not_the_domains_pass(sql: str) -> None:
    assert not tables_written(sql)


def test_the_door_is_closed_again_after_an_act_and_after_one_that_failed(programme: Programme) -> None:
    assert not is_writing()
    with pytest.raises(RuleBroken) as refusal:
        create_programme(by=SYSTEM, key="p", name=Text(en="P"), summary=Text(en="S"), country="FI", currency="EUR", time_zone="Europe/Helsinki")
    assert refusal.value.code == "programme-exists"
    assert not is_writing()


def test_every_table_of_the_domain_is_guarded_but_sign_in() -> None:
    assert {"journal_event", "agreements_measurepartner", "publishing_publication"} <= guarded_tables()
    assert "parties_user" not in guarded_tables()


def test_the_guard_is_on_under_production_settings() -> None:
    program = """
import django; django.setup()
from django.db import connection
from kumppani.workflow.guard import WriteOutsideAct
try:
    connection.cursor().execute("UPDATE programmes_programme SET currency = 'SEK'")
except WriteOutsideAct:
    print("refused")
"""
    production = {"KUMPPANI_PRODUCTION": "1", "KUMPPANI_SECRET_KEY": "x" * 60, "KUMPPANI_PUBLIC_URL": "https://kumppani.example"}
    environment = {name: value for name, value in os.environ.items() if not name.startswith("KUMPPANI_")} | production
    settings = {"DJANGO_SETTINGS_MODULE": "kumppani.config.settings", "KUMPPANI_DATABASE_URL": _url_of_this_database()}
    done = subprocess.run([sys.executable, "-c", program], env=environment | settings, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "refused", done.stderr


def _url_of_this_database() -> str:
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return "sqlite:////dev/shm/never-written.sqlite3" if os.path.isdir("/dev/shm") else "sqlite:///var/never-written.sqlite3"  # noqa: S108 only opened
    return f"postgresql://{given['USER']}:{given['PASSWORD']}@{given['HOST']}:{given['PORT']}/{given['NAME']}"
