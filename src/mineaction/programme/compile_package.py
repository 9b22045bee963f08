"""Writes the caches: the law as JSON, its tables as arrays. `python -m mineaction.programme.compile_package` does it in a checkout.

Building the package does the same for the wheel. Policy files with problems stop it.
"""

from __future__ import annotations

import json
import os
import sys

from mineaction.policies.law import law_from
from mineaction.programme.compiled_law import COMPILED, LAW_FILE, compiled
from mineaction.programme.compiled_tables import DIGEST_FILE, TABLES_FILE, packed_tables, tables_digest


def build(out: str) -> None:
    """Write the compiled law and its tables into the folder `out`, each file whole or not at all."""
    os.makedirs(out, exist_ok=True)
    law = compiled()
    _write(os.path.join(out, LAW_FILE), json.dumps(law, ensure_ascii=False, separators=(",", ":")).encode())
    _write(os.path.join(out, TABLES_FILE), packed_tables(law_from(law)))
    _write(os.path.join(out, DIGEST_FILE), tables_digest().encode())


def _write(path: str, content: bytes) -> None:
    unfinished = f"{path}.{os.getpid()}"
    with open(unfinished, "wb") as file:
        file.write(content)
    os.replace(unfinished, path)


if __name__ == "__main__":
    build(sys.argv[1] if len(sys.argv) > 1 else COMPILED)
