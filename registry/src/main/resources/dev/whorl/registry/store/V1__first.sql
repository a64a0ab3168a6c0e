-- Times are milliseconds since 1970, UTC. Payloads are the exact signed bytes, as text.

CREATE TABLE printers (
  id         TEXT PRIMARY KEY,
  first_seen BIGINT NOT NULL
);

-- A key speaks for one printer, ever. state: pending, active, replaced, rejected.
CREATE TABLE keys (
  id         TEXT PRIMARY KEY,
  printer    TEXT NOT NULL REFERENCES printers (id),
  public_key TEXT NOT NULL,
  state      TEXT NOT NULL,
  since      BIGINT NOT NULL
);
CREATE INDEX keys_printer ON keys (printer);

-- One-time enrolment tokens. The secret itself is kept: the proof is an HMAC under it.
CREATE TABLE tokens (
  secret     TEXT PRIMARY KEY,
  printer    TEXT NOT NULL,
  not_after  BIGINT NOT NULL,
  used_by    TEXT
);
CREATE INDEX tokens_printer ON tokens (printer);

-- Everything acknowledged as stored, so that the same digest gets the same receipt again
-- and a number is never used twice.
CREATE TABLE messages (
  digest   TEXT PRIMARY KEY,
  topic    TEXT NOT NULL,
  printer  TEXT NOT NULL,
  key_id   TEXT NOT NULL,
  boot_id  TEXT NOT NULL,
  seq      BIGINT NOT NULL,
  received BIGINT NOT NULL,
  UNIQUE (key_id, boot_id, seq)
);

CREATE TABLE fingerprints (
  digest   TEXT PRIMARY KEY REFERENCES messages (digest),
  printer  TEXT NOT NULL REFERENCES printers (id),
  run      TEXT NOT NULL,
  taken    BIGINT NOT NULL,
  received BIGINT NOT NULL,
  json     TEXT NOT NULL,
  envelope TEXT NOT NULL
);
CREATE INDEX fingerprints_printer ON fingerprints (printer, received);

CREATE TABLE events (
  digest   TEXT PRIMARY KEY REFERENCES messages (digest),
  printer  TEXT NOT NULL REFERENCES printers (id),
  kind     TEXT NOT NULL,
  received BIGINT NOT NULL,
  envelope TEXT NOT NULL
);

-- kind: first (kept for ever) or latest.
CREATE TABLE templates (
  printer TEXT NOT NULL REFERENCES printers (id),
  kind    TEXT NOT NULL,
  digest  TEXT NOT NULL,
  json    TEXT NOT NULL,
  PRIMARY KEY (printer, kind)
);

CREATE TABLE verdicts (
  digest    TEXT PRIMARY KEY REFERENCES fingerprints (digest),
  printer   TEXT NOT NULL REFERENCES printers (id),
  judged    BIGINT NOT NULL,
  json      TEXT NOT NULL,
  published INTEGER NOT NULL
);
CREATE INDEX verdicts_printer ON verdicts (printer, judged);

-- The latest refusals, for people. Bounded by the code.
CREATE TABLE dead_letters (
  id       INTEGER PRIMARY KEY,
  received BIGINT NOT NULL,
  topic    TEXT NOT NULL,
  reason   TEXT NOT NULL,
  detail   TEXT NOT NULL,
  digest   TEXT NOT NULL,
  head     TEXT NOT NULL
);
