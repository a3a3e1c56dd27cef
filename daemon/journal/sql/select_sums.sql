-- SPDX-License-Identifier: AGPL-3.0-or-later
SELECT what, items, bytes, converted, retryable FROM ledger_sum WHERE job_id = ?1;
