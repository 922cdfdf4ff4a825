// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks.page;

import dev.nines.embedded.ChildProcess;
import dev.nines.embedded.Launch;
import dev.nines.embedded.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A Prometheus with the rules of its services, and the Alertmanager that it tells. */
final class PrometheusServer implements AutoCloseable {

  private static final Duration READY_WITHIN = Duration.ofMinutes(2);

  private static final String PROMETHEUS =
      """
      global:
        scrape_interval: %1$ds
        evaluation_interval: %2$ds
      rule_files: [rules.yml]
      alerting:
        alertmanagers:
        - static_configs:
          - targets: ['%3$s']
      scrape_configs:
      - job_name: services
        honor_labels: true
        static_configs:
        - targets: ['%4$s']
      """;

  /** Each SLO is a group of its own, so that none waits for the interval of another. */
  private static final String ALERTMANAGER =
      """
      route:
        receiver: nobody
        group_by: [sloth_id]
        group_wait: %1$ds
        group_interval: 5m
        repeat_interval: 4h
        routes:
        - receiver: page
          matchers: ['sloth_severity="page"']
      receivers:
      - name: nobody
      - name: page
        webhook_configs:
        - url: %2$s
          send_resolved: false
      """;

  private final Setting setting;
  private final ChildProcess alertmanager;
  private final ChildProcess prometheus;
  private final URI url;

  private PrometheusServer(
      Setting setting, ChildProcess alertmanager, ChildProcess prometheus, URI url) {
    this.setting = setting;
    this.alertmanager = alertmanager;
    this.prometheus = prometheus;
    this.url = url;
  }

  /**
   * Starts both and waits until they serve.
   *
   * @param folder holds the history in {@code data}
   * @param target {@code host:port} to scrape
   * @param webhook that gets the pages
   */
  static PrometheusServer start(
      Programs programs,
      Setting setting,
      Path folder,
      List<Service> services,
      String target,
      String webhook)
      throws IOException {
    String alerts = "127.0.0.1:" + Ports.free();
    Path alertmanagerFile = folder.resolve("alertmanager.yml");
    Files.writeString(
        alertmanagerFile, ALERTMANAGER.formatted(setting.groupWaitSeconds(), webhook));
    ChildProcess alertmanager =
        start(
            "alertmanager",
            folder,
            "msg=\"Listening on\"",
            List.of(
                programs.alertmanager().toString(),
                "--config.file=" + alertmanagerFile,
                "--storage.path=" + folder.resolve("alertmanager"),
                "--cluster.listen-address=",
                "--web.listen-address=" + alerts));
    SlothRules.write(folder.resolve("rules.yml"), services);
    Path prometheusFile = folder.resolve("prometheus.yml");
    Files.writeString(
        prometheusFile,
        PROMETHEUS.formatted(setting.scrapeSeconds(), setting.evaluationSeconds(), alerts, target));
    String address = "127.0.0.1:" + Ports.free();
    ChildProcess prometheus =
        start(
            "prometheus",
            folder,
            "Server is ready to receive web requests",
            List.of(
                programs.prometheus().toString(),
                "--config.file=" + prometheusFile,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=" + address));
    return new PrometheusServer(setting, alertmanager, prometheus, URI.create("http://" + address));
  }

  /** Neither watches its standard input, as our own children do: Ctrl-C must reach it. */
  private static ChildProcess start(String name, Path folder, String ready, List<String> command) {
    Path log = folder.resolve(name + ".out");
    ChildProcess process =
        ChildProcess.start(
            new Launch(name, command, Map.of(), log, ready, READY_WITHIN, Duration.ZERO));
    Runtime.getRuntime().addShutdownHook(new Thread(process::kill, "stop-" + name));
    return process;
  }

  Setting setting() {
    return setting;
  }

  RuleHealth rules() {
    return RuleHealth.of(url);
  }

  List<Long> pids() {
    return List.of(alertmanager.pid(), prometheus.pid());
  }

  @Override
  public void close() {
    prometheus.kill();
    alertmanager.kill();
  }
}
