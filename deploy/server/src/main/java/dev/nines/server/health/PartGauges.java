// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.health;

import io.prometheus.client.Collector;
import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.GaugeMetricFamily;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Whether each part of this process is well, asked at each scrape; parts are a bounded set. */
public final class PartGauges extends Collector implements Collector.Describable {

  private final Supplier<Stream<Part>> parts;

  /** A part by its name. */
  public record Part(String name, BooleanSupplier well) {}

  public PartGauges(Supplier<Stream<Part>> parts) {
    this.parts = parts;
  }

  @Override
  public List<MetricFamilySamples> collect() {
    GaugeMetricFamily family = family();
    parts
        .get()
        .forEach(
            part -> family.addMetric(List.of(part.name()), part.well().getAsBoolean() ? 1 : 0));
    return List.of(family);
  }

  @Override
  public List<MetricFamilySamples> describe() {
    return List.of(family());
  }

  private static GaugeMetricFamily family() {
    return new GaugeMetricFamily("nines_part_up", "1 while the part is well", List.of("part"));
  }
}
