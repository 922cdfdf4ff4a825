// SPDX-License-Identifier: Apache-2.0
package dev.nines.prober;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.prober.check.Callers;
import dev.nines.prober.definition.Probe;
import dev.nines.prober.definition.TlsRules;
import io.prometheus.client.CollectorRegistry;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** A deadline that passed while the prober stood still is not held against the target. */
class StalledRunTest {

  @Test
  void noSpanSaysThatTheTargetWasLate() throws Exception {
    CollectorRegistry registry = new CollectorRegistry();
    List<byte[]> spans = new ArrayList<>();
    try (ServerSocket mute = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Probe probe =
          TestProbes.http(
              "http://127.0.0.1:" + mute.getLocalPort() + "/",
              Duration.ofMillis(200),
              TestProbes.check(0, Optional.empty(), TlsRules.DEFAULT));
      try (Callers callers = new Callers(List.of(probe), 100, InstantSource.system())) {
        new Runner(
                callers,
                new SpanEncoder("here", "0"),
                spans::add,
                new Pulse(System.nanoTime()), // It never beats: the prober's loop does not run.
                new ProberMetrics(registry),
                InstantSource.system(),
                System::nanoTime,
                RandomGenerator.getDefault())
            .run(new Route(probe, probe.targets().getFirst()));
      }
    }
    assertThat(spans).isEmpty();
    assertThat(
            registry.getSampleValue(
                "nines_prober_skipped_total",
                new String[] {"kind", "reason"},
                new String[] {"http", "stalled"}))
        .isEqualTo(1);
  }
}
