// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.calls;

import dev.nines.server.Registries;
import io.prometheus.client.Collector;
import io.prometheus.client.Counter;
import io.prometheus.client.GaugeMetricFamily;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;

/** All targets of this process, with their states as metrics; their names are a bounded set. */
@Singleton
public final class CallOuts extends Collector implements Collector.Describable {

  private final Map<String, CallOut> targets = new ConcurrentSkipListMap<>();
  private final Counter calls;

  public CallOuts(Registries registries) {
    calls =
        Counter.build("nines_call_out_calls_total", "Calls out by target and outcome")
            .labelNames("target", "outcome")
            .register(registries.process());
    registries.process().register(this);
  }

  public CallOut guarded(String target, int bound, Duration patience, Predicate<Throwable> away) {
    return targets.computeIfAbsent(
        target, name -> CallOut.guarded(name, bound, patience, away, calls));
  }

  public CallOut watched(String target) {
    return targets.computeIfAbsent(target, name -> CallOut.watched(name, calls));
  }

  @Override
  public List<MetricFamilySamples> collect() {
    GaugeMetricFamily state = state();
    GaugeMetricFamily inFlight = inFlight();
    GaugeMetricFamily bound = bound();
    for (CallOut target : targets.values()) {
      List<String> label = List.of(target.target());
      state.addMetric(label, target.state());
      if (target.bound() > 0) {
        inFlight.addMetric(label, target.inFlight());
        bound.addMetric(label, target.bound());
      }
    }
    return List.of(state, inFlight, bound);
  }

  @Override
  public List<MetricFamilySamples> describe() {
    return List.of(state(), inFlight(), bound());
  }

  private static GaugeMetricFamily state() {
    return family("nines_call_out_state", "0 closed, 1 half open, 2 open or failing");
  }

  private static GaugeMetricFamily inFlight() {
    return family("nines_call_out_in_flight", "Calls under way");
  }

  private static GaugeMetricFamily bound() {
    return family("nines_call_out_bound", "Calls that may be under way");
  }

  private static GaugeMetricFamily family(String name, String help) {
    return new GaugeMetricFamily(name, help, List.of("target"));
  }
}
