"""A signed checkpoint that somebody else keeps shows what the chain alone cannot: an end cut off, a history made anew."""

from __future__ import annotations

import base64
import json
import os
import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from mineaction.ledger.chain_check import check_store
from mineaction.ledger.checkpoint import Checkpoint, checkpoint_problems, new_key, read_checkpoint, signed
from mineaction.ledger.sqlite import SqliteStore
from mineaction.ledger.sqlite_file import make_store
from mineaction.terms.problem import ProblemError
from tests.ledger.store_contract import area, record

STORE_ID = "4" * 32


@pytest.fixture
def key(tmp_path: Path) -> str:
    path = str(tmp_path / "key.pem")
    new_key(path)
    return path


def store_with(path: Path, *local_ids: str, store_id: str = STORE_ID) -> SqliteStore:
    make_store(str(path), store_id)
    store = SqliteStore(str(path))
    for one in local_ids:
        record(store, area(one))
    return store


def checkpoint_of(store: SqliteStore) -> Checkpoint:
    checked = check_store(store)
    assert checked.problems == []
    return Checkpoint(checked.store_id, len(checked.links), checked.facts, checked.head, "2026-01-01T00:00:00Z")


def read(text: str, key: str) -> Checkpoint:
    return read_checkpoint(text.encode(), "cp.json", Path(f"{key}.pub").read_bytes(), "key.pem.pub")


def codes(store: SqliteStore, checkpoint: Checkpoint) -> list[str]:
    return [one.code for one in checkpoint_problems(checkpoint, check_store(store), "cp.json")]


def test_only_its_owner_may_read_a_key(key: str) -> None:
    assert stat.S_IMODE(os.stat(key).st_mode) == 0o600
    os.chmod(key, 0o640)
    with pytest.raises(ProblemError, match="key_file_open"):
        signed(Checkpoint("", 0, 0, "", ""), key)


def test_no_key_is_written_over(key: str) -> None:
    before = Path(key).read_bytes()
    with pytest.raises(ProblemError, match="output_not_written"):
        new_key(key)
    assert Path(key).read_bytes() == before


def test_what_was_signed_is_what_is_read(tmp_path: Path, key: str) -> None:
    with store_with(tmp_path / "a.gpkg", "HA-1", "HA-2") as store:
        made = checkpoint_of(store)
        assert read(signed(made, key), key) == made
        assert codes(store, made) == []
        record(store, area("HA-3"))
        assert codes(store, made) == []


def test_an_outsider_needs_the_file_and_the_public_key_alone(key: str) -> None:
    outer = json.loads(signed(Checkpoint(STORE_ID, 1, 2, "ab", "2026-01-01T00:00:00Z"), key))
    public = load_pem_public_key(Path(f"{key}.pub").read_bytes())
    assert isinstance(public, Ed25519PublicKey)
    public.verify(base64.b64decode(outer["signature"]), outer["statement"].encode())
    assert json.loads(outer["statement"])["batches"] == 1


def test_a_changed_checkpoint_and_another_key_are_found(tmp_path: Path, key: str) -> None:
    text = signed(Checkpoint(STORE_ID, 1, 2, "ab", "2026-01-01T00:00:00Z"), key)
    other = str(tmp_path / "other.pem")
    new_key(other)
    for wrong, with_key in ((text.replace('\\"batches\\": 1', '\\"batches\\": 2'), key), (text, other)):
        with pytest.raises(ProblemError, match="checkpoint_signature_wrong"):
            read(wrong, with_key)


@pytest.mark.parametrize("text", ["", "{", "[]", "7", '{"statement": "x"}', '{"statement": "x", "signature": "?"}'])
def test_what_is_no_checkpoint_is_said_to_be_none(text: str, key: str) -> None:
    with pytest.raises(ProblemError, match="checkpoint_broken"):
        read(text, key)


def test_what_is_no_key_is_said_to_be_none(tmp_path: Path, key: str) -> None:
    text = signed(Checkpoint(STORE_ID, 1, 2, "ab", ""), key)
    with pytest.raises(ProblemError, match="key_broken"):
        read_checkpoint(text.encode(), "cp.json", b"no key", "key.pem.pub")
    (tmp_path / "none.pem").write_text("no key")
    (tmp_path / "none.pem").chmod(0o600)
    with pytest.raises(ProblemError, match="key_broken"):
        signed(Checkpoint("", 0, 0, "", ""), str(tmp_path / "none.pem"))
    with pytest.raises(ProblemError, match="file_missing"):
        signed(Checkpoint("", 0, 0, "", ""), str(tmp_path / "missing.pem"))


def test_an_end_that_was_cut_off_is_found_though_the_chain_is_whole(tmp_path: Path) -> None:
    with store_with(tmp_path / "a.gpkg", "HA-1", "HA-2", "HA-3") as store, store_with(tmp_path / "b.gpkg", "HA-1", "HA-2") as cut:
        assert check_store(cut).problems == []
        assert codes(cut, checkpoint_of(store)) == ["checkpoint_not_reached"]


def test_a_history_made_anew_is_found_though_the_chain_is_whole(tmp_path: Path) -> None:
    with store_with(tmp_path / "a.gpkg", "HA-1", "HA-2") as store, store_with(tmp_path / "b.gpkg", "HA-1", "HA-9", "HA-3") as anew:
        assert check_store(anew).problems == []
        assert codes(anew, checkpoint_of(store)) == ["checkpoint_differs"]


def test_the_checkpoint_of_another_store_is_found(tmp_path: Path) -> None:
    with store_with(tmp_path / "a.gpkg", "HA-1") as store, store_with(tmp_path / "b.gpkg", "HA-1", store_id="5" * 32) as other:
        assert codes(other, checkpoint_of(store)) == ["checkpoint_of_another_store"]
