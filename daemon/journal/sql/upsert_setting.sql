-- SPDX-License-Identifier: AGPL-3.0-or-later
INSERT INTO service_setting (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value;
