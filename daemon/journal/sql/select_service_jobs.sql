-- SPDX-License-Identifier: AGPL-3.0-or-later
-- One by id where ?1 is not null; else those of ?2, or of everybody where that is empty. Newest first.
SELECT job_id, owner, parts, delta, login, sealed_password, wish, task, task_text, free_bytes, accesses, version, workspace,
       inbox_of
FROM service_job
WHERE (?1 IS NULL OR job_id = ?1) AND (?2 = '' OR owner = ?2)
ORDER BY job_id DESC;
