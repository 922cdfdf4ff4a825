// SPDX-License-Identifier: Apache-2.0
package dev.nines.alerts;

import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;

/**
 * Something that is wrong, named by its labels.
 *
 * @param fingerprint {@link Fingerprint} of the labels; unique in its tenant
 * @param labels what it is; two alerts with the same labels are the same alert
 * @param annotations what helps to understand it; may change
 * @param source who found it, such as {@code evaluation} or {@code delivery}
 */
public record Alert(
    String tenant,
    String fingerprint,
    SortedMap<String, String> labels,
    Map<String, String> annotations,
    Instant startsAt,
    String source) {

  /** Label that holds the alert's name. */
  public static final String NAME = "alertname";

  public static Alert of(
      String tenant,
      SortedMap<String, String> labels,
      Map<String, String> annotations,
      Instant startsAt,
      String source) {
    return new Alert(tenant, Fingerprint.of(labels), labels, annotations, startsAt, source);
  }
}
