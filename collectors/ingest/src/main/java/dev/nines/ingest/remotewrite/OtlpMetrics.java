// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.remotewrite;

import dev.nines.telemetry.WireWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.IntConsumer;

/**
 * Gathers the series of a request and writes them as an {@code ExportMetricsServiceRequest}. Labels
 * {@code job} and {@code instance} are the resource's service.name and service.instance.id.
 */
final class OtlpMetrics {

  private static final int CUMULATIVE = 2;

  private final IntConsumer room;
  private final Map<SortedMap<String, String>, Gathered> series = new LinkedHashMap<>();
  private final Map<Resource, Map<Metric, List<WireWriter>>> points = new LinkedHashMap<>();
  private int bytes;

  /**
   * @param room asked for the bytes that the message has grown to, and throws when there is none
   */
  OtlpMetrics(IntConsumer room) {
    this.room = room;
  }

  /** One series: senders put each of its points, and its exemplars, into a message of their own. */
  private static final class Gathered {
    private final List<Sample> samples = new ArrayList<>();
    private final List<NativeHistogram> histograms = new ArrayList<>();
    private final List<Exemplar> exemplars = new ArrayList<>();
    private int declared;
  }

  private record Resource(String job, String instance) {

    WireWriter otlp() {
      WireWriter resource = new WireWriter();
      if (!job.isEmpty()) {
        resource.message(1, Points.attribute("service.name", job));
      }
      if (!instance.isEmpty()) {
        resource.message(1, Points.attribute("service.instance.id", instance));
      }
      return resource;
    }
  }

  private record Metric(String name, Type type) {

    /** OTLP {@code Metric}: the field of its data, and what stands beside the points. */
    WireWriter otlp(List<WireWriter> points) {
      WireWriter data = new WireWriter();
      points.forEach(point -> data.message(1, point));
      WireWriter metric = new WireWriter().text(1, name);
      return switch (type) {
        case GAUGE -> metric.message(5, data);
        case COUNTER -> metric.message(7, data.varint(2, CUMULATIVE).varint(3, 1));
        case EXPLICIT_HISTOGRAM -> metric.message(9, data.varint(2, CUMULATIVE));
        case EXPONENTIAL_HISTOGRAM -> metric.message(10, data.varint(2, CUMULATIVE));
      };
    }
  }

  void add(TimeSeries added) {
    Gathered gathered = series.computeIfAbsent(added.labels(), labels -> new Gathered());
    added.samples().stream()
        .map(sample -> sample.since(added.createdMillis()))
        .forEach(gathered.samples::add);
    added.histograms().stream()
        .map(histogram -> histogram.since(added.createdMillis()))
        .forEach(gathered.histograms::add);
    gathered.exemplars.addAll(added.exemplars());
    gathered.declared = Math.max(gathered.declared, added.declared());
  }

  byte[] write() {
    series.forEach(this::place);
    WireWriter request = new WireWriter();
    points.forEach(
        (resource, metrics) -> {
          WireWriter scope = new WireWriter();
          metrics.forEach((metric, all) -> scope.message(2, metric.otlp(all)));
          request.message(1, new WireWriter().message(1, resource.otlp()).message(2, scope));
        });
    return request.toBytes();
  }

  /** Exemplars stand at the newest point; where it came in another request, at a carrier. */
  private void place(SortedMap<String, String> labels, Gathered gathered) {
    Type plain = Type.of(gathered.declared, labels);
    List<Sample> samples = gathered.samples;
    List<NativeHistogram> histograms = gathered.histograms;
    boolean atHistogram = !histograms.isEmpty();
    for (int i = 0; i < samples.size(); i++) {
      boolean newest = !atHistogram && i == samples.size() - 1;
      place(labels, plain, Points.number(labels, samples.get(i), exemplars(gathered, newest)));
    }
    for (int i = 0; i < histograms.size(); i++) {
      NativeHistogram histogram = histograms.get(i);
      List<Exemplar> exemplars = exemplars(gathered, i == histograms.size() - 1);
      place(labels, histogram.type(), histogram.otlp(labels, exemplars));
    }
    if (samples.isEmpty() && !atHistogram && !gathered.exemplars.isEmpty()) {
      place(labels, plain, Points.carrier(labels, gathered.exemplars));
    }
  }

  private static List<Exemplar> exemplars(Gathered gathered, boolean newest) {
    return newest ? gathered.exemplars : List.of();
  }

  private void place(SortedMap<String, String> labels, Type type, WireWriter point) {
    bytes = Math.addExact(bytes, point.size());
    room.accept(bytes);
    Resource resource =
        new Resource(labels.getOrDefault("job", ""), labels.getOrDefault("instance", ""));
    points
        .computeIfAbsent(resource, r -> new LinkedHashMap<>())
        .computeIfAbsent(
            new Metric(labels.getOrDefault("__name__", ""), type), m -> new ArrayList<>())
        .add(point);
  }
}
