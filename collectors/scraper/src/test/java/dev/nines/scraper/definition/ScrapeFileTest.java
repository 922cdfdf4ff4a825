// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper.definition;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.nines.scraper.exposition.Labels;
import dev.nines.scraper.exposition.Syntax;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScrapeFileTest {

  @TempDir private Path folder;

  @Test
  void aJobHasEveryFieldThatItNames() throws IOException {
    Files.writeString(folder.resolve("token"), "secret\n");
    Job job =
        jobs("""
                global:
                  scrape_interval: 30s
                  scrape_timeout: 5s
                  label_limit: 30
                scrape_configs:
                  - job_name: node
                    scrape_interval: 15s
                    scrape_timeout: 3s
                    metrics_path: /probe
                    scheme: https
                    params: {module: [http_2xx, 'a b'], target: [x]}
                    honor_labels: true
                    honor_timestamps: false
                    follow_redirects: false
                    enable_compression: false
                    fallback_scrape_protocol: PrometheusText0.0.4
                    authorization: {type: Token, credentials_file: token}
                    body_size_limit: 1MB
                    sample_limit: 1000
                    label_value_length_limit: 200
                    static_configs:
                      - targets: ['a:1', 'b:2']
                        labels: {env: prod}
                    file_sd_configs:
                      - files: ['sd/*.json', /etc/x.yml]
                        refresh_interval: 1m
                """)
            .getFirst();
    assertThat(job.interval()).isEqualTo(Duration.ofSeconds(15));
    assertThat(job.timeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(job.honorLabels()).isTrue();
    assertThat(job.honorTimestamps()).isFalse();
    assertThat(job.followRedirects()).isFalse();
    assertThat(job.compression()).isFalse();
    assertThat(job.fallback()).contains(Syntax.TEXT);
    assertThat(job.authorization().orElseThrow().header()).isEqualTo("Token secret");
    assertThat(job.limits())
        .isEqualTo(new Limits(1 << 20, 1000, 30, 1_000, 200, Limits.TARGETS_MAX));
    assertThat(job.files()).containsExactly(folder.resolve("sd/*.json"), Path.of("/etc/x.yml"));
    assertThat(job.targets())
        .extracting(Target::url)
        .containsExactly(
            URI.create("https://a:1/probe?module=http_2xx&module=a+b&target=x"),
            URI.create("https://b:2/probe?module=http_2xx&module=a+b&target=x"));
    assertThat(job.targets().getFirst().labels())
        .isEqualTo(Labels.of("job", "node", "instance", "a:1", "env", "prod"));
  }

  @Test
  void whatIsLeftOutIsAsInPrometheus() throws IOException {
    Job job =
        jobs("scrape_configs: [{job_name: a, static_configs: [{targets: ['h']}]}]").getFirst();
    assertThat(job.interval()).isEqualTo(Duration.ofMinutes(1));
    assertThat(job.timeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(job.honorLabels()).isFalse();
    assertThat(job.honorTimestamps()).isTrue();
    assertThat(job.fallback()).isEqualTo(Optional.empty());
    assertThat(job.limits()).isEqualTo(Limits.DEFAULT);
    assertThat(job.targets().getFirst().url()).isEqualTo(URI.create("http://h/metrics"));
    assertThat(job.targets().getFirst().port()).isEqualTo(80);
  }

  @Test
  void theTimeoutOfAllIsCutToTheIntervalOfAJob() throws IOException {
    assertThat(jobs("scrape_configs: [{job_name: a, scrape_interval: 2s}]").getFirst().timeout())
        .isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void labelsOfATargetMayChangeItsUrl() throws IOException {
    Target target =
        jobs("""
                scrape_configs:
                  - job_name: a
                    static_configs:
                      - targets: ['[::1]:9']
                        labels: {__metrics_path__: /x, __scheme__: https, __param_q: '1&2',
                          __meta_zone: z, job: other}
                """)
            .getFirst()
            .targets()
            .getFirst();
    assertThat(target.url()).isEqualTo(URI.create("https://[::1]:9/x?q=1%262"));
    assertThat(target.host()).isEqualTo("::1");
    assertThat(target.labels()).isEqualTo(Labels.of("job", "other", "instance", "[::1]:9"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          relabel_configs: []                    | 3 | scrape_configs[0].relabel_configs | not-supported
          metric_relabel_configs: [{a: b}]       | 3 | scrape_configs[0].metric_relabel_configs | not-supported
          kubernetes_sd_configs: [{role: pod}]   | 3 | scrape_configs[0].kubernetes_sd_configs | not-supported
          tls_config: {ca_file: x}               | 3 | scrape_configs[0].tls_config | not-supported
          basic_auth: {username: x}              | 3 | scrape_configs[0].basic_auth | not-supported
          scrape_intervall: 1s                   | 3 | scrape_configs[0].scrape_intervall | unknown-field
          scrape_interval: 10                    | 3 | scrape_configs[0].scrape_interval | range
          scrape_interval: 10ms                  | 3 | scrape_configs[0].scrape_interval | range
          scrape_timeout: 2m                     | 3 | scrape_configs[0].scrape_timeout | order
          metrics_path: metrics                  | 3 | scrape_configs[0].metrics_path | path
          metrics_path: '/a[1]'                  | 3 | scrape_configs[0].metrics_path | path
          file_sd_configs: [{files: ['[x.json']}] | 3 | scrape_configs[0].file_sd_configs[0].files[0] | file
          scheme: ftp                            | 3 | scrape_configs[0].scheme | one-of
          honor_labels: maybe                    | 3 | scrape_configs[0].honor_labels | boolean
          sample_limit: 1e9                      | 3 | scrape_configs[0].sample_limit | range
          body_size_limit: 1TB                   | 3 | scrape_configs[0].body_size_limit | range
          authorization: {credentials: x}        | 3 | scrape_configs[0].authorization.credentials | not-supported
          fallback_scrape_protocol: PrometheusProto | 3 | scrape_configs[0].fallback_scrape_protocol | one-of
          static_configs: [{targets: ['http://a']}] | 3 | scrape_configs[0].static_configs[0].targets[0] | address
          static_configs: [{targets: ['a:1/x']}] | 3 | scrape_configs[0].static_configs[0].targets[0] | address
          static_configs: [{labels: {}}]         | 3 | scrape_configs[0].static_configs[0].targets | required
          static_configs: [{targets: [], labels: {a-b: c}}] | 3 | scrape_configs[0].static_configs[0].labels.a-b | label
          static_configs: [{targets: [], labels: {__address__: c}}] | 3 | scrape_configs[0].static_configs[0].labels.__address__ | not-supported
          file_sd_configs: [{files: [a.txt]}]    | 3 | scrape_configs[0].file_sd_configs[0].files[0] | file
          """)
  void whatCannotBeDoneIsRefusedWithItsFieldAndLine(
      String field, int line, String path, String rule) throws IOException {
    Path file = write("scrape_configs:\n- job_name: a\n  " + field + "\n");
    assertThat(ScrapeFile.read(file).violations())
        .singleElement()
        .satisfies(
            violation -> {
              assertThat(violation.line()).isEqualTo(line);
              assertThat(violation.path()).isEqualTo(path);
              assertThat(violation.rule()).isEqualTo(rule);
            });
  }

  @Test
  void mistakesAboveTheJobsAreToldTogether() throws IOException {
    Path file =
        write(
            """
            global: {external_labels: {a: b}, evaluation_interval: 1s}
            rule_files: [x]
            scrape_configs:
            - {job_name: a}
            - {job_name: a}
            """);
    assertThat(ScrapeFile.read(file).violations())
        .extracting(violation -> violation.line() + " " + violation.path() + " " + violation.rule())
        .containsExactly(
            "1 global.external_labels not-supported",
            "1 global.evaluation_interval not-supported",
            "2 rule_files not-supported",
            "5 scrape_configs[1].job_name duplicate");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ScrapeFile.require(file))
        .withMessageStartingWith(
            "nines.scrape-configs:\n" + file + ":1:27 global.external_labels: ");
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    int code = ScrapeFile.check(file, new PrintStream(printed, true, UTF_8));
    assertThat(code).isEqualTo(ScrapeFile.INVALID);
    assertThat(printed.toString(UTF_8).lines())
        .hasSize(5)
        .last()
        .isEqualTo("0 valid jobs, 4 errors");
  }

  @Test
  void theConfigurationThatWeShipForPrometheusNamesWhatIsMissing() {
    Path ours = Path.of(System.getProperty("nines.root"), "dashboards/prometheus/prometheus.yml");
    assertThat(ScrapeFile.read(ours).violations())
        .extracting(violation -> violation.path() + " " + violation.rule())
        .contains("rule_files not-supported")
        .allMatch(text -> text.endsWith("not-supported"));
  }

  private List<Job> jobs(String yaml) throws IOException {
    return ScrapeFile.require(write(yaml));
  }

  private Path write(String yaml) throws IOException {
    return Files.writeString(folder.resolve("scrapes.yml"), yaml);
  }
}
