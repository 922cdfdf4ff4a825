// SPDX-License-Identifier: Apache-2.0
package dev.nines.capacity;

import dev.nines.capacity.forecast.Forecast;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Histogram;
import java.util.Locale;
import java.util.function.Supplier;

/** What questions about capacity cost. */
public final class CapacityMetrics {

  private final Histogram seconds;
  private final Counter forecasts;

  public CapacityMetrics(CollectorRegistry registry) {
    seconds =
        Histogram.build("nines_capacity_answer_seconds", "Answering one question about capacity")
            .labelNames("question")
            .buckets(0.01, 0.03, 0.1, 0.3, 1, 3, 10)
            .register(registry);
    forecasts =
        Counter.build("nines_capacity_forecasts_total", "Series forecast, or refused by a rule")
            .labelNames("outcome")
            .register(registry);
  }

  /** What is asked. */
  enum Question {
    DEMAND,
    EVACUATION,
    SPIKE,
    FORECAST,
    HEADROOM
  }

  void told(Forecast forecast) {
    forecasts
        .labels(
            switch (forecast) {
              case Forecast.Fitted _ -> "fitted";
              case Forecast.Refused refused -> refused.rule();
            })
        .inc();
  }

  <T> T timed(Question question, Supplier<T> work) {
    Histogram.Timer timer = seconds.labels(question.name().toLowerCase(Locale.ROOT)).startTimer();
    try {
      return work.get();
    } finally {
      timer.observeDuration();
    }
  }
}
