// SPDX-License-Identifier: Apache-2.0
package dev.nines.cli;

import dev.nines.embedded.Addresses;
import dev.nines.embedded.StartFailedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which Kafka: the one that is named, else that of a running {@code up}. */
final class KafkaOptions {

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT,...",
      defaultValue = "${env:NINES_KAFKA}",
      description = "Brokers; without it those of the running up ($NINES_KAFKA).")
  private @Nullable String kafka;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "${env:NINES_DATA:-.nines/data}",
      description = "Folder of the running up (${DEFAULT-VALUE}).")
  private Path data = Path.of(".nines", "data");

  String bootstrapServers() {
    if (kafka != null) {
      return kafka;
    }
    if (!Files.exists(Addresses.file(data))) {
      throw new StartFailedException(
          "no Nines is up in " + data + "; start ./nines up, or name its --data or --kafka");
    }
    return Addresses.read(data).kafka();
  }
}
