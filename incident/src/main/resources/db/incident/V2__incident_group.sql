-- Last event of delivery that was taken; the row's lock orders the group's events.
CREATE TABLE incident_group (
  tenant    text   NOT NULL,
  group_key text   NOT NULL,
  sequence  bigint NOT NULL,
  PRIMARY KEY (tenant, group_key)
);
