-- SPDX-License-Identifier: AGPL-3.0-or-later
SELECT id, source_path, kind, product, size, crc32, modified, created, starred, permissions, part, entry, action, target,
       kept_target, original_target, existing, reasons, state, verdict, retryable, replaces, moves,
       former_path
FROM item
WHERE id = ?1;
