-- SPDX-License-Identifier: AGPL-3.0-or-later
DELETE FROM person_decision WHERE server_url = ?1 AND principal = ?2;
