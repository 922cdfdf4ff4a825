// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks;

import dev.nines.embedded.PortUse;
import dev.nines.embedded.Ports;
import dev.nines.embedded.ServerJvm;
import dev.nines.embedded.ServerProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Role collector of the built server, alone in its process with the settings that it is delivered
 * with but for card numbers. It takes OTLP without a token, as the peer does.
 */
final class NinesCollector implements Subject {

  static final String NAME = "nines";

  /** It is ready once it has read the tokens, of which there are none. */
  private static final String TOKENS = "control.tokens";

  private static final String REGION = "bench";
  private static final String REMEDY = "another try";

  private final int port = Ports.free();
  private final ServerProcess server;

  NinesCollector(Path home, Path folder, String kafka, KafkaLog log, CardNumbers cards) {
    log.create(TOKENS, 1);
    int httpPort = Ports.free();
    Map<String, String> properties =
        Map.of(
            "nines.roles",
            "collector",
            "nines.data",
            folder.resolve(NAME).toString(),
            "nines.collectors",
            REGION + ":" + port + ":" + httpPort,
            "nines.kafka.bootstrap-servers",
            kafka,
            "nines.anonymous-otlp",
            "true",
            "nines.redaction.cards",
            cards.treatment());
    List<PortUse> ports =
        List.of(
            new PortUse(Ports.free(), "health", REMEDY),
            new PortUse(port, "OTLP over gRPC", REMEDY),
            new PortUse(httpPort, "OTLP over HTTP", REMEDY));
    server =
        ServerProcess.start(
            NAME, ServerJvm.jar(home), properties, ports, folder.resolve("nines.out"));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public long pid() {
    return server.pid();
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public String topic() {
    return "telemetry.in." + REGION;
  }

  @Override
  public boolean acknowledgesWhatKafkaHas() {
    return true;
  }

  @Override
  public void close() {
    server.close();
  }
}
