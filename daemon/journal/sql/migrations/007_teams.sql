-- SPDX-License-Identifier: AGPL-3.0-or-later
-- The groups that the export lists with their members: [{"name":"…","email":"…","members":[{"group":false,"email":"…"}]}].
ALTER TABLE job ADD COLUMN export_groups TEXT NOT NULL DEFAULT '[]';
-- What to share once the files are there, as whoever made the job wrote it; empty: nothing.
ALTER TABLE job ADD COLUMN share_order TEXT NOT NULL DEFAULT '';
-- How a recipient is shown whose id nobody knows by heart: a Team's name.
ALTER TABLE share ADD COLUMN recipient_name TEXT NOT NULL DEFAULT '';

-- The Teams (app circles) that a job made: who is in one that somebody else made is nobody's business here. team_id is the server's,
-- empty until it is known; members are the accounts that the job put in, a JSON array.
CREATE TABLE made_team (
  job_id  INTEGER NOT NULL REFERENCES job (id) ON DELETE CASCADE,
  name    TEXT NOT NULL,
  team_id TEXT NOT NULL,
  members TEXT NOT NULL,
  PRIMARY KEY (job_id, name)
) STRICT, WITHOUT ROWID;
