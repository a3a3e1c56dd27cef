-- SPDX-License-Identifier: AGPL-3.0-or-later
-- The shares that a job wants, and what became of each. Words (recipient_kind, state) are spelled as
-- daemon/journal/row_words.hpp spells them; expires is YYYY-MM-DD; share_id is the server's, empty until it is known.
CREATE TABLE share (
  id             INTEGER PRIMARY KEY,
  job_id         INTEGER NOT NULL REFERENCES job (id) ON DELETE CASCADE,
  path           TEXT NOT NULL,
  recipient_kind TEXT NOT NULL,
  recipient      TEXT NOT NULL,
  permissions    INTEGER NOT NULL,
  may_download   INTEGER NOT NULL,
  expires        TEXT,
  note           TEXT NOT NULL,
  state          TEXT NOT NULL,
  share_id       TEXT NOT NULL,
  reasons        TEXT NOT NULL,
  -- Of a job, a path and a recipient there is one share: applying again writes the same line anew.
  UNIQUE (job_id, path, recipient_kind, recipient)
) STRICT;

-- Who the people of the exports are on a server, as a person decided: the next export need not ask again.
CREATE TABLE person_decision (
  server_url TEXT NOT NULL,
  principal  TEXT NOT NULL,
  decision   TEXT NOT NULL,
  target     TEXT NOT NULL,
  PRIMARY KEY (server_url, principal)
) STRICT, WITHOUT ROWID;
