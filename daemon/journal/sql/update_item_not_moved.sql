-- SPDX-License-Identifier: AGPL-3.0-or-later
-- What could not be moved travels as if it were new.
UPDATE item
SET action = CASE original_target WHEN '' THEN 'upload' ELSE 'convert' END, moves = ''
WHERE id = ?1;
