-- SPDX-License-Identifier: AGPL-3.0-or-later
UPDATE bridge SET login = ?2, sealed_password = ?3, automatic = ?4 WHERE id = ?1;
