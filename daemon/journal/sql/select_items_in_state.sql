-- SPDX-License-Identifier: AGPL-3.0-or-later
-- As select_items.sql, of one state (?8).
SELECT id, source_path, kind, product, size, crc32, modified, created, starred, permissions, part, entry, action, target,
       kept_target, original_target, existing, reasons, state, verdict, retryable, replaces, moves,
       former_path
FROM item INDEXED BY item_by_state
WHERE job_id = ?1 AND state = ?8 AND id > ?2
  AND (?3 = '' OR (instr(reasons, ?3) AND EXISTS (SELECT 1 FROM json_each(item.reasons) WHERE json_extract(value, '$.code') = ?3)))
  AND (?4 = '' OR verdict = ?4)
  AND (?5 = '' OR contains_text(source_path, ?5) OR contains_text(target, ?5))
  AND (?6 = '' OR substr(source_path, 1, length(?6)) = ?6)
ORDER BY id
LIMIT ?7;
