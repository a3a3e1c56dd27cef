-- SPDX-License-Identifier: AGPL-3.0-or-later
-- The sums of each ledger, kept by the triggers below whoever writes: adding up 200,000 lines takes half a second, and every page that
-- is open asks for them. what: a state of items, or 'arrived', for the files on the server. converted and retryable count lines.
CREATE TABLE ledger_sum (
  job_id    INTEGER NOT NULL REFERENCES job (id) ON DELETE CASCADE,
  what      TEXT NOT NULL,
  items     INTEGER NOT NULL DEFAULT 0,
  bytes     INTEGER NOT NULL DEFAULT 0,
  converted INTEGER NOT NULL DEFAULT 0,
  retryable INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (job_id, what)
) STRICT, WITHOUT ROWID;

-- A page of the few lines that failed, or of those that are left to do, without reading the others.
CREATE INDEX item_by_state ON item (job_id, state);

INSERT INTO ledger_sum (job_id, what)
SELECT job.id, value FROM job, json_each('["planned", "converted", "uploaded", "done", "skipped", "failed", "arrived"]');

UPDATE ledger_sum
SET items = sums.items, bytes = sums.bytes, converted = sums.converted, retryable = sums.retryable
FROM (SELECT job_id, state, count(*) AS items, sum(size) AS bytes, sum(action = 'convert' AND verdict IS NOT NULL) AS converted,
             sum(retryable) AS retryable
      FROM item
      GROUP BY job_id, state) AS sums
WHERE ledger_sum.job_id = sums.job_id AND ledger_sum.what = sums.state;

UPDATE ledger_sum
SET items = sums.items, bytes = sums.bytes
FROM (SELECT item.job_id, count(*) AS items, sum(upload.size) AS bytes
      FROM upload
      JOIN item ON item.id = upload.item_id
      WHERE upload.state = 'arrived'
      GROUP BY item.job_id) AS sums
WHERE ledger_sum.job_id = sums.job_id AND ledger_sum.what = 'arrived';

CREATE TRIGGER sums_of_new_job AFTER INSERT ON job BEGIN
  INSERT INTO ledger_sum (job_id, what)
  SELECT new.id, value FROM json_each('["planned", "converted", "uploaded", "done", "skipped", "failed", "arrived"]');
END;

CREATE TRIGGER sums_with_new_item AFTER INSERT ON item BEGIN
  UPDATE ledger_sum
  SET items = items + 1, bytes = bytes + new.size, converted = converted + (new.action = 'convert' AND new.verdict IS NOT NULL),
      retryable = retryable + new.retryable
  WHERE job_id = new.job_id AND what = new.state;
END;

CREATE TRIGGER sums_with_changed_item AFTER UPDATE OF state, size, action, verdict, retryable ON item BEGIN
  UPDATE ledger_sum
  SET items = items - 1, bytes = bytes - old.size, converted = converted - (old.action = 'convert' AND old.verdict IS NOT NULL),
      retryable = retryable - old.retryable
  WHERE job_id = old.job_id AND what = old.state;
  UPDATE ledger_sum
  SET items = items + 1, bytes = bytes + new.size, converted = converted + (new.action = 'convert' AND new.verdict IS NOT NULL),
      retryable = retryable + new.retryable
  WHERE job_id = new.job_id AND what = new.state;
END;

-- Before: its files go with it, and then nobody knows any more whose they were.
CREATE TRIGGER sums_without_item BEFORE DELETE ON item BEGIN
  UPDATE ledger_sum
  SET items = items - 1, bytes = bytes - old.size, converted = converted - (old.action = 'convert' AND old.verdict IS NOT NULL),
      retryable = retryable - old.retryable
  WHERE job_id = old.job_id AND what = old.state;
  DELETE FROM upload WHERE item_id = old.id;
END;

CREATE TRIGGER sums_with_new_upload AFTER INSERT ON upload WHEN new.state = 'arrived' BEGIN
  UPDATE ledger_sum
  SET items = items + 1, bytes = bytes + new.size
  WHERE job_id = (SELECT job_id FROM item WHERE id = new.item_id) AND what = 'arrived';
END;

CREATE TRIGGER sums_with_changed_upload AFTER UPDATE OF state, size ON upload WHEN old.state = 'arrived' OR new.state = 'arrived' BEGIN
  UPDATE ledger_sum
  SET items = items - (old.state = 'arrived') + (new.state = 'arrived'),
      bytes = bytes - iif(old.state = 'arrived', old.size, 0) + iif(new.state = 'arrived', new.size, 0)
  WHERE job_id = (SELECT job_id FROM item WHERE id = new.item_id) AND what = 'arrived';
END;

CREATE TRIGGER sums_without_upload AFTER DELETE ON upload WHEN old.state = 'arrived' BEGIN
  UPDATE ledger_sum
  SET items = items - 1, bytes = bytes - old.size
  WHERE job_id = (SELECT job_id FROM item WHERE id = old.item_id) AND what = 'arrived';
END;

-- What is to be done next is asked for whenever something has changed.
CREATE INDEX service_job_wanted ON service_job (job_id) WHERE task <> 'none' AND wish = 'go';
