"""Which scenarios failed the last time that they were tested in a folder; kept beside the packs that are built."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from authcheck import __version__
from authcheck.loading.cache import default_cache
from authcheck.loading.folders import Loaded

__all__ = ["FailedBefore"]


@dataclass(slots=True)
class FailedBefore:
    """The names of the scenarios that failed, in the file that keeps them; in none where nothing may be kept."""

    file: Path | None
    names: list[str] = field(default_factory=list)

    @classmethod
    def here(cls) -> Self:
        """Return what is kept of the folder that is worked in; nothing where that cannot be read."""
        folder = default_cache(__version__).folder
        if folder is None:
            return cls(None)
        digest = hashlib.sha256(os.fsencode(Path.cwd())).hexdigest()[:40]
        kept = cls(folder / f"failed-{digest}.json")
        with contextlib.suppress(OSError, ValueError):
            names = json.loads((folder / f"failed-{digest}.json").read_text(encoding="utf-8"))
            kept.names = [name for name in names if isinstance(name, str)] if isinstance(names, list) else []
        return kept

    def among(self, every: Sequence[Loaded]) -> list[Loaded]:
        """Return those of the scenarios that failed."""
        return [loaded for loaded in every if loaded.name in self.names]

    def keep(self, loaded: Loaded, *, failed: bool) -> None:
        """Note whether a scenario has failed now."""
        self.names = [name for name in self.names if name != loaded.name] + [loaded.name] * failed

    def write(self) -> None:
        """Keep it for the next time, if that can be done."""
        if self.file is not None:
            with contextlib.suppress(OSError):
                self.file.parent.mkdir(parents=True, exist_ok=True)
                self.file.write_text(json.dumps(self.names), encoding="utf-8")
