"""A decision as schema.org describes a document, for search engines and other machines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from gongshi.law.citing import names_cited
from gongshi.records.party import LEGAL_PERSON
from gongshi.render.labels import kind_label
from gongshi.render.look.site import Site


def linked_data(
    site: Site, row: Mapping[str, Any], parties: Sequence[Mapping[str, Any]], path: str, told: str
) -> dict[str, object]:
    """The decision as JSON-LD. Only legal persons are named as its subject: a person's page of
    decisions is nobody's business (DOMAIN.md 7)."""
    laws = _laws(row["legal_basis"] or "")
    about = [_organisation(party) for party in parties if party["type"] == LEGAL_PERSON]
    return {
        "@context": "https://schema.org",
        "@type": "DigitalDocument",
        "name": row["title"],
        "identifier": row["document_number"] or row["id"],
        "genre": kind_label(row["kind"]),
        "description": told,
        "dateCreated": row["decided_on"],
        "datePublished": row["first_published_on"],
        "dateModified": row["updated_on"],
        "inLanguage": "zh-CN",
        "url": site.url + path,
        "isAccessibleForFree": True,
        "creator": {"@type": "GovernmentOrganization", "name": row["agency_name"] or row["department_name"]},
        "publisher": {"@type": "GovernmentOrganization", "name": site.organiser or site.name},
        **({"about": about} if about else {}),
        **({"isBasedOn": laws} if laws else {}),
    }


@lru_cache(maxsize=4096)
def _laws(basis: str) -> list[dict[str, str]]:
    """The laws of a basis; the same texts come again and again."""
    return [{"@type": "Legislation", "name": name} for name in names_cited(basis)]


def _organisation(party: Mapping[str, Any]) -> dict[str, str]:
    found = {"@type": "Organization", "name": party["name"]}
    return {**found, "identifier": party["uscc"]} if party["uscc"] else found
