-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Only while it is as it was seen: those who change a job read it first.
UPDATE service_job
SET login = ?2, sealed_password = ?3, wish = ?4, task = ?5, task_text = ?6, free_bytes = ?7, accesses = ?8
WHERE job_id = ?1 AND login = ?9 AND sealed_password = ?10 AND wish = ?11 AND task = ?12 AND task_text = ?13 AND free_bytes IS ?14
  AND accesses = ?15;
