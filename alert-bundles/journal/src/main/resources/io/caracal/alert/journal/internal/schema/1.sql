-- What was to be told, in order. Times in packet time are nanoseconds, others milliseconds since 1970 UTC.
CREATE TABLE event (
  sequence   INTEGER PRIMARY KEY,
  type       TEXT NOT NULL,    -- alert or drift
  time       INTEGER NOT NULL, -- packet time, ns
  journalled INTEGER NOT NULL, -- ms
  alert      TEXT,             -- the columns from here to attacker are an alert's
  revision   INTEGER,
  state      TEXT,
  class      TEXT,
  severity   INTEGER,
  attacker   TEXT,
  reason     TEXT NOT NULL DEFAULT '', -- why the journal closed the alert itself
  body       TEXT NOT NULL     -- the whole event as JSON
) STRICT;
CREATE INDEX event_of_alert ON event (alert, sequence);

-- Runs of the sensor; one that has no end was cut off.
CREATE TABLE run (
  id       INTEGER PRIMARY KEY,
  process  INTEGER NOT NULL, -- its number
  mode     TEXT NOT NULL,
  started  INTEGER NOT NULL,
  ended    INTEGER
) STRICT;

-- How far each sink is.
CREATE TABLE sink (
  name      TEXT PRIMARY KEY,
  cursor    INTEGER NOT NULL,
  state     TEXT NOT NULL DEFAULT 'absent',
  since     INTEGER NOT NULL DEFAULT 0,
  error     TEXT NOT NULL DEFAULT '',
  delivered INTEGER NOT NULL DEFAULT 0,
  retried   INTEGER NOT NULL DEFAULT 0,
  left_out  INTEGER NOT NULL DEFAULT 0,
  aside     INTEGER NOT NULL DEFAULT 0,
  expired   INTEGER NOT NULL DEFAULT 0 -- removed by the retention before the sink got them
) STRICT;

-- What a sink can never take, and why.
CREATE TABLE aside (
  sink     TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  reason   TEXT NOT NULL,
  at       INTEGER NOT NULL,
  body     TEXT NOT NULL,
  PRIMARY KEY (sink, sequence)
) STRICT;

-- What analysts found of alerts.
CREATE TABLE verdict (
  alert   TEXT PRIMARY KEY,
  attack  INTEGER NOT NULL, -- 1: the alert was right
  comment TEXT NOT NULL,
  at      INTEGER NOT NULL
) STRICT;
