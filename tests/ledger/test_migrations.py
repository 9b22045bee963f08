"""Promise 6: a store of every format there ever was opens, verifies and answers as it did; a migration is whole or not there."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import warnings
from contextlib import closing
from pathlib import Path

import pytest

from mineaction.ledger import migrations, schema, sqlite_file
from mineaction.ledger.chain_check import check_store
from mineaction.ledger.migrations import STEPS, Step, migrate
from mineaction.ledger.sqlite import SqliteStore
from mineaction.ledger.sqlite_file import make_store
from mineaction.programme.store_rebuild import rebuild
from mineaction.terms.problem import ProblemError
from tests.ledger.frozen_store import FROZEN, answers, thaw
from tests.ledger.store_contract import area, record

AT = "2026-01-02T03:04:05Z"
FORMATS = [str(number) for number in range(1, int(schema.FORMAT) + 1)]


def test_every_format_has_its_frozen_store() -> None:
    assert sorted(one.name for one in FROZEN.glob("*.gz")) == [f"format_{one}.gpkg.gz" for one in FORMATS]
    assert [one.format for one in STEPS] == FORMATS[1:]


@pytest.mark.parametrize("format_name", FORMATS)
def test_a_store_of_every_format_opens_verifies_and_answers_as_it_did(tmp_path: Path, format_name: str) -> None:
    path = thaw(format_name, tmp_path)
    expected = json.loads((FROZEN / f"format_{format_name}.json").read_text(encoding="utf-8"))
    if format_name != schema.FORMAT:
        rebuild(path)
    assert answers(path) == expected
    rebuild(path)
    assert answers(path) == expected
    with SqliteStore(path) as store:
        record(store, area("HA-9"))
        assert check_store(store).problems == []


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A store of format 1, in a program that knows format 2: with one more index."""
    made = str(tmp_path / "book.gpkg")
    make_store(made, "8" * 32)
    with SqliteStore(made) as store:
        record(store, area("HA-1"))
    more = {"batch_by_day": "CREATE INDEX batch_by_day ON batch (recorded_at)"}
    for module in (migrations, sqlite_file):
        monkeypatch.setattr(module, "FORMAT", "2")
    monkeypatch.setattr(migrations, "LEDGER_OBJECTS", schema.LEDGER_OBJECTS | more)
    monkeypatch.setattr(sqlite_file.opened, "__defaults__", (("2",),))
    return made


def a_step(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE INDEX batch_by_day ON batch (recorded_at)")


def stored(path: str) -> dict[str, str]:
    with closing(sqlite3.connect(path)) as other:
        return dict(other.execute("SELECT name, value FROM store"))


def test_an_older_store_is_brought_to_the_format_of_today_and_kept_beside_it_as_it_was(path: str, tmp_path: Path) -> None:
    with pytest.raises(ProblemError, match="store_older"):
        SqliteStore(path)
    assert migrate(path, AT, [Step("2", a_step)]) == ("1", f"{path}.format-1.backup-1")
    assert stored(path) == {"format": "2", "store_id": "8" * 32, "format_2_since": AT}
    with SqliteStore(path) as store:
        assert check_store(store).problems == []
    assert stored(f"{path}.format-1.backup-1") == {"format": "1", "store_id": "8" * 32}
    assert migrate(path, AT, [Step("2", a_step)]) == ("2", "")
    assert len(list(tmp_path.iterdir())) == 2


def test_a_migration_is_whole_or_not_there(path: str) -> None:
    def half(connection: sqlite3.Connection) -> None:
        a_step(connection)
        raise sqlite3.OperationalError("stopped")

    with pytest.raises(ProblemError, match="store_damaged"):
        migrate(path, AT, [Step("2", half)])

    def killed(connection: sqlite3.Connection) -> None:
        a_step(connection)
        os.kill(os.getpid(), signal.SIGKILL)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the copy of this process does nothing but this, and dies of it
        child = os.fork()
    if child == 0:
        migrate(path, AT, [Step("2", killed)])
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    assert stored(path)["format"] == "1"
    assert migrate(path, AT, [Step("2", a_step)]) == ("1", f"{path}.format-1.backup-3")


def test_a_step_that_does_not_make_what_this_version_expects_is_refused(path: str) -> None:
    with pytest.raises(ProblemError, match="ledger_schema_altered"):
        migrate(path, AT, [Step("2", lambda connection: None)])
    assert stored(path)["format"] == "1"


def test_a_step_that_changes_what_was_told_is_found(path: str) -> None:
    def wrong(connection: sqlite3.Connection) -> None:
        a_step(connection)
        connection.execute("UPDATE fact SET payload = replace(payload, 'SHA', 'CHA')")

    with pytest.raises(ProblemError, match="ledger_fact_altered"):
        migrate(path, AT, [Step("2", wrong)])
    assert stored(path)["format"] == "1"


def test_a_store_of_a_format_that_is_not_known_yet_is_refused_with_a_sentence(tmp_path: Path) -> None:
    path = str(tmp_path / "book.gpkg")
    make_store(path, "8" * 32)
    with closing(sqlite3.connect(path)) as other:
        other.execute("DROP TRIGGER store_not_updated")
        other.execute("UPDATE store SET value = '99' WHERE name = 'format'")
        other.commit()
    with pytest.raises(ProblemError) as raised:
        rebuild(path)
    assert [str(one) for one in raised.value.problems] and "knows formats up to 1" in str(raised.value)
