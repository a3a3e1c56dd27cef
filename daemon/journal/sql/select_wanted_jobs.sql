-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Those with something to do that is wanted, the oldest first.
SELECT job_id FROM service_job WHERE task <> 'none' AND wish = 'go' ORDER BY job_id;
