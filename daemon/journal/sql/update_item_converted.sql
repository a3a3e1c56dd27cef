-- SPDX-License-Identifier: AGPL-3.0-or-later
UPDATE item SET verdict = ?2 WHERE id = ?1;
