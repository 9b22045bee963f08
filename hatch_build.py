"""Compiles the packaged policies and facts into the wheel, so that decide, status and explain start quickly after any install."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledCacheHook(BuildHookInterface[BuilderConfig]):
    """Runs before the files of a wheel or of an editable install are collected."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        source = Path(self.root) / "src"
        sys.path.insert(0, str(source))
        from mineaction.programme.compile_package import build

        build(str(source / "mineaction" / "_compiled"))
