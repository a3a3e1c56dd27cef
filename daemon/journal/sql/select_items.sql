-- SPDX-License-Identifier: AGPL-3.0-or-later
-- A page of a job's ledger. ?3: reason code, ?4: verdict; empty means any. ?5: a text somewhere in the source path or a target, in
-- lower case; ?6: a folder of the export, with the slash at its end. Most lines have no reasons: a look at the text spares their JSON.
SELECT id, source_path, kind, product, size, crc32, modified, created, starred, permissions, part, entry, action, target,
       kept_target, original_target, existing, reasons, state, verdict, retryable, replaces, moves,
       former_path
FROM item
WHERE job_id = ?1 AND id > ?2
  AND (?3 = '' OR (instr(reasons, ?3) AND EXISTS (SELECT 1 FROM json_each(item.reasons) WHERE json_extract(value, '$.code') = ?3)))
  AND (?4 = '' OR verdict = ?4)
  AND (?5 = '' OR contains_text(source_path, ?5) OR contains_text(target, ?5))
  AND (?6 = '' OR substr(source_path, 1, length(?6)) = ?6)
ORDER BY id
LIMIT ?7;
