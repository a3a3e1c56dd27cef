-- SPDX-License-Identifier: AGPL-3.0-or-later
SELECT principal, decision, target
FROM person_decision
WHERE server_url = ?1
ORDER BY principal;
