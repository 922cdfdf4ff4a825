-- The policy as it was when the run began, and the step that the incident stands on.
CREATE TABLE incident_escalation (
  incident   bigint  NOT NULL,
  run        integer NOT NULL,
  policy     text    NOT NULL,
  first_loop integer NOT NULL,
  step       integer NOT NULL,
  PRIMARY KEY (incident, run)
);
