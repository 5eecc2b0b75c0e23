"""The shape of build/public.db: everything that the public can reach, and nothing else.

Derived from the declarations in gongshi/records: a column exists only where a field is public.
`sort` is the row's place in newest-first order (day of first publication in the high bits, random
low bits), drawn once and journaled; it never counts anything (DESIGN.md, "Choices made").
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from gongshi.records import DECISION_KINDS
from gongshi.records.party import LEGAL_PERSON

SCHEMA_VERSION = "7"

SEARCH_COLUMNS = ("number", "party", "content", "facts", "department")
"""Columns of the search index that hold text, cut by gongshi.query.tokens.index_text."""

LEGAL_PERSONS = f"type = '{LEGAL_PERSON}' AND uscc IS NOT NULL"
"""Of `parties` those that are organisations with a unified code: the condition of the index by that."""

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE regions (code TEXT PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE departments (
  key TEXT PRIMARY KEY, name TEXT NOT NULL, names TEXT NOT NULL, region TEXT NOT NULL REFERENCES regions(code),
  superior TEXT, channel_address TEXT, channel_postcode TEXT, channel_phone TEXT, channel_email TEXT,
  channel_procedure TEXT
) WITHOUT ROWID;
CREATE TABLE kinds (name TEXT PRIMARY KEY, label TEXT NOT NULL, summary TEXT, position INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE rules (
  id TEXT PRIMARY KEY, question TEXT NOT NULL, effect TEXT NOT NULL, scope TEXT NOT NULL, content TEXT NOT NULL,
  issuer TEXT, article TEXT NOT NULL, basis TEXT NOT NULL, in_force_from TEXT, in_force_to TEXT,
  decided_by TEXT, decided_on TEXT, position INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE dictionary (
  kind TEXT NOT NULL, name TEXT NOT NULL, label TEXT NOT NULL, type TEXT NOT NULL, visibility TEXT NOT NULL,
  required INTEGER NOT NULL, max_length INTEGER, choices TEXT, standard TEXT, article TEXT, help TEXT,
  position INTEGER NOT NULL, PRIMARY KEY (kind, name)
) WITHOUT ROWID;
CREATE TABLE help (
  path TEXT PRIMARY KEY, title TEXT NOT NULL, heading TEXT NOT NULL, text TEXT NOT NULL, position INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE decisions (
  sort INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL REFERENCES kinds(name),
  department TEXT NOT NULL REFERENCES departments(key),
  department_name TEXT NOT NULL,
  region TEXT NOT NULL REFERENCES regions(code),
  title TEXT NOT NULL,
  parties TEXT NOT NULL,
  document_number TEXT, decided_on TEXT NOT NULL, content TEXT, facts TEXT, legal_basis TEXT, agency_name TEXT,
  served_on TEXT, changed_on TEXT, remedies TEXT, item_code TEXT, item TEXT,
  first_published_on TEXT NOT NULL,
  updated_on TEXT NOT NULL,
  duty_rule TEXT, duty_article TEXT,
  legal_due TEXT, due_rule TEXT, due_article TEXT, due_text TEXT, due_provisional INTEGER NOT NULL DEFAULT 0,
  publish_until TEXT, until_rule TEXT, until_article TEXT,
  earlier INTEGER NOT NULL DEFAULT 0,
  corrected INTEGER NOT NULL DEFAULT 0,
  in_force INTEGER,
  held_fields TEXT NOT NULL DEFAULT '[]',
  history TEXT NOT NULL DEFAULT '[]',
  digest TEXT NOT NULL
);
CREATE TABLE tags (
  sort INTEGER PRIMARY KEY REFERENCES decisions(sort), cell INTEGER NOT NULL, amount INTEGER NOT NULL, item TEXT,
  laws TEXT NOT NULL
);
CREATE TABLE facets (
  cell INTEGER PRIMARY KEY,
  kind TEXT NOT NULL REFERENCES kinds(name), department TEXT NOT NULL REFERENCES departments(key),
  region TEXT NOT NULL REFERENCES regions(code), year TEXT NOT NULL, classes TEXT NOT NULL, band TEXT NOT NULL,
  party TEXT NOT NULL, state TEXT NOT NULL, decisions INTEGER NOT NULL
);
CREATE TABLE laws (id TEXT PRIMARY KEY, name TEXT NOT NULL, decisions INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE acts (id TEXT PRIMARY KEY, name TEXT NOT NULL, decisions INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE organisations (
  uscc TEXT PRIMARY KEY, name TEXT NOT NULL, decisions INTEGER NOT NULL, newest INTEGER NOT NULL,
  core TEXT NOT NULL, pinyin TEXT NOT NULL, initials TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE parties (
  sort INTEGER NOT NULL REFERENCES decisions(sort), position INTEGER NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL,
  uscc TEXT, fine TEXT, confiscated TEXT, amount TEXT, own TEXT NOT NULL DEFAULT '{}', PRIMARY KEY (sort, position)
) WITHOUT ROWID;
CREATE TABLE notices (
  sort INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL REFERENCES kinds(name),
  department TEXT NOT NULL REFERENCES departments(key),
  department_name TEXT NOT NULL,
  region TEXT NOT NULL REFERENCES regions(code),
  document_number TEXT, decided_on TEXT NOT NULL,
  first_published_on TEXT NOT NULL, withdrawn_on TEXT NOT NULL,
  ending TEXT NOT NULL, ending_label TEXT NOT NULL,
  instrument_number TEXT, instrument_agency TEXT, instrument_date TEXT, effective_on TEXT,
  reason TEXT NOT NULL, rule TEXT, article TEXT, notice_until TEXT,
  in_sitemap INTEGER NOT NULL,
  digest TEXT NOT NULL
);
CREATE TABLE figures (
  month TEXT NOT NULL, department TEXT NOT NULL REFERENCES departments(key), kind TEXT NOT NULL REFERENCES kinds(name),
  published INTEGER NOT NULL, earlier INTEGER NOT NULL, in_time INTEGER NOT NULL, late INTEGER,
  corrected INTEGER NOT NULL, changed INTEGER NOT NULL, withdrawn INTEGER NOT NULL, updated_on TEXT NOT NULL,
  PRIMARY KEY (month, department, kind)
) WITHOUT ROWID;
CREATE TABLE figures_more (
  month TEXT NOT NULL, department TEXT NOT NULL REFERENCES departments(key), kind TEXT NOT NULL REFERENCES kinds(name),
  what TEXT NOT NULL, value TEXT NOT NULL, decisions INTEGER NOT NULL,
  PRIMARY KEY (month, department, kind, what, value)
) WITHOUT ROWID;
CREATE TABLE review_figures (
  year TEXT PRIMARY KEY, opinions INTEGER NOT NULL, in_time INTEGER, late INTEGER,
  agree INTEGER, investigate INTEGER, no_decision INTEGER, change INTEGER, correct INTEGER, transfer INTEGER
) WITHOUT ROWID;
CREATE TABLE record_kinds (
  name TEXT PRIMARY KEY, label TEXT NOT NULL, summary TEXT, folder TEXT, position INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE records (
  sort INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL REFERENCES record_kinds(name),
  department TEXT NOT NULL REFERENCES departments(key),
  department_name TEXT NOT NULL,
  region TEXT NOT NULL REFERENCES regions(code),
  title TEXT NOT NULL, number TEXT, act TEXT, item TEXT,
  standing TEXT NOT NULL, validity TEXT, valid_to TEXT,
  effective_from TEXT NOT NULL, effective_to TEXT,
  first_published_on TEXT NOT NULL, updated_on TEXT NOT NULL,
  second_body TEXT, second_on TEXT,
  outdated_since TEXT, outdated_why TEXT,
  corrected INTEGER NOT NULL DEFAULT 0,
  history TEXT NOT NULL DEFAULT '[]',
  content TEXT NOT NULL,
  digest TEXT NOT NULL
);
CREATE TABLE attachments (sha256 TEXT PRIMARY KEY, type TEXT NOT NULL, size INTEGER NOT NULL, body BLOB NOT NULL);
CREATE TABLE record_files (
  sort INTEGER NOT NULL REFERENCES records(sort), position INTEGER NOT NULL, label TEXT NOT NULL, name TEXT NOT NULL,
  sha256 TEXT NOT NULL REFERENCES attachments(sha256), PRIMARY KEY (sort, position)
) WITHOUT ROWID;
"""
_BEHIND_ROWS = """
CREATE INDEX decisions_kind ON decisions (kind, sort);
CREATE INDEX decisions_department ON decisions (department, kind, sort);
CREATE INDEX decisions_of_department ON decisions (department, sort);
CREATE INDEX decisions_region ON decisions (region, sort);
CREATE INDEX decisions_published ON decisions (first_published_on, kind, updated_on, id, department, digest);
CREATE INDEX decisions_item ON decisions (item, sort) WHERE item IS NOT NULL;
CREATE INDEX random_inspection_plan ON random_inspection (plan_name, sort) WHERE plan_name IS NOT NULL;
CREATE INDEX decisions_decided ON decisions (decided_on);
CREATE INDEX parties_uscc ON parties (uscc, sort) WHERE type = '法人及非法人组织' AND uscc IS NOT NULL;
CREATE INDEX organisations_core ON organisations (core);
CREATE INDEX organisations_pinyin ON organisations (pinyin);
CREATE INDEX organisations_initials ON organisations (initials);
CREATE INDEX notices_withdrawn ON notices (withdrawn_on, sort);
CREATE INDEX notices_in_sitemap ON notices (withdrawn_on, sort) WHERE in_sitemap = 1;
CREATE INDEX records_kind ON records (kind, department, standing, number);
CREATE INDEX records_department ON records (department, kind, standing);
CREATE INDEX records_item ON records (item) WHERE item IS NOT NULL;
CREATE INDEX record_files_sha ON record_files (sha256);
"""
# `help` are the sections of the narrative pages, for the search.
#
# `names` is JSON [{"name", "since"}]; `own` JSON {field: text} of the EITHER fields in which parties differ;
# `held_fields` JSON list of field names whose text waits for a reviewer; `earlier` = 历史数据补录;
# `due_text` is the term in words; `digest` covers everything of the decision that a page can show;
# `history` JSON [{"on", "event", "fields"}], oldest first: event publish, correct, change or restore, labels of the
# public fields that differ from the version before, never a value.
#
# A notice has its decision's `sort` and `id`, so that it stands at the same address (行政处罚法 48): department, 文号,
# dates, the ending instrument and the reason, nothing of party, facts, class or amount. `notice_until` is the last day
# of the original's retention; `in_sitemap` says that it came within the last 30 days.
#
# `tags`, `facets`, `laws`, `acts` and `organisations` are worked out from the rows (gongshi/records/keys.py) and kept
# with them (tallies.py). `tags` says of each decision in a few bytes what hits are counted and ordered by: its cell of
# `facets`, its amount in fen, its item and the laws it cites (ids, joined by blanks). `facets` is how many decisions
# there are of each combination of what a search can be narrowed by; `cell` is a hash of these, `year` that of the
# decision, several `classes` or kinds of `party` are joined by blanks, `state` is "1" for a licence in force, "0" for
# an ended one. `acts` is what decisions are about: an item of a department's list (`id` its mark, `name` its code) or
# what is written in them, `organisations` the legal persons that have a unified code: with how many decisions, and the
# place of the newest; `core` is what tells its name from others (gongshi/records/organisations.py), `pinyin` and
# `initials` how that is read.
#
# `in_force` is NULL for any kind but a licence; the day decides it (wall.py), so it is no news in `history`.
#
# `figures` is counted from the rows of this file alone (figures.py); `late` is NULL unless the city shows it; its
# `updated_on` is the latest of the decisions that `published` counts, empty where there is none. `figures_more` tells
# those decisions apart: `what` is class (of penalties, the heaviest of each) or outcome (of inspections), `value` its
# heading. `review_figures` are legal reviews by year, none unless the city publishes them; NULL for a small number and
# for what would tell it (gongshi/records/review_figures.py).
#
# `item` marks what belongs to one item of a department's list, and the decisions that were made under it.
#
# `records` are registers, lists, guides, boards and texts (publish/registry): the version that is in force today.
# `content` is JSON of the kind's public fields, a text each or a list of rows; `standing` in_force or ended, `validity`
# and `valid_to` of an officer's certificate; `second_body` and `second_on` are who reviewed it beside its own
# department (D22, D23), `outdated_since` and `outdated_why` what it should have followed by then (D25). Its `history`
# events have "from" and "to", too, and "former" where what was in force before may be shown. `attachments` are the
# files to which a row of `record_files` leads, and no others.

# `facet` is tokens.key_text of a decision's keys, of records public_record.facets: searches are narrowed by it.
# Records have an index of their own, so that no search of decisions gets slower.
_SEARCH = """
CREATE VIRTUAL TABLE decisions_fts USING fts5(
  number, party, content, facts, department, facet,
  content='', tokenize="unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'", detail=full
);
INSERT INTO decisions_fts(decisions_fts, rank) VALUES ('secure-delete', 1);
CREATE VIRTUAL TABLE records_fts USING fts5(
  number, title, content, department, facet,
  content='', tokenize="unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'", detail=full
);
INSERT INTO records_fts(records_fts, rank) VALUES ('secure-delete', 1);
"""


@cache
def own_columns(kind: str) -> tuple[str, ...]:
    """The columns of a kind's own table: its public fields that not every kind has."""
    return tuple(field.name for field in DECISION_KINDS[kind].own_public_fields)


def table_statements() -> Iterator[str]:
    """The scripts that make the tables of an empty public.db, and its search."""
    yield _TABLES
    for kind in DECISION_KINDS:
        columns = "".join(f", {name} TEXT" for name in own_columns(kind))
        yield f"CREATE TABLE {kind} (sort INTEGER PRIMARY KEY REFERENCES decisions(sort){columns});"
    yield _SEARCH


def behind_statements() -> Iterator[str]:
    """The scripts that make what tables need once rows are in them: whoever fills them all is faster without it."""
    yield _BEHIND_ROWS


def statements() -> Iterator[str]:
    """The scripts that make an empty public.db."""
    yield from table_statements()
    yield from behind_statements()
