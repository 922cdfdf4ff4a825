// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.redaction;

import dev.nines.telemetry.BatchCut;
import dev.nines.telemetry.MalformedOtlp;
import dev.nines.telemetry.Signal;
import dev.nines.telemetry.TextRewrite;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Takes the values of the kinds that are to be redacted out of OTLP requests. */
public final class Redactor {

  /** A part may grow so much that with its headers it stays under Kafka's usual 1 MiB. */
  private static final int MAX_BYTES = BatchCut.MAX_BYTES + (100 << 10);

  /** Of the default treatments; nothing is hashed. */
  public static final Redactor DEFAULT = new Redactor(Treatments.DEFAULT, Map.of(), null);

  private final Rules common;
  private final Map<String, Rules> ofTenants;

  /** Port: counts values that were taken out. */
  public interface Tally {
    void add(Kind kind, int values);
  }

  /**
   * @param ofTenants treatments of tenants that have their own
   * @param key of the hashes; needed where one treatment is {@link Treatment#HASH}
   */
  public Redactor(
      Treatments common, Map<String, Treatments> ofTenants, @Nullable RedactionKey key) {
    KeyedHash hash = key == null ? null : new KeyedHash(key.bytes());
    this.common = new Rules(common, hash);
    this.ofTenants =
        ofTenants.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, each -> new Rules(each.getValue(), hash)));
  }

  /** The same array when nothing is in it. */
  public byte[] redact(String tenant, Signal signal, byte[] body, Tally tally) {
    return ofTenants.getOrDefault(tenant, common).redact(tenant, signal, body, tally);
  }

  /** What holds for a tenant. */
  private static final class Rules {

    private final Treatments treatments;
    private final @Nullable KeyedHash hash;
    private final Suspicion suspicion;
    private final List<Finder> finders;

    Rules(Treatments treatments, @Nullable KeyedHash hash) {
      if (treatments.hashes() && hash == null) {
        throw new IllegalArgumentException("a treatment hashes, and there is no key");
      }
      this.treatments = treatments;
      this.hash = hash;
      suspicion = new Suspicion(treatments.kinds());
      finders = treatments.kinds().stream().map(Finder::of).toList();
    }

    byte[] redact(String tenant, Signal signal, byte[] body, Tally tally) {
      if (!suspicion.of(body)) {
        return body;
      }
      Redaction pass = new Redaction(suspicion, finders, (in, found) -> instead(tenant, in, found));
      byte[] clean = rewritten(pass, signal, body);
      if (clean == null) {
        pass = new Redaction(suspicion, finders, Redaction::mask);
        clean = pass.unknown(body, 0, body.length);
      } else if (clean.length > MAX_BYTES && clean.length > body.length) {
        pass = new Redaction(suspicion, finders, Redaction::mask);
        clean = rewritten(pass, signal, body);
      }
      pass.counts().forEach(tally::add);
      return clean == null ? body : clean;
    }

    private byte[] instead(String tenant, byte[] body, Finder.Found found) {
      KeyedHash keyed = hash;
      return keyed == null || treatments.of(found.kind()) == Treatment.DROP
          ? found.kind().marker()
          : keyed.marker(tenant, found.kind(), body, found.from(), found.to());
    }

    /** Null when a message that nobody here reads is malformed. */
    private static byte @Nullable [] rewritten(Redaction pass, Signal signal, byte[] body) {
      try {
        return new TextRewrite(pass).rewrite(signal, body);
      } catch (MalformedOtlp e) {
        return null;
      }
    }
  }
}
