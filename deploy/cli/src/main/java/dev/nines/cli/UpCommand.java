// SPDX-License-Identifier: Apache-2.0
package dev.nines.cli;

import dev.nines.embedded.Collector;
import dev.nines.embedded.ServerJvm;
import dev.nines.embedded.Stack;
import dev.nines.embedded.StackSettings;
import dev.nines.embedded.StackSettings.ClickHouseUrls;
import dev.nines.embedded.StartFailedException;
import dev.nines.prober.definition.ProbeFiles;
import dev.nines.scraper.definition.ScrapeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Every role and its stores on this machine, until Ctrl-C. */
@Command(
    name = "up",
    description = "Start every role with embedded parts on this machine, until Ctrl-C.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class UpCommand implements Callable<Integer> {

  private static final String REGION = "master";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "${env:NINES_DATA:-.nines/data}",
      description = "Folder of everything that is kept (${DEFAULT-VALUE}).")
  private Path data = Path.of(".nines", "data");

  @Option(names = "--port", defaultValue = "8080", description = "API (${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--otlp-grpc-port",
      defaultValue = "4317",
      description = "OTLP over gRPC (${DEFAULT-VALUE}).")
  private int otlpGrpcPort;

  @Option(
      names = "--otlp-http-port",
      defaultValue = "4318",
      description = "OTLP over HTTP (${DEFAULT-VALUE}).")
  private int otlpHttpPort;

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT,...",
      defaultValue = "${env:NINES_KAFKA}",
      description = "Use these brokers; none is started ($NINES_KAFKA).")
  private @Nullable String kafka;

  @Option(
      names = "--clickhouse",
      paramLabel = "URL",
      defaultValue = "${env:NINES_CLICKHOUSE}",
      description = "Use this ClickHouse by its HTTP address ($NINES_CLICKHOUSE).")
  private @Nullable String clickhouse;

  @Option(
      names = "--clickhouse-read-only",
      paramLabel = "URL",
      defaultValue = "${env:NINES_CLICKHOUSE_READ_ONLY}",
      description = "Its read-only address, if it has one ($NINES_CLICKHOUSE_READ_ONLY).")
  private @Nullable String clickhouseReadOnly;

  @Option(
      names = "--postgres",
      paramLabel = "JDBC-URL",
      defaultValue = "${env:NINES_POSTGRES}",
      description = "Use this PostgreSQL ($NINES_POSTGRES).")
  private @Nullable String postgres;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = {
        "A setting of the server; may be repeated.",
        "nines.probes=FILE,... runs probes;",
        "nines.scrape-configs=FILE scrapes the jobs of a prometheus.yml."
      })
  private Map<String, String> settings = new HashMap<>();

  @Override
  public Integer call() throws InterruptedException, IOException {
    Screen screen = new Screen(System.out);
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    requireProbes();
    requireScrapes();
    try (Stack stack = Stack.start(stackSettings(), screen::line)) {
      Thread hook = new Thread(() -> stopAndWait(stop, stopped), "stop");
      Runtime.getRuntime().addShutdownHook(hook);
      screen.addresses(stack.addresses());
      ParentWatch.start(stop::countDown);
      stop.await();
      screen.line("stopping: server, Kafka, ClickHouse, PostgreSQL");
    } finally {
      stopped.countDown();
    }
    screen.line("stopped");
    return 0;
  }

  /**
   * Refused here, where somebody looks. A server that is started again later goes on without probes
   * rather than not at all.
   */
  private void requireProbes() {
    @Nullable String files = settings.get("nines.probes");
    if (files == null) {
      return;
    }
    try {
      ProbeFiles.require(
          Arrays.stream(files.split(",")).map(file -> Path.of(file.strip())).toList());
    } catch (IllegalArgumentException e) {
      throw new StartFailedException(String.valueOf(e.getMessage()));
    }
  }

  /** As probes are. */
  private void requireScrapes() {
    @Nullable String file = settings.get("nines.scrape-configs");
    if (file == null) {
      return;
    }
    try {
      ScrapeFile.require(Path.of(file.strip()));
    } catch (IllegalArgumentException e) {
      throw new StartFailedException(String.valueOf(e.getMessage()));
    }
  }

  /** A JVM ends when its hooks have, so this one waits until all is stopped in its order. */
  private static void stopAndWait(CountDownLatch stop, CountDownLatch stopped) {
    stop.countDown();
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private StackSettings stackSettings() {
    @Nullable String url = clickhouse;
    @Nullable String readOnly = clickhouseReadOnly;
    return new StackSettings(
        ServerJvm.jar(Home.folder()),
        data,
        port,
        List.of(new Collector(REGION, otlpGrpcPort, otlpHttpPort)),
        Optional.ofNullable(kafka),
        url == null
            ? Optional.empty()
            : Optional.of(new ClickHouseUrls(url, readOnly == null ? url : readOnly)),
        Optional.ofNullable(postgres),
        settings);
  }
}
