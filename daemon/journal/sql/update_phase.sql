-- SPDX-License-Identifier: AGPL-3.0-or-later
UPDATE job SET phase = ?2, stopped_by = ?3, updated_at = unixepoch() WHERE id = ?1;
