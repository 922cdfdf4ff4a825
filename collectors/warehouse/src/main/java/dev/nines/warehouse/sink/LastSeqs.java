// SPDX-License-Identifier: Apache-2.0
package dev.nines.warehouse.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The last seq stored per (region, task), oldest use first. Written as {@code
 * region:task=seq,task=seq;region:...} with seqs in base 36 and names percent-encoded.
 */
final class LastSeqs {

  private static final int RADIX = 36;

  private record Source(String region, String task) {}

  private final LinkedHashMap<Source, Long> seqs;

  LastSeqs() {
    this(new LinkedHashMap<>());
  }

  private LastSeqs(LinkedHashMap<Source, Long> seqs) {
    this.seqs = seqs;
  }

  LastSeqs copy() {
    return new LastSeqs(new LinkedHashMap<>(seqs));
  }

  /** Whether the record is new; if so, it is now the last one of its source. */
  boolean advance(RecordIdentity identity) {
    Source source = new Source(identity.region(), identity.task());
    Long last = seqs.get(source);
    if (last != null && identity.seq() <= last) {
      return false;
    }
    seqs.remove(source);
    seqs.put(source, identity.seq());
    return true;
  }

  /** Forgets the sources of longest silence until the rest fits; returns how many. */
  int trim(int maxBytes) {
    int forgotten = 0;
    while (write().length() > maxBytes) {
      seqs.pollFirstEntry();
      forgotten++;
    }
    return forgotten;
  }

  String write() {
    Map<String, StringBuilder> regions = new LinkedHashMap<>();
    seqs.forEach(
        (source, seq) -> {
          StringBuilder tasks =
              regions.computeIfAbsent(source.region(), region -> new StringBuilder());
          tasks.append(tasks.isEmpty() ? "" : ",").append(encode(source.task()));
          tasks.append('=').append(Long.toString(seq, RADIX));
        });
    StringBuilder text = new StringBuilder();
    regions.forEach(
        (region, tasks) ->
            text.append(text.isEmpty() ? "" : ";")
                .append(encode(region))
                .append(':')
                .append(tasks));
    return text.toString();
  }

  static LastSeqs read(String text) {
    LastSeqs seqs = new LastSeqs();
    if (text.isEmpty()) {
      return seqs;
    }
    for (String region : text.split(";")) {
      int colon = region.indexOf(':');
      for (String task : region.substring(colon + 1).split(",")) {
        int equals = task.indexOf('=');
        seqs.seqs.put(
            new Source(decode(region.substring(0, colon)), decode(task.substring(0, equals))),
            Long.parseLong(task.substring(equals + 1), RADIX));
      }
    }
    return seqs;
  }

  private static String encode(String name) {
    return URLEncoder.encode(name, UTF_8);
  }

  private static String decode(String name) {
    return URLDecoder.decode(name, UTF_8);
  }
}
