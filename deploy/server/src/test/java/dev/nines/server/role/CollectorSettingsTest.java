// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.role;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nines.archive.retention.Retention;
import dev.nines.archive.retention.Retention.Days;
import dev.nines.ingest.Guarantee;
import dev.nines.ingest.Guarantees;
import dev.nines.ingest.redaction.Redactor;
import dev.nines.server.NinesConfig;
import dev.nines.telemetry.Signal;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the settings of collectors become, by the names that users write. */
class CollectorSettingsTest {

  private static final int CONVERTER_PRIORITY = 200;

  /** A request with one span that is named by an e-mail address and a card number. */
  private static final String NAME = "ann@example.com 4111111111111111";

  @TempDir private Path folder;

  @Test
  void aTenantHasItsOwnGuaranteeAndTheRestOfAll() {
    Guarantees guarantees =
        GuaranteeSettings.guarantees(
            config(
                    Map.of(
                        "nines.guarantee.items-per-second", "7",
                        "nines.guarantee.tenants.acme.bytes-per-second", "9"))
                .guarantee());
    assertThat(guarantees.common()).isEqualTo(new Guarantee(7, 4 << 20));
    assertThat(guarantees.ofTenants()).isEqualTo(Map.of("acme", new Guarantee(7, 9)));
  }

  @Test
  void aTenantHasItsOwnRetentionAndTheRestOfAll() {
    NinesConfig config =
        config(
            Map.of(
                "nines.retention.points-days", "60",
                "nines.retention.tenants.acme.spans-days", "5"));
    assertThat(RetentionSettings.retention(config.retention()))
        .isEqualTo(new Retention(new Days(15, 60), Map.of("acme", new Days(5, 60))));
  }

  @Test
  void cardsAreRedactedUnlessSomebodySaysOtherwise() {
    Redactor redactor =
        RedactionSettings.redactor(
            config(
                Map.of(
                    "nines.redaction.emails", "drop",
                    "nines.redaction.tenants.acme.cards", "off")));
    assertThat(redacted(redactor, "default")).contains("[email] [card]");
    assertThat(redacted(redactor, "acme")).contains("[email] 4111111111111111");
    assertThat(redacted(RedactionSettings.redactor(config(Map.of())), "any"))
        .contains("ann@example.com [card]");
  }

  @Test
  void halfOfTlsIsRefusedAndNoneIsNone() {
    InstantSource clock = InstantSource.system();
    assertThat(TlsSettings.tls(config(Map.of()).collectorTls(), clock)).isEmpty();
    for (String half : new String[] {"certificate", "key", "client-authorities"}) {
      NinesConfig.CollectorTls files =
          config(Map.of("nines.collector-tls." + half, "a.pem")).collectorTls();
      assertThatThrownBy(() -> TlsSettings.tls(files, clock))
          .as(half)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("needs certificate and key");
    }
    NinesConfig.CollectorTls missing =
        config(
                Map.of(
                    "nines.collector-tls.certificate", folder.resolve("a.pem").toString(),
                    "nines.collector-tls.key", folder.resolve("a.key").toString()))
            .collectorTls();
    assertThatThrownBy(() -> TlsSettings.tls(missing, clock)).hasMessageContaining("a.pem");
  }

  private static String redacted(Redactor redactor, String tenant) {
    byte[] name = NAME.getBytes(UTF_8);
    byte[] span = field(5, name);
    byte[] body = field(1, field(2, field(2, span)));
    return new String(redactor.redact(tenant, Signal.TRACES, body, (kind, values) -> {}), UTF_8);
  }

  private static byte[] field(int number, byte[] content) {
    byte[] field = new byte[content.length + 2];
    field[0] = (byte) (number << 3 | 2);
    field[1] = (byte) content.length;
    System.arraycopy(content, 0, field, 2, content.length);
    return field;
  }

  private NinesConfig config(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("nines.roles", "collector");
    all.put("nines.data", folder.toString());
    all.put("nines.kafka.bootstrap-servers", "127.0.0.1:9");
    return new SmallRyeConfigBuilder()
        .withMapping(NinesConfig.class)
        .withDefaultValues(all)
        .withConverter(Duration.class, CONVERTER_PRIORITY, new DurationConverter())
        .build()
        .getConfigMapping(NinesConfig.class);
  }
}
