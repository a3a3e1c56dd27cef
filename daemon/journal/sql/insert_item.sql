-- SPDX-License-Identifier: AGPL-3.0-or-later
INSERT INTO item (job_id, source_path, kind, product, size, crc32, modified, created, starred, permissions, part, entry, action,
                  target, kept_target, original_target, existing, reasons, state, replaces, moves,
                  former_path)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22);
