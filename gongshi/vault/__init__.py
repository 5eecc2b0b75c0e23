"""The evidence vault: files of cases under the hash of their content, written once, never again (R32, R37).

    data/vault/objects/ab/ab12…    the content, mode 0400, its name the SHA-256 of what it holds
    data/vault/incoming/….part     what is being taken in, locked by whoever takes it
    data/vault/ledger.jsonl        one line for every journaled file: by it an older record beside a newer vault shows

It lies outside whatever a web server reaches, and no room of the public side may import it.
"""

from gongshi.vault.errors import (
    EvidenceChanged,
    EvidenceEmpty,
    EvidenceMissing,
    EvidenceNotAFile,
    VaultDamaged,
    VaultError,
    VaultUnwritable,
)
from gongshi.vault.ledger import Line
from gongshi.vault.taking import Kept, hash_of
from gongshi.vault.vault import Vault
from gongshi.vault.verifying import Flaw, Listed, verify

__all__ = [
    "EvidenceChanged",
    "EvidenceEmpty",
    "EvidenceMissing",
    "EvidenceNotAFile",
    "Flaw",
    "Kept",
    "Line",
    "Listed",
    "Vault",
    "VaultDamaged",
    "VaultError",
    "VaultUnwritable",
    "hash_of",
    "verify",
]
