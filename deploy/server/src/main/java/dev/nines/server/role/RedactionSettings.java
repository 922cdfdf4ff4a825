// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.role;

import dev.nines.ingest.redaction.RedactionKey;
import dev.nines.ingest.redaction.Redactor;
import dev.nines.ingest.redaction.Treatments;
import dev.nines.server.NinesConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code nines.redaction.*} as the collectors take it. */
final class RedactionSettings {

  private RedactionSettings() {}

  /** Makes the key in the data folder where something is hashed and no file is named. */
  static Redactor redactor(NinesConfig config) {
    NinesConfig.Redaction settings = config.redaction();
    Treatments common =
        new Treatments(settings.cards(), settings.emails(), settings.ips(), settings.tokens());
    Map<String, Treatments> tenants =
        settings.tenants().entrySet().stream()
            .collect(
                Collectors.toMap(Map.Entry::getKey, each -> ofTenant(common, each.getValue())));
    boolean hashes =
        Stream.concat(Stream.of(common), tenants.values().stream()).anyMatch(Treatments::hashes);
    return new Redactor(common, tenants, hashes ? key(config) : null);
  }

  private static Treatments ofTenant(Treatments common, NinesConfig.Redaction.OfTenant own) {
    return new Treatments(
        own.cards().orElse(common.cards()),
        own.emails().orElse(common.emails()),
        own.ips().orElse(common.ips()),
        own.tokens().orElse(common.tokens()));
  }

  private static RedactionKey key(NinesConfig config) {
    try {
      return config.redaction().keyFile().isPresent()
          ? RedactionKey.read(config.redaction().keyFile().get())
          : RedactionKey.in(config.data());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
