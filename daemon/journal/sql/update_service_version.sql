-- SPDX-License-Identifier: AGPL-3.0-or-later
UPDATE service_job SET version = ?2 WHERE job_id = ?1 AND version < ?2;
