-- Where delivery goes on in slo.burn: written in the transaction that stores the alerts.
CREATE TABLE burn_offset (
  topic       text    NOT NULL,
  partition   integer NOT NULL,
  next_offset bigint  NOT NULL,
  PRIMARY KEY (topic, partition)
);
