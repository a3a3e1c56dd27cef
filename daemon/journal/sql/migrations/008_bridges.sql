-- SPDX-License-Identifier: AGPL-3.0-or-later
-- An account whose new exports are brought over as they come: what the migration was (choices are text as in job), and with which app
-- password. job_id is the migration it began with, which may be forgotten.
CREATE TABLE bridge (
  id              INTEGER PRIMARY KEY,
  owner           TEXT NOT NULL,
  job_id          INTEGER NOT NULL,
  export_kind     TEXT NOT NULL,
  choices         TEXT NOT NULL,
  login           TEXT NOT NULL,
  sealed_password BLOB NOT NULL,
  automatic       INTEGER NOT NULL,
  created_at      INTEGER NOT NULL DEFAULT (unixepoch())
) STRICT;

-- What came by it. state tells the same bytes again: an export that changes afterwards is another one.
CREATE TABLE bridge_export (
  bridge_id INTEGER NOT NULL REFERENCES bridge (id) ON DELETE CASCADE,
  name      TEXT NOT NULL,
  state     TEXT NOT NULL,
  job_id    INTEGER NOT NULL,
  started   INTEGER NOT NULL,
  PRIMARY KEY (bridge_id, name, state)
) STRICT, WITHOUT ROWID;
