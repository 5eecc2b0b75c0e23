"""Where an instance keeps things."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Places:
    """The folders and files of the instance at `root`."""

    root: Path

    @property
    def reference(self) -> Path:
        """What a webmaster edits."""
        return self.root / "data" / "reference"

    @property
    def good_reference(self) -> Path:
        """The reference data as they last were without a fault: by them takedowns go on while there is one."""
        return self.root / "data" / ".good"

    @property
    def store(self) -> Path:
        """The record."""
        return self.root / "data" / "store.db"

    @property
    def vault(self) -> Path:
        """Files of evidence, outside whatever a web server reaches."""
        return self.root / "data" / "vault"

    @property
    def tombstones(self) -> Path:
        """The ledger of what was taken down, which a restored store is checked against."""
        return self.root / "data" / "tombstones.jsonl"

    @property
    def reconciled(self) -> Path:
        """Up to where that ledger and the record are known to agree."""
        return self.build / "tombstones.json"

    @property
    def build(self) -> Path:
        """What comes out; deleted and made again at will."""
        return self.root / "build"

    @property
    def public_db(self) -> Path:
        """Everything that the public can reach."""
        return self.build / "public.db"

    @property
    def site(self) -> Path:
        """The pages."""
        return self.build / "site"

    @property
    def narrative(self) -> Path:
        """What MkDocs made when it last went well."""
        return self.build / "narrative"

    @property
    def shell(self) -> Path:
        """Header and footer, cut out of that."""
        return self.build / "shell"

    @property
    def good_look(self) -> Path:
        """Templates and assets as they last were when every page could be made."""
        return self.build / "good"

    @property
    def manifest(self) -> Path:
        """What the pages were made from."""
        return self.build / "manifest.db"

    @property
    def judged(self) -> Path:
        """What came of each decision when it was last looked at: ids, days, names of checks."""
        return self.build / "judged.db"

    @property
    def registered(self) -> Path:
        """The same of each record of a register or list."""
        return self.build / "registered.db"

    @property
    def open(self) -> Path:
        """What stood open when it was last asked: ids, departments, states, days."""
        return self.build / "open.db"

    @property
    def lock(self) -> Path:
        """Says who rebuilds; its folder is locked meanwhile."""
        return self.root / "data" / ".rebuild.lock"
