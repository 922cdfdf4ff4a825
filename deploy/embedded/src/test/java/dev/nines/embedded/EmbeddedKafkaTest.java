// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaTest extends KafkaContract {

  @TempDir static Path data;

  @Override
  Subject startBroker() {
    KafkaProcess kafka = KafkaProcess.start(data);
    return Subject.of(kafka, kafka.bootstrapServers());
  }
}
