"""How does somebody outside notice that a whole history was made anew, or its end cut off? By a signed checkpoint that they keep.

A checkpoint says which store, how many batches and facts, and the link of the last batch, at a time; the text is signed with Ed25519
(RFC 8032) exactly as it stands in the file. Whoever has the public key can check it without the store. Refuses a private key that others
may read, and to say anything about what was recorded after the checkpoint.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
import stat
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)  # fmt: skip

from mineaction.ledger.chain_check import Checked
from mineaction.terms.problem import Problem, ProblemError, problem

_FORMAT = "mineaction-checkpoint-1"
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_KEYS = {"format", "store_id", "batches", "facts", "head", "signed_at"}


class Checkpoint(NamedTuple):
    """What was signed."""

    store_id: str
    batches: int
    facts: int
    head: str
    signed_at: str


def new_key(path: str) -> None:
    """Write a new private key that only its owner can read, and `path`.pub, the public key to hand out."""
    key = Ed25519PrivateKey.generate()
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, stat.S_IRUSR | stat.S_IWUSR)
        with os.fdopen(handle, "wb") as file:
            file.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        with open(f"{path}.pub", "wb") as file:
            file.write(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    except OSError as error:
        raise ProblemError([problem("output_not_written", path, path, reason=error.strerror or "unknown")]) from None


def signed(checkpoint: Checkpoint, key_path: str) -> str:
    """The text of a checkpoint file."""
    key = _private_key(key_path)
    statement = json.dumps({"format": _FORMAT, **checkpoint._asdict()}, sort_keys=True)
    signature = base64.b64encode(key.sign(statement.encode("utf-8"))).decode("ascii")
    return json.dumps({"statement": statement, "signature": signature}, indent=2) + "\n"


def read_checkpoint(content: bytes, place: str, public_key: bytes, key_place: str) -> Checkpoint:
    """What a checkpoint file says, once its signature is found to be that of this public key."""
    try:
        outer = json.loads(content)
        statement, signature = str(outer["statement"]), base64.b64decode(outer["signature"], validate=True)
    except (ValueError, KeyError, TypeError, RecursionError, binascii.Error):
        raise ProblemError([_broken(place, "it has no statement with a signature")]) from None
    try:
        _public_key(public_key, key_place).verify(signature, statement.encode("utf-8", "surrogatepass"))
    except InvalidSignature:
        raise ProblemError([problem("checkpoint_signature_wrong", place, place)]) from None
    said = json.loads(statement)
    if set(said) != _KEYS or said.pop("format") != _FORMAT:
        raise ProblemError([_broken(place, "its format is another")])
    return Checkpoint(**said)


def checkpoint_problems(checkpoint: Checkpoint, checked: Checked, place: str) -> list[Problem]:
    """Where the store is not the one that was signed."""
    if checkpoint.store_id != checked.store_id:
        return [problem("checkpoint_of_another_store", place, checkpoint.store_id)]
    if checkpoint.batches > len(checked.links):
        return [problem("checkpoint_not_reached", place, checkpoint.batches, held=len(checked.links))]
    if checkpoint.batches and checked.links[checkpoint.batches - 1] != checkpoint.head:
        return [problem("checkpoint_differs", place, checkpoint.batches)]
    return []


def _private_key(path: str) -> Ed25519PrivateKey:
    try:
        mode = stat.S_IMODE(os.stat(path).st_mode)
        with open(path, "rb") as file:
            content = file.read()
    except OSError as error:
        raise ProblemError([problem("file_missing", path, path, reason=error.strerror or "unknown")]) from None
    if mode & _OTHERS:
        raise ProblemError([problem("key_file_open", path, path, mode=f"{mode:03o}")])
    try:
        key = load_pem_private_key(content, None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise ProblemError([problem("key_broken", path, path)])
    return key


def _public_key(content: bytes, place: str) -> Ed25519PublicKey:
    try:
        key = load_pem_public_key(content)
    except (ValueError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PublicKey):
        raise ProblemError([problem("key_broken", place, place)])
    return key


def _broken(place: str, reason: str) -> Problem:
    return problem("checkpoint_broken", place, place, reason=reason)
