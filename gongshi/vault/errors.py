"""What can be wrong with a file of evidence or with the vault itself, each with a stable code and what to do next."""

from __future__ import annotations

from typing import ClassVar


class VaultError(Exception):
    """A vault that can not do what was asked; `code` is stable, the message says how to mend it."""

    code: ClassVar[str] = "vault"


class EvidenceNotAFile(VaultError):
    """What was named is no regular file: a folder, a link, a device."""

    code = "evidence_not_a_file"


class EvidenceEmpty(VaultError):
    """A file without a byte proves nothing: a recording that failed, a copy that was cut off."""

    code = "evidence_empty"


class EvidenceChanged(VaultError):
    """The file changed while it was read; nothing of it was kept."""

    code = "evidence_changed"


class EvidenceMissing(VaultError):
    """The vault has no file of this hash."""

    code = "evidence_missing"


class VaultDamaged(VaultError):
    """A kept file does not hold what its name says."""

    code = "vault_damaged"


class VaultUnwritable(VaultError):
    """The disk is full or the folder may not be written; nothing was kept."""

    code = "vault_unwritable"
