-- SPDX-License-Identifier: AGPL-3.0-or-later
SELECT name, team_id, members
FROM made_team
WHERE job_id = ?1
ORDER BY name;
