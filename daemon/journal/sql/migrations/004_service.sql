-- SPDX-License-Identifier: AGPL-3.0-or-later
-- What the daemon keeps of a job beside its ledger. Words (wish, task) are spelled as daemon/journal/row_words.hpp spells
-- them; parts is a JSON array of {"place", "path"}; sealed_password is empty once it is forgotten; accesses is the table
-- that a person corrected.
CREATE TABLE service_job (
  job_id          INTEGER PRIMARY KEY REFERENCES job (id) ON DELETE CASCADE,
  owner           TEXT NOT NULL,
  parts           TEXT NOT NULL,
  delta           INTEGER NOT NULL,
  login           TEXT NOT NULL,
  sealed_password BLOB NOT NULL,
  wish            TEXT NOT NULL,
  task            TEXT NOT NULL,
  task_text       TEXT NOT NULL,
  free_bytes      INTEGER,
  accesses        TEXT NOT NULL,
  version         INTEGER NOT NULL
) STRICT;

-- "My jobs" is asked every few seconds by every page that is open.
CREATE INDEX service_job_by_owner ON service_job (owner);

-- What an administrator changed while the daemon ran, and how far the numbers of events have come.
CREATE TABLE service_setting (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
