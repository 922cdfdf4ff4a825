// SPDX-License-Identifier: Apache-2.0
package dev.nines.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.embedded.KafkaProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaReachTest {

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  @TempDir private Path data;

  @Test
  void aBrokerThatIsKilledIsMissedAtOnce() {
    try (KafkaProcess kafka = KafkaProcess.start(data)) {
      KafkaReach reach = new KafkaReach("127.0.0.1:1, " + kafka.bootstrapServers(), () -> now);
      assertThat(reach.complaint()).isEmpty();
      kafka.kill();
      assertThat(reach.complaint()).as("asked again too soon").isEmpty();
      now = now.plus(Duration.ofSeconds(1));
      assertThat(reach.complaint().orElse("")).startsWith("Kafka is away: 127.0.0.1:");
    }
  }
}
