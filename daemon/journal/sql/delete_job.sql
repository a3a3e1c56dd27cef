-- SPDX-License-Identifier: AGPL-3.0-or-later
DELETE FROM job WHERE id = ?1;
