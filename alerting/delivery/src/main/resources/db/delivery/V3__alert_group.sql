-- sequence is that of the last event told; the row's lock orders the group's changes.
CREATE TABLE alert_group (
  tenant    text   NOT NULL,
  group_key text   NOT NULL,
  sequence  bigint NOT NULL,
  PRIMARY KEY (tenant, group_key)
);
