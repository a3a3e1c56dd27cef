-- SPDX-License-Identifier: AGPL-3.0-or-later
UPDATE service_job
SET login = ?2, sealed_password = ?3, wish = ?4, task = ?5, task_text = ?6, free_bytes = ?7, accesses = ?8
WHERE job_id = ?1;
