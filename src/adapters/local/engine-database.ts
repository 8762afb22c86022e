import { existsSync, renameSync, rmSync } from 'node:fs';
import sqlite from 'node-sqlite3-wasm';

/** What a stream keeps although it is older than a day, for consumers that were stopped: records of each table. */
const KEPT_RECORDS = 100_000;
const TRIM_EVERY = 997;
const TRIM_AT_MOST = 2_000;
const DAY_S = 24 * 60 * 60;

// The table is word for word dynoxide's own (1.2.1), which creates it where it is missing, and without any index: writes
// look for a table's highest sequence number, readers for the next ones, and both would read the whole table.
const SCHEMA = `
  CREATE TABLE _stream_records (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    table_name TEXT NOT NULL,
    event_name TEXT NOT NULL,
    keys_json TEXT NOT NULL,
    new_image TEXT,
    old_image TEXT,
    sequence_number TEXT NOT NULL,
    shard_id TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    user_identity TEXT
  );
  CREATE INDEX registry_stream_order ON _stream_records (table_name, CAST(sequence_number AS INTEGER));
  CREATE INDEX registry_stream_shard
    ON _stream_records (table_name, shard_id, CAST(sequence_number AS INTEGER), sequence_number);
  CREATE INDEX registry_stream_age ON _stream_records (created_at);
  -- A stream keeps a day, as in AWS. A table's newest record is never trimmed: its numbers go on from there.
  CREATE TRIGGER registry_stream_trim AFTER INSERT ON _stream_records WHEN NEW.id % ${TRIM_EVERY} = 0
  BEGIN
    DELETE FROM _stream_records WHERE id IN (
      SELECT id FROM _stream_records
      WHERE table_name = NEW.table_name
        AND CAST(sequence_number AS INTEGER) < CAST(NEW.sequence_number AS INTEGER) - ${KEPT_RECORDS}
        AND created_at < NEW.created_at - ${DAY_S}
      ORDER BY CAST(sequence_number AS INTEGER)
      LIMIT ${TRIM_AT_MOST});
  END;
`;

/**
 * Creates the engine's database file, with indexes on its stream records, unless there is one. Being killed half-way
 * leaves no file.
 */
export function prepareEngineDatabase(file: string): void {
  if (existsSync(file)) return;
  const half = `${file}.new`;
  for (const leftover of [half, `${half}-journal`]) rmSync(leftover, { force: true });
  // The wasm build locks by folders of this name, and a killed process leaves its lock behind.
  rmSync(`${half}.lock`, { force: true, recursive: true });
  const database = new sqlite.Database(half);
  try {
    database.exec(SCHEMA);
  } finally {
    database.close();
  }
  renameSync(half, file);
}
