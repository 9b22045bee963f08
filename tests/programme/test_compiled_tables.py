"""The caches that are compiled with the package answer as a fresh compile does, and one that belongs to other files is not used."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from mineaction.policies.table import compile_table
from mineaction.policies.table_file import Unpacked
from mineaction.programme import compiled_tables
from mineaction.programme.compile_package import build
from mineaction.programme.compiled_law import packaged_law
from mineaction.programme.compiled_tables import DIGEST_FILE, TABLES_FILE, packed_tables, table_of

VARIANTS = [(version_id, one.name) for version_id in packaged_law().version_ids() for one in packaged_law().version(version_id).readings]


@pytest.fixture
def cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that stands for the compiled one."""
    monkeypatch.setattr(compiled_tables, "COMPILED", str(tmp_path))
    compiled_tables._held.cache_clear()
    yield tmp_path
    compiled_tables._held.cache_clear()


@pytest.mark.parametrize(("version_id", "reading"), VARIANTS)
def test_a_cached_table_is_the_table_that_a_fresh_compile_gives(version_id: str, reading: str) -> None:
    held = Unpacked(packed_tables(packaged_law())).table((version_id, reading))
    fresh = compile_table(packaged_law().variant(version_id, reading))
    assert held is not None
    assert (held.fields, held.sets) == (fresh.fields, fresh.sets)
    np.testing.assert_array_equal(held.verdicts, fresh.verdicts)
    np.testing.assert_array_equal(held.clause_sets, fresh.clause_sets)


def test_the_cache_is_read_when_it_belongs_to_these_files(cache_folder: Path) -> None:
    build(str(cache_folder))
    assert compiled_tables._held() is not None


@pytest.mark.parametrize("broken", ["no folder at all", "another digest", "no tables"])
def test_without_a_cache_of_these_files_the_same_table_is_compiled(cache_folder: Path, broken: str) -> None:
    build(str(cache_folder))
    if broken == "another digest":
        (cache_folder / DIGEST_FILE).write_text("0" * 64, encoding="ascii")
    elif broken == "no tables":
        (cache_folder / TABLES_FILE).unlink()
    else:
        (cache_folder / DIGEST_FILE).unlink()
    compiled_tables._held.cache_clear()
    assert compiled_tables._held() is None
    variant = packaged_law().variant("apmbc@1999-03-01")
    np.testing.assert_array_equal(table_of(variant).verdicts, compile_table(variant).verdicts)


def test_a_version_that_only_bears_a_packaged_name_is_compiled() -> None:
    """A clause less is another law: the table of the packaged version must not answer for it."""
    variant = packaged_law().variant("apmbc@1999-03-01")
    without_use = replace(variant, clauses=tuple(one for one in variant.clauses if one.id != "apmbc.1.1.a"))
    assert table_of(without_use).sets != table_of(variant).sets
