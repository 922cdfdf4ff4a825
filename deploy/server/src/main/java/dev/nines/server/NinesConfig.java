// SPDX-License-Identifier: Apache-2.0
package dev.nines.server;

import dev.nines.ingest.redaction.Treatment;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The server's settings, {@code nines.*}. */
@ConfigMapping(prefix = "nines")
public interface NinesConfig {

  /** Roles of this process: {@code all}, or names. */
  List<String> roles();

  /** Folder of this process: Streams state, copies of control data. */
  Path data();

  /** Regions whose telemetry extraction and archive read. */
  @WithDefault("master")
  List<String> regions();

  /** Collectors of this process, each {@code region:grpcPort:httpPort}. */
  Optional<List<String>> collectors();

  /** Address that collectors listen on. */
  @WithDefault("127.0.0.1")
  String collectorHost();

  /** Files of probes that role {@code prober} runs. */
  Optional<List<Path>> probes();

  /** File of jobs that role {@code collector} scrapes, as in a {@code prometheus.yml}. */
  Optional<Path> scrapeConfigs();

  /** OTLP without a token is tenant {@code default}, from loopback only. */
  @WithDefault("false")
  boolean anonymousOtlp();

  /** Collectors refuse new telemetry while less disk than this is free. */
  @WithDefault("1073741824")
  long diskReserveBytes();

  Redaction redaction();

  Guarantee guarantee();

  Series series();

  Retention retention();

  Sampling sampling();

  /** Telemetry older than this against a collector's progress is late. */
  @WithDefault("30s")
  Duration lateness();

  /** Lead of a new generation of objectives. */
  @WithDefault("60s")
  Duration catalogLead();

  /** How long after its end a month may still get late data before its SLA report is stored. */
  @WithDefault("25h")
  Duration slaSettle();

  /** The file that holds the administrator's token; made by {@code up}. */
  Optional<Path> adminTokenFile();

  /** Logs as one JSON object a line, with time, level, logger, message, thread, role, mdc. */
  @WithDefault("false")
  boolean logJson();

  /** Leave when standard input ends: the supervisor that started this process is gone. */
  @WithDefault("false")
  boolean watchStdin();

  /** Start of the links in pages, for example {@code https://nines.example.com}. */
  Optional<String> publicUrl();

  CollectorTls collectorTls();

  Channels channels();

  Traces traces();

  Prober prober();

  Scraper scraper();

  /** Distinguishes the instances of a role; two of one name take the work from each other. */
  @WithDefault("0")
  String instance();

  /**
   * How many processes have the roles of this one. With more than one, extraction and engine keep
   * copies of each other's state.
   */
  @WithDefault("1")
  int instances();

  Kafka kafka();

  Clickhouse clickhouse();

  Postgres postgres();

  /** TLS of the collectors' doors, as PEM files; without a certificate they speak in the clear. */
  interface CollectorTls {
    /** The chain, the collector's own certificate first. */
    Optional<Path> certificate();

    /** Its key: PKCS#8, not encrypted. */
    Optional<Path> key();

    /** Who signs clients' certificates; with it, a client without one gets no connection. */
    Optional<Path> clientAuthorities();
  }

  /** Where tenants' channels may lead besides the public network. */
  interface Channels {
    /** Tenants whose channels may lead to this machine; {@code up} names its own. */
    Optional<List<String>> loopbackTenants();

    /** Whether channels may lead into private networks, for example to an own mail server. */
    @WithDefault("false")
    boolean privateNetworks();
  }

  /** How long telemetry is kept. */
  interface Retention {
    @WithDefault("15")
    int spansDays();

    /** Of metrics. */
    @WithDefault("30")
    int pointsDays();

    /** What is otherwise for a tenant. */
    Map<String, OfTenant> tenants();

    /** Absent is as for all. */
    interface OfTenant {
      OptionalInt spansDays();

      OptionalInt pointsDays();
    }
  }

  /** Which spans are stored, once all were counted; who is not named here is stored whole. */
  interface Sampling {
    Map<String, OfTenant> tenants();

    /** How long a decision waits for what makes a trace interesting. */
    @WithDefault("30s")
    Duration behind();

    /** What of a tenant is stored. */
    interface OfTenant {
      /** About, of all regions; traces with a failure, bad for an SLO or rare come on top. */
      long spansPerSecond();
    }
  }

  /** How many series the collectors of a process take; further new ones are rejected. */
  interface Series {
    /** Of a metric of a tenant. */
    @WithDefault("20000")
    int perMetric();

    /** Of all metrics of a tenant. */
    @WithDefault("300000")
    int perTenant();

    /** Who sends nothing for this long is forgotten. */
    @WithDefault("1h")
    Duration window();
  }

  /** What each tenant may send to the collectors of a process whatever others do. */
  interface Guarantee {
    /** Spans and data points. */
    @WithDefault("10000")
    long itemsPerSecond();

    /** Bytes of bodies after decompression. */
    @WithDefault("4194304")
    long bytesPerSecond();

    /** What is otherwise for a tenant; metrics name these tenants. */
    Map<String, OfTenant> tenants();

    /** Absent is as for all. */
    interface OfTenant {
      Optional<Long> itemsPerSecond();

      Optional<Long> bytesPerSecond();
    }
  }

  /** What collectors take out of telemetry before it reaches Kafka. */
  interface Redaction {
    @WithDefault("drop")
    Treatment cards();

    @WithDefault("off")
    Treatment emails();

    @WithDefault("off")
    Treatment ips();

    @WithDefault("off")
    Treatment tokens();

    /**
     * Key of the hashes, 64 hex digits, the same for all collectors whose hashes are compared; made
     * in the data folder when absent.
     */
    Optional<Path> keyFile();

    /** What is otherwise for a tenant. */
    Map<String, OfTenant> tenants();

    /** Absent is as for all. */
    interface OfTenant {
      Optional<Treatment> cards();

      Optional<Treatment> emails();

      Optional<Treatment> ips();

      Optional<Treatment> tokens();
    }
  }

  /** Traces of the platform itself, as tenant nines. */
  interface Traces {
    /** OTLP over HTTP of a collector that they go to; without it there are none. */
    Optional<URI> endpoint();

    /** File with an administrator's token of tenant nines, which role api makes known. */
    Optional<Path> tokenFile();
  }

  /** Where probes run, and where their spans go. */
  interface Prober {
    /** Region that this process probes from; that of the first collector when absent. */
    Optional<String> region();

    /** The region's collector by OTLP/HTTP; the first one of this process when absent. */
    Optional<URI> collector();

    /** Holds a token with the right to write telemetry; its tenant gets the spans. */
    Optional<Path> tokenFile();

    /** Runs at a time. */
    @WithDefault("64")
    int concurrency();
  }

  /** How endpoints are scraped, into the first collector of this process. */
  interface Scraper {
    /** Holds a token with the right to write telemetry; its tenant gets the metrics. */
    Optional<Path> tokenFile();

    /** Scrapes at a time. */
    @WithDefault("256")
    int concurrency();
  }

  /** Kafka's address. */
  interface Kafka {
    String bootstrapServers();
  }

  /** ClickHouse's address; needed by archive and api. */
  interface Clickhouse {
    @WithDefault("http://127.0.0.1:8123")
    URI url();

    /** A second address for readers, if it has one: no channel leads there either. */
    Optional<URI> readOnlyUrl();

    @WithDefault("default")
    String database();

    @WithDefault("default")
    String user();

    @WithDefault("")
    Optional<String> password();
  }

  /** PostgreSQL's address; needed by api, alerting and incident. */
  interface Postgres {
    Optional<String> url();
  }
}
