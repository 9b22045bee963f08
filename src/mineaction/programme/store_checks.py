"""Is the store as it was recorded, and as it was when somebody signed it? `verify` answers, `checkpoint` signs."""

from __future__ import annotations

import datetime as dt
import os
from typing import Any

from mineaction.ledger.chain_check import check_store
from mineaction.programme.collector import collector_paused
from mineaction.programme.files import read_bytes, write_text
from mineaction.programme.stores import open_store
from mineaction.programme.today import now, seconds_since
from mineaction.terms.dates import as_utc
from mineaction.terms.limits import PROBLEMS_SHOWN_MAX
from mineaction.terms.problem import ProblemError, problem


@collector_paused()
def verify(store: str | None = None, *, checkpoint_file: str | None = None, public_key: str | None = None) -> dict[str, Any]:
    """Recompute every digest of the store; with a checkpoint that was kept elsewhere, compare the store with what was signed."""
    began = now()
    if checkpoint_file and not public_key:
        raise ProblemError([problem("public_key_missing", "public_key", checkpoint_file)])
    with open_store(store) as held:
        checked = check_store(held)
        found, said = list(checked.problems), None
        if checkpoint_file and public_key:
            # cryptography is loaded where a signature is asked about, and nowhere else.
            from mineaction.ledger.checkpoint import checkpoint_problems, read_checkpoint

            said = read_checkpoint(read_bytes(checkpoint_file), checkpoint_file, read_bytes(public_key), public_key)
            found += checkpoint_problems(said, checked, checkpoint_file)
        return {
            "store": held.path,
            "is_whole": not found,
            "batches": len(checked.links),
            "facts": checked.facts,
            "head": checked.head,
            "checkpoint": {"signed_at": said.signed_at, "batches": said.batches, "facts": said.facts} if said else None,
            "finding_count": len(found),
            "findings": [one.as_dict() for one in found[:PROBLEMS_SHOWN_MAX]],
            "seconds": seconds_since(began),
        }


def checkpoint(out: str, *, key: str, store: str | None = None, at: dt.datetime | None = None) -> dict[str, Any]:
    """Sign how far the store is, for somebody else to keep. A key file that is not there is made, with its public key beside it."""
    from mineaction.ledger.checkpoint import Checkpoint, new_key, signed

    with open_store(store) as held:
        checked = check_store(held)
    if checked.problems:
        raise ProblemError(checked.problems)
    if os.path.lexists(out):
        raise ProblemError([problem("store_exists", out, out)])
    is_new = not os.path.lexists(key)
    if is_new:
        new_key(key)
    made = Checkpoint(checked.store_id, len(checked.links), checked.facts, checked.head, as_utc(at or now()))
    write_text(out, signed(made, key))
    return {"store": held.path, "checkpoint": out, "key_made": is_new, "public_key": f"{key}.pub", **made._asdict()}
