-- SPDX-License-Identifier: AGPL-3.0-or-later
SELECT name, state, job_id, started FROM bridge_export WHERE bridge_id = ?1 ORDER BY job_id;
