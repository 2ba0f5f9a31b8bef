"""Two people who load workbooks of one agreement at the same moment: one is done as a whole, the other hears of it."""

import threading

import pytest
from django.db import connections

from kumppani.access.viewer import SYSTEM
from kumppani.domain.agreements.models import Priority, WorkbookLoad
from kumppani.imports.workbook.apply import apply_workbook
from kumppani.imports.workbook.write import write_workbook
from kumppani.kernel.errors import Refusal
from tests.imports.workbook.filling import Filling
from tests.universe import Universe


@pytest.mark.django_db(transaction=True)
def test_of_two_who_change_the_same_cell_at_once_exactly_one_succeeds_and_the_other_is_told(universe: Universe) -> None:
    key, out = universe.priorities[0].key, write_workbook(SYSTEM, universe.north, "en")
    files = {word: Filling(out).write("priorities", key, "title.sv", word).saved() for word in ("Deras", "Vår")}
    outcome: dict[str, str] = {}
    barrier = threading.Barrier(2)

    def load(word: str) -> None:
        barrier.wait()
        try:
            apply_workbook(files[word], SYSTEM)
            outcome[word] = "loaded"
        except Refusal as refusal:
            outcome[word] = refusal.code
        finally:
            connections.close_all()

    threads = [threading.Thread(target=load, args=(word,)) for word in files]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    won = [word for word, what in outcome.items() if what == "loaded"]
    assert len(won) == 1
    assert set(outcome.values()) - {"loaded"} <= {"workbook-overtaken", "workbook-refused"}
    assert Priority.objects.get(key=key).title["sv"] == won[0]
    assert WorkbookLoad.objects.count() == 1
