// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** ClickHouse as a library behind its own HTTP interface, in a JVM of its own. */
public final class ClickHouseProcess extends RestartableProcess {

  /** Folder of the pinned library below {@link Cache#folder()}. */
  public static final String LIBRARY = "chdb-26.7.3-stable.1/libchdb.so";

  private static final List<String> FLAGS =
      List.of(
          "-Xmx128m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "--enable-native-access=ALL-UNNAMED");

  private final Path data;
  private final int port;
  private final int readOnlyPort;

  private ClickHouseProcess(Path data, int port, int readOnlyPort) {
    this.data = data;
    this.port = port;
    this.readOnlyPort = readOnlyPort;
  }

  /** Starts on ports of its own choice, kept in the data folder. */
  public static ClickHouseProcess start(Path data) {
    return start(
        data, Ports.keptOrFree(data, "clickhouse"), Ports.keptOrFree(data, "clickhouse.read-only"));
  }

  /** Starts with given ports on 127.0.0.1. */
  public static ClickHouseProcess start(Path data, int port, int readOnlyPort) {
    ClickHouseProcess clickHouse = new ClickHouseProcess(data, port, readOnlyPort);
    clickHouse.restart();
    return clickHouse;
  }

  /** {@code http://127.0.0.1:port}, reads and writes. */
  public String url() {
    return "http://127.0.0.1:" + port;
  }

  /** {@code http://127.0.0.1:port}, refuses every write. */
  public String readOnlyUrl() {
    return "http://127.0.0.1:" + readOnlyPort;
  }

  @Override
  public String name() {
    return "clickhouse";
  }

  @Override
  protected Launch prepare() {
    new PortUse(port, "ClickHouse", remedy()).requireFree();
    new PortUse(readOnlyPort, "ClickHouse read-only", remedy()).requireFree();
    List<String> arguments = new ArrayList<>();
    arguments.addAll(
        List.of(
            "--data",
            data.resolve("store").toAbsolutePath().toString(),
            "--port",
            Integer.toString(port),
            "--read-only-port",
            Integer.toString(readOnlyPort),
            "--library",
            library().toString()));
    if (Files.exists(config())) {
      arguments.addAll(List.of("--config", config().toAbsolutePath().toString()));
    }
    return new Launch(
        name(),
        ChildJvm.command(FLAGS, "dev.nines.embedded.clickhouse.ClickHouseMain", arguments),
        // Keeps the JVM's signal handlers when native code installs its own.
        Map.of("LD_PRELOAD", ChildJvm.home().resolve("lib/libjsig.so").toString()),
        data.resolve("clickhouse.out"),
        Launch.READY,
        Duration.ofSeconds(60),
        Duration.ofSeconds(15));
  }

  /** The engine's own configuration, such as its clusters, for who wants one. */
  private Path config() {
    return data.resolve("clickhouse.xml");
  }

  private String remedy() {
    return "an edit of " + Ports.file(data);
  }

  private static Path library() {
    @Nullable String given = System.getenv("NINES_CHDB_LIBRARY");
    Path library = given == null ? Cache.folder().resolve(LIBRARY) : Path.of(given);
    if (!Files.exists(library)) {
      throw new StartFailedException(
          "the ClickHouse library is not at %s: run './nines up' once, or set NINES_CHDB_LIBRARY"
              .formatted(library));
    }
    return library;
  }
}
