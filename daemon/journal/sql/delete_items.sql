-- SPDX-License-Identifier: AGPL-3.0-or-later
DELETE FROM item WHERE job_id = ?1;
