-- SPDX-License-Identifier: AGPL-3.0-or-later
DELETE FROM bridge WHERE id = ?1;
