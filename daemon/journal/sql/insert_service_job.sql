-- SPDX-License-Identifier: AGPL-3.0-or-later
INSERT INTO service_job (job_id, owner, parts, delta, login, sealed_password, wish, task, task_text, accesses, version, workspace,
                         inbox_of)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, '', 0, ?10, ?11);
