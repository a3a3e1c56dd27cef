-- SPDX-License-Identifier: AGPL-3.0-or-later
-- A page of a job's ledger. ?3: JSON array of states, ?4: reason code, ?5: verdict; empty means any. ?6: a text somewhere in the
-- source path or a target, in lower case; ?7: a folder of the export, with the slash at its end.
SELECT id, source_path, kind, product, size, crc32, modified, created, starred, permissions, part, entry, action, target,
       kept_target, original_target, existing, reasons, state, verdict, retryable, replaces, moves,
       former_path
FROM item
WHERE job_id = ?1 AND id > ?2
  AND (?3 = '[]' OR state IN (SELECT value FROM json_each(?3)))
  AND (?4 = '' OR EXISTS (SELECT 1 FROM json_each(item.reasons) WHERE json_extract(value, '$.code') = ?4))
  AND (?5 = '' OR verdict = ?5)
  AND (?6 = '' OR contains_text(source_path, ?6) OR contains_text(target, ?6))
  AND (?7 = '' OR substr(source_path, 1, length(?7)) = ?7)
ORDER BY id
LIMIT ?8;
