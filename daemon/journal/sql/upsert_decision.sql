-- SPDX-License-Identifier: AGPL-3.0-or-later
INSERT INTO person_decision (server_url, principal, decision, target)
VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (server_url, principal) DO UPDATE SET decision = excluded.decision, target = excluded.target;
