// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A Kafka broker and controller in a JVM of its own; topics and offsets outlive SIGKILL. */
public final class KafkaProcess extends RestartableProcess {

  private static final List<String> FLAGS =
      List.of(
          "-Xmx512m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseCompactObjectHeaders");

  private final Path data;
  private final int port;
  private final int controllerPort;

  private KafkaProcess(Path data, int port, int controllerPort) {
    this.data = data;
    this.port = port;
    this.controllerPort = controllerPort;
  }

  /** Starts on ports of its own choice, kept in the data folder. */
  public static KafkaProcess start(Path data) {
    return start(data, Ports.keptOrFree(data, "kafka"));
  }

  /** Starts with a given client port on 127.0.0.1. */
  public static KafkaProcess start(Path data, int port) {
    Ports.keep(data, "kafka", port);
    KafkaProcess kafka = new KafkaProcess(data, port, Ports.keptOrFree(data, "controller"));
    kafka.restart();
    return kafka;
  }

  /** {@code host:port} for clients. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  @Override
  public String name() {
    return "kafka";
  }

  @Override
  protected Launch prepare() {
    new PortUse(port, "Kafka", remedy()).requireFree();
    new PortUse(controllerPort, "Kafka controller", remedy()).requireFree();
    List<String> arguments =
        List.of(
            "--data",
            data.resolve("log").toAbsolutePath().toString(),
            "--port",
            Integer.toString(port),
            "--controller-port",
            Integer.toString(controllerPort));
    return new Launch(
        name(),
        ChildJvm.command(flags(), "dev.nines.embedded.kafka.BrokerMain", arguments),
        Map.of("MALLOC_ARENA_MAX", "2"),
        data.resolve("kafka.out"),
        Launch.READY,
        Duration.ofSeconds(120),
        Duration.ofSeconds(20));
  }

  /** Loaded classes are kept for the next start: 1.3 s of CPU to READY instead of 2.1 s. */
  private List<String> flags() {
    if (!ChildJvm.runsFromJars()) {
      return FLAGS;
    }
    Path archive = data.toAbsolutePath().resolve("classes.jsa");
    List<String> flags = new ArrayList<>(FLAGS);
    flags.addAll(List.of("-XX:+AutoCreateSharedArchive", "-XX:SharedArchiveFile=" + archive));
    return flags;
  }

  private String remedy() {
    return "an edit of " + Ports.file(data);
  }
}
