BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'outbox','001_commands_and_settings','2026-11-22 16:53:14.461925+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'outbox','002_audit_heads','2026-11-26 07:20:00.000000+00:00');
CREATE TABLE audit_heads (
    room TEXT PRIMARY KEY, version INTEGER NOT NULL, head TEXT NOT NULL
) STRICT;
INSERT INTO "audit_heads" VALUES('mentors',7,'0f0f');
CREATE TABLE chain_breaks (
    room TEXT NOT NULL, version INTEGER NOT NULL, known TEXT NOT NULL, found TEXT NOT NULL,
    finding TEXT NOT NULL, at TEXT NOT NULL, kept_in TEXT NOT NULL,
    seen INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (room, version, known)
) STRICT
;
CREATE TABLE commands (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    n INTEGER,
    at TEXT NOT NULL,
    command TEXT NOT NULL,
    rooms TEXT NOT NULL,
    state TEXT NOT NULL,
    due TEXT,
    wait_s REAL NOT NULL DEFAULT 0,
    held INTEGER NOT NULL DEFAULT 0,
    versions TEXT,
    settled_at TEXT,
    code TEXT,
    message TEXT,
    data TEXT
) STRICT;
INSERT INTO "commands" VALUES(1,'0199aaaa-0000-7000-8000-000000000101',1,'2025-12-01T12:00:00.000Z','{"type":"schedule.cancel","id":"0199aaaa-0000-7000-8000-000000000b01","reason":"Reason 1."}','["student:a"]','acknowledged',NULL,0.0,0,'{"student:a":4}','2025-12-01T12:00:00.000Z',NULL,NULL,NULL);
INSERT INTO "commands" VALUES(2,'0199aaaa-0000-7000-8000-000000000102',2,'2025-12-01T12:00:00.000Z','{"type":"schedule.cancel","id":"0199aaaa-0000-7000-8000-000000000b01","reason":"Reason 2."}','["cohort:b"]','attention',NULL,0.0,0,NULL,'2025-12-01T12:00:00.000Z','overlap','Busy.','{"overlaps":[]}');
INSERT INTO "commands" VALUES(3,'0199aaaa-0000-7000-8000-000000000103',3,'2025-12-01T12:00:00.000Z','{"type":"schedule.cancel","id":"0199aaaa-0000-7000-8000-000000000b01","reason":"Reason 3."}','["cohort:b"]','pending',NULL,0.0,0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "commands" VALUES(4,'0199aaaa-0000-7000-8000-000000000104',NULL,'2025-12-01T12:00:00.000Z','{"type":"schedule.cancel","id":"0199aaaa-0000-7000-8000-000000000b01","reason":"Reason 4."}','["mentors"]','pending','2025-12-01T12:00:08.000Z',8.0,0,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE drafts (
    key TEXT PRIMARY KEY, body TEXT NOT NULL, updated_at TEXT NOT NULL
) STRICT;
INSERT INTO "drafts" VALUES('session','"Fir"','2025-12-01T12:00:00.000Z');
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT
;
INSERT INTO "meta" VALUES('client_id','"0199aaaa-0000-7000-8000-000000000001"');
INSERT INTO "meta" VALUES('user_id','"0199aaaa-0000-7000-8000-00000000000a"');
INSERT INTO "meta" VALUES('role','"mentor"');
INSERT INTO "meta" VALUES('relay_id','"relay-1"');
INSERT INTO "meta" VALUES('last_number','3');
CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
INSERT INTO "settings" VALUES('zoom','2');
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX commands_by_state ON commands (state, n, seq);
CREATE INDEX commands_by_n ON commands (n);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('commands',4);
COMMIT;
PRAGMA user_version = 2;
