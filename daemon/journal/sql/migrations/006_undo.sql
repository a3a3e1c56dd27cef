-- SPDX-License-Identifier: AGPL-3.0-or-later
-- The topmost folders that were not on the server when the job was planned, a JSON array of paths: what undoing may take away, where
-- it is empty, lies in one of them.
ALTER TABLE job ADD COLUMN new_folders TEXT NOT NULL DEFAULT '[]';
