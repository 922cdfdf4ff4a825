// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.warehouse.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Rows of {@code spans} as the API shows them. */
final class TraceRows {

  private TraceRows() {}

  static Trace.Span span(Row row) {
    return new Trace.Span(
        row.text("span"),
        row.text("parent"),
        row.text("service"),
        row.text("operation"),
        row.text("kind_name"),
        row.text("status_name"),
        row.text("status_message"),
        Traces.instant(row.number("start_nanos")),
        row.number("duration_nanos"),
        row.text("region"),
        row.text("scope"),
        row.text("trace_state"),
        row.texts("resource"),
        row.texts("attributes"),
        events(row),
        links(row));
  }

  private static List<Trace.Event> events(Row row) {
    List<Long> times = row.list("event_nanos");
    List<String> names = row.list("event_name");
    List<Map<String, String>> attributes = row.list("event_attributes");
    List<Trace.Event> events = new ArrayList<>();
    for (int i = 0; i < times.size(); i++) {
      events.add(
          new Trace.Event(
              Traces.instant(times.get(i)), names.get(i), new TreeMap<>(attributes.get(i))));
    }
    return events;
  }

  private static List<Trace.Link> links(Row row) {
    List<String> traces = row.list("link_traces");
    List<String> spans = row.list("link_spans");
    List<Map<String, String>> attributes = row.list("link_attributes");
    List<Trace.Link> links = new ArrayList<>();
    for (int i = 0; i < traces.size(); i++) {
      links.add(new Trace.Link(traces.get(i), spans.get(i), new TreeMap<>(attributes.get(i))));
    }
    return links;
  }
}
