-- SPDX-License-Identifier: AGPL-3.0-or-later
-- The document takes its kept place as it is.
UPDATE item SET verdict = 'kept', action = 'upload', target = kept_target, original_target = '' WHERE id = ?1;
