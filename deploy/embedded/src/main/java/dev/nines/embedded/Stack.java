// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/**
 * A whole installation on one machine: stores, then the server with all roles, under supervision.
 * {@code DIR/addresses.json} tells other processes where it is.
 */
public final class Stack implements AutoCloseable {

  private static final String DISK_RESERVE_BYTES = Long.toString(1L << 30);

  private static final long FULL_BYTES = 4L << 20;

  private final DataFolder folder;
  private final StackSettings settings;
  private final Engines engines;
  private final Path adminTokenFile;
  private final Supervisor supervisor;
  private volatile Duration startTime = Duration.ZERO;

  private Stack(DataFolder folder, StackSettings settings, Engines engines, Consumer<String> say) {
    this.folder = folder;
    this.settings = settings;
    this.engines = engines;
    this.adminTokenFile = AdminToken.file(settings.data());
    this.supervisor =
        new Supervisor(folder.pidFiles(), line -> sayWithCause(line, say), this::writeAddresses);
  }

  /**
   * Starts everything and returns when the server accepts telemetry.
   *
   * @param say gets one line for a person about each death and restart
   * @throws StartFailedException with a message for a person; nothing is left running
   */
  public static Stack start(StackSettings settings, Consumer<String> say) {
    long begin = System.nanoTime();
    DataFolder folder = DataFolder.lock(settings.data());
    Engines engines;
    try {
      List<String> leftovers = folder.pidFiles().endLeftovers();
      leftovers.forEach(name -> say.accept("ended a leftover " + name + " of the run before"));
      Addresses.forget(settings.data());
      settings.portUses().forEach(PortUse::requireFree);
      engines = Engines.start(settings);
    } catch (StartFailedException e) {
      folder.close();
      throw e;
    }
    Stack stack = new Stack(folder, settings, engines, say);
    try {
      stack.serve();
    } catch (StartFailedException e) {
      stack.close();
      throw e;
    }
    stack.startTime = Duration.ofNanos(System.nanoTime() - begin);
    stack.writeAddresses();
    return stack;
  }

  /** Where everything is now; process ids change when a child is started again. */
  public Addresses addresses() {
    return new Addresses(
        folder.path().toString(),
        "http://127.0.0.1:" + settings.port(),
        byRegion(Collector::grpcPort),
        byRegion(Collector::httpPort),
        engines.kafka(),
        engines.clickhouse().url(),
        engines.clickhouse().readOnlyUrl(),
        engines.postgres(),
        adminTokenFile.toString(),
        startTime.toMillis(),
        supervisor.pids());
  }

  /** Stops the server first, then Kafka, ClickHouse and PostgreSQL, so that each can drain. */
  @Override
  public void close() {
    Addresses.forget(settings.data());
    supervisor.close();
    folder.close();
  }

  /** What dies on a full disk says so in many tongues, or not at all. */
  private void sayWithCause(String line, Consumer<String> say) {
    say.accept(line);
    long freeBytes = folder.path().toFile().getUsableSpace();
    if (freeBytes < FULL_BYTES) {
      say.accept(
          "the disk of %s is full (%d KiB free): telemetry is not taken; make room, nothing acknowledged is lost"
              .formatted(folder.path(), freeBytes >> 10));
    }
  }

  private void serve() {
    engines.started().forEach(supervisor::watch);
    supervisor.watch(
        ServerProcess.start(
            "server",
            settings.serverJar(),
            serverProperties(),
            settings.portUses(),
            folder.path().resolve("server.out")));
  }

  private Map<String, String> serverProperties() {
    Map<String, String> properties = new HashMap<>();
    properties.put("nines.roles", "all");
    properties.put("nines.data", folder.path().resolve("server").toString());
    properties.put("nines.regions", String.join(",", byRegion(Collector::grpcPort).keySet()));
    properties.put("nines.collectors", Collector.property(settings.collectors()));
    properties.put("nines.kafka.bootstrap-servers", engines.kafka());
    properties.put("nines.clickhouse.url", engines.clickhouse().url());
    properties.put("nines.clickhouse.read-only-url", engines.clickhouse().readOnlyUrl());
    properties.put("nines.postgres.url", engines.postgres());
    properties.put("nines.admin-token-file", adminTokenFile.toString());
    properties.put("nines.traces.endpoint", otlp());
    properties.put("nines.traces.token-file", AdminToken.ofNines(settings.data()).toString());
    properties.put("nines.anonymous-otlp", "true");
    properties.put("nines.channels.loopback-tenants", "default");
    properties.put("nines.disk-reserve-bytes", DISK_RESERVE_BYTES);
    properties.putAll(settings.serverProperties());
    return properties;
  }

  /** Our own traces go where everybody's go. */
  private String otlp() {
    return "http://127.0.0.1:" + settings.collectors().getFirst().httpPort();
  }

  private Map<String, String> byRegion(ToIntFunction<Collector> port) {
    Map<String, String> urls = new TreeMap<>();
    for (Collector collector : settings.collectors()) {
      urls.put(collector.region(), "http://127.0.0.1:" + port.applyAsInt(collector));
    }
    return urls;
  }

  private void writeAddresses() {
    addresses().write();
  }
}
