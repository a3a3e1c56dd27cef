-- SPDX-License-Identifier: AGPL-3.0-or-later
-- What a synchronisation does with a file that an earlier job brought. replaces: a JSON object, path -> the etag of the state whose
-- place the item's file takes. moves: a JSON array of {"role", "from", "to", "etag", "size", "sha256"}. former_path: the source path
-- that it had before. Empty where there is nothing to be said.
ALTER TABLE item ADD COLUMN replaces TEXT NOT NULL DEFAULT '';
ALTER TABLE item ADD COLUMN moves TEXT NOT NULL DEFAULT '';
ALTER TABLE item ADD COLUMN former_path TEXT NOT NULL DEFAULT '';
