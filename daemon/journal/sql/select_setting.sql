-- SPDX-License-Identifier: AGPL-3.0-or-later
SELECT value FROM service_setting WHERE name = ?1;
