"""The table of a version under a reading: read from the cache that was compiled with the package, or compiled now.

The cache names the digest of the policy files and of the code that compiles them; one that belongs to others is not used. A policy of a
user is not in it and is compiled at each call.
"""

from __future__ import annotations

import hashlib
import os
from functools import cache

from mineaction.policies.clause import Variant
from mineaction.policies.law import Law
from mineaction.policies.table import Table, compile_table
from mineaction.policies.table_file import Unpacked, packed
from mineaction.programme.compiled_law import COMPILED, POLICIES, packaged_law, sources_digest

TABLES_FILE = "tables.npz"
DIGEST_FILE = "tables.sha256"
# The words of the vocabulary give a table its axes, the verdicts their codes.
_TERMS = ("vocabulary.py", "verdict.py")


def table_of(variant: Variant) -> Table:
    """The table of a variant; one that is not exactly the packaged one of that name is compiled."""
    law = packaged_law()
    held = _held()
    if held and variant.version_id in law.version_ids() and law.variant(variant.version_id, variant.reading) == variant:
        return held.table((variant.version_id, variant.reading)) or compile_table(variant)
    return compile_table(variant)


def packed_tables(law: Law) -> bytes:
    """The tables of every version and reading of `law`, as the cache holds them."""
    variants = [law.variant(version_id, one.name) for version_id in law.version_ids() for one in law.version(version_id).readings]
    return packed({(one.version_id, one.reading): compile_table(one) for one in variants})


def tables_digest() -> str:
    """SHA-256 over the policy files and the code that makes tables of them."""
    whole = hashlib.sha256(sources_digest().encode())
    terms = os.path.join(os.path.dirname(POLICIES), "terms")
    code = [os.path.join(POLICIES, name) for name in sorted(os.listdir(POLICIES)) if name.endswith(".py")]
    for path in (*code, *(os.path.join(terms, name) for name in _TERMS)):
        with open(path, "rb") as file:
            whole.update(file.read())
    return whole.hexdigest()


@cache
def _held() -> Unpacked | None:
    try:
        with open(os.path.join(COMPILED, DIGEST_FILE), encoding="ascii") as file:
            if file.read() != tables_digest():
                return None
        with open(os.path.join(COMPILED, TABLES_FILE), "rb") as tables:
            return Unpacked(tables.read())
    except OSError:
        return None  # no cache: every table is compiled when it is asked for, with the same answers
