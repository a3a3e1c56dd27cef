-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Jobs that an administrator began together, one for each account of a Workspace export: its name, and in whose inbox it and the parts
-- lie. Both are empty for all other jobs, whose parts lie in their owner's inbox.
ALTER TABLE service_job ADD COLUMN workspace TEXT NOT NULL DEFAULT '';
ALTER TABLE service_job ADD COLUMN inbox_of TEXT NOT NULL DEFAULT '';
