-- SPDX-License-Identifier: AGPL-3.0-or-later
DELETE FROM share WHERE job_id = ?1 AND path = ?2 AND recipient_kind = ?3 AND recipient = ?4;
