-- Exclusions of a service's SLOs, or of some regions, joined by commas; and what a second person
-- decided, once: approved or rejected.
ALTER TABLE sla_exclusion
  ADD COLUMN service    text NOT NULL DEFAULT '',
  ADD COLUMN regions    text NOT NULL DEFAULT '',
  ADD COLUMN decision   text CHECK (decision IN ('approved', 'rejected')),
  ADD COLUMN decided_by text,
  ADD COLUMN decided_at timestamptz;
