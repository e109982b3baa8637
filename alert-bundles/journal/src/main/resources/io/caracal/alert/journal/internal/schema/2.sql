-- What the operator does not want alerts about. Empty text and NULL: any. Times are milliseconds.
CREATE TABLE exclusion (
  id          INTEGER PRIMARY KEY AUTOINCREMENT, -- a number is never given twice
  detector    TEXT NOT NULL,
  class       TEXT NOT NULL,
  source      TEXT NOT NULL,
  destination TEXT NOT NULL,
  ports       TEXT NOT NULL,
  direction   TEXT NOT NULL,
  vlan        INTEGER,
  comment     TEXT NOT NULL,
  author      TEXT NOT NULL,
  created     INTEGER NOT NULL,
  expires     INTEGER,
  hits        INTEGER NOT NULL DEFAULT 0,
  last_hit    INTEGER
) STRICT;

-- Some detections of each alert, to try exclusions against. Addresses as the halves that flows have.
CREATE TABLE sample (
  alert            TEXT NOT NULL,
  time             INTEGER NOT NULL, -- packet time, ns
  class            TEXT NOT NULL,
  detector         TEXT NOT NULL,
  ipv6             INTEGER NOT NULL,
  source_high      INTEGER NOT NULL,
  source_low       INTEGER NOT NULL,
  source_port      INTEGER NOT NULL,
  destination_high INTEGER NOT NULL,
  destination_low  INTEGER NOT NULL,
  destination_port INTEGER NOT NULL,
  protocol         INTEGER NOT NULL,
  vlan             INTEGER NOT NULL
) STRICT;
CREATE INDEX sample_of_alert ON sample (alert);
CREATE INDEX sample_at ON sample (time);

-- Detections of an alert that are not among them.
CREATE TABLE unsampled (
  alert TEXT PRIMARY KEY,
  flows INTEGER NOT NULL
) STRICT;
