// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper.definition;

import dev.nines.objectives.openslo.YamlMap;
import java.util.Set;
import java.util.TreeSet;

/** What Prometheus has and we have not: known by name, so that it is refused for what it is. */
final class Unsupported {

  static final Set<String> OF_FILE =
      Set.of(
          "rule_files",
          "scrape_config_files",
          "alerting",
          "remote_write",
          "remote_read",
          "storage",
          "tracing",
          "otlp",
          "runtime");

  static final Set<String> OF_GLOBAL =
      Set.of(
          "external_labels",
          "query_log_file",
          "scrape_failure_log_file",
          "keep_dropped_targets",
          "metric_name_validation_scheme",
          "metric_name_escaping_scheme",
          "scrape_protocols",
          "scrape_native_histograms",
          "always_scrape_classic_histograms",
          "convert_classic_histograms_to_nhcb",
          "extra_scrape_metrics",
          "rule_query_offset");

  static final Set<String> OF_JOB =
      Set.of(
          "relabel_configs",
          "metric_relabel_configs",
          "basic_auth",
          "bearer_token",
          "bearer_token_file",
          "oauth2",
          "tls_config",
          "proxy_url",
          "proxy_from_environment",
          "proxy_connect_header",
          "no_proxy",
          "http_headers",
          "enable_http2",
          "scrape_protocols",
          "scrape_native_histograms",
          "always_scrape_classic_histograms",
          "convert_classic_histograms_to_nhcb",
          "native_histogram_bucket_limit",
          "native_histogram_min_bucket_factor",
          "track_timestamps_staleness",
          "keep_dropped_targets",
          "metric_name_validation_scheme",
          "metric_name_escaping_scheme",
          "scrape_failure_log_file",
          "extra_scrape_metrics",
          "azure_sd_configs",
          "aws_sd_configs",
          "consul_sd_configs",
          "digitalocean_sd_configs",
          "dns_sd_configs",
          "docker_sd_configs",
          "dockerswarm_sd_configs",
          "ec2_sd_configs",
          "eureka_sd_configs",
          "gce_sd_configs",
          "hetzner_sd_configs",
          "http_sd_configs",
          "ionos_sd_configs",
          "kubernetes_sd_configs",
          "kuma_sd_configs",
          "lightsail_sd_configs",
          "linode_sd_configs",
          "marathon_sd_configs",
          "nerve_sd_configs",
          "nomad_sd_configs",
          "openstack_sd_configs",
          "ovhcloud_sd_configs",
          "puppetdb_sd_configs",
          "scaleway_sd_configs",
          "serverset_sd_configs",
          "stackit_sd_configs",
          "triton_sd_configs",
          "uyuni_sd_configs",
          "vultr_sd_configs");

  private Unsupported() {}

  /** Complains about each of them that is there. */
  static void refuse(YamlMap map) {
    for (String field : new TreeSet<>(map.fields().keySet())) {
      if (OF_FILE.contains(field) || OF_GLOBAL.contains(field) || OF_JOB.contains(field)) {
        map.get(field)
            .ifPresent(
                value -> value.refuse("not-supported", "Prometheus has this, Nines has not"));
      }
    }
  }
}
