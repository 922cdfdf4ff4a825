-- Vanished traffic is a row with policy 'vanished': total_in_long_window events came in five minutes
-- in which so many were expected. Rows of burns have 0.
ALTER TABLE burns ADD COLUMN IF NOT EXISTS expected Int64 DEFAULT 0 AFTER total_in_long_window
