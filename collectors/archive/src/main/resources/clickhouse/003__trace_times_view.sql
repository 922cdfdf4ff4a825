-- Its target has the same de-duplication window as spans: without it a retry would be pushed twice.
CREATE MATERIALIZED VIEW IF NOT EXISTS trace_times_view TO trace_times AS
SELECT tenant, trace_id, toDate(appended_at) AS appended_on, min(end) AS first_end, max(end) AS last_end
FROM spans
GROUP BY tenant, trace_id, appended_on
