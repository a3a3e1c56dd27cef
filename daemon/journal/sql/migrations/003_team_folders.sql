-- SPDX-License-Identifier: AGPL-3.0-or-later
-- What a job did to team folders and to the groups that they need. Words (act, state) are spelled as
-- daemon/journal/row_words.hpp spells them; folder_id is the server's, 0 until it is known.
CREATE TABLE team_change (
  id          INTEGER PRIMARY KEY,
  job_id      INTEGER NOT NULL REFERENCES job (id) ON DELETE CASCADE,
  folder      TEXT NOT NULL,
  act         TEXT NOT NULL,
  subject     TEXT NOT NULL,
  path        TEXT NOT NULL,
  permissions INTEGER NOT NULL,
  text        TEXT NOT NULL,
  state       TEXT NOT NULL,
  folder_id   INTEGER NOT NULL,
  reasons     TEXT NOT NULL,
  -- Applying again writes the same line anew.
  UNIQUE (job_id, folder, act, subject, path)
) STRICT;
