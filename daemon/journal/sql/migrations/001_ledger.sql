-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Words (phase, state, action, ...) are spelled as core/words.hpp spells them; times are seconds since 1970 UTC;
-- reasons are JSON arrays of {"code", "parameters"}.

CREATE TABLE job (
  id                 INTEGER PRIMARY KEY,
  export_fingerprint TEXT NOT NULL,
  server_url         TEXT NOT NULL,
  user_id            TEXT NOT NULL,
  destination        TEXT NOT NULL,
  choices            TEXT NOT NULL,
  export_kind        TEXT NOT NULL,
  export_name        TEXT NOT NULL,
  export_paths       TEXT NOT NULL,
  problems           TEXT NOT NULL,
  need_bytes         INTEGER NOT NULL,
  access             TEXT NOT NULL,
  phase              TEXT NOT NULL,
  stopped_by         TEXT,
  created_at         INTEGER NOT NULL,
  updated_at         INTEGER NOT NULL
) STRICT;

-- "Is this export already on its way to this place?" is asked at every start.
CREATE INDEX job_by_key ON job (export_fingerprint, server_url, user_id, destination);

CREATE TABLE item (
  id              INTEGER PRIMARY KEY,
  job_id          INTEGER NOT NULL REFERENCES job (id) ON DELETE CASCADE,
  source_path     TEXT NOT NULL,
  kind            TEXT NOT NULL,
  product         TEXT NOT NULL,
  size            INTEGER NOT NULL,
  crc32           INTEGER,
  modified        INTEGER,
  created         INTEGER,
  starred         INTEGER NOT NULL,
  permissions     TEXT NOT NULL,
  part            INTEGER NOT NULL,
  entry           INTEGER NOT NULL,
  action          TEXT NOT NULL,
  target          TEXT NOT NULL,
  kept_target     TEXT NOT NULL,
  original_target TEXT NOT NULL,
  existing        TEXT NOT NULL,
  reasons         TEXT NOT NULL,
  verdict         TEXT,
  state           TEXT NOT NULL,
  retryable       INTEGER NOT NULL DEFAULT 0
) STRICT;

-- The pipeline and the reports page through a job's items in the order of ids.
CREATE INDEX item_by_job ON item (job_id, id);

-- The files that an item has, or is about to have, on the server; a row is written before the first byte leaves.
CREATE TABLE upload (
  item_id      INTEGER NOT NULL REFERENCES item (id) ON DELETE CASCADE,
  role         TEXT NOT NULL,
  state        TEXT NOT NULL,
  target       TEXT NOT NULL,
  method       TEXT NOT NULL,
  upload_id    TEXT NOT NULL,
  scratch_file TEXT NOT NULL,
  size         INTEGER NOT NULL,
  sha256       TEXT NOT NULL,
  etag         TEXT NOT NULL,
  file_id      TEXT NOT NULL,
  verified_by  TEXT NOT NULL,
  PRIMARY KEY (item_id, role)
) STRICT, WITHOUT ROWID;

-- A later export asks, file by file, what became of the same path before.
CREATE INDEX item_by_source ON item (source_path);
