-- SPDX-License-Identifier: AGPL-3.0-or-later
SELECT state, count(*), sum(size), sum(action = 'convert' AND verdict IS NOT NULL), sum(retryable)
FROM item
WHERE job_id = ?1
GROUP BY state;
