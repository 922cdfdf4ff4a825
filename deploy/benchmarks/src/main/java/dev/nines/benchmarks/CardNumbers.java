// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks;

import dev.nines.benchmarks.load.Encoding;
import java.util.List;

/** Whether subjects take card numbers out of what they pass on. */
enum CardNumbers {
  /** The Collector as such, and ours without what it does not do. */
  KEPT("off", "", List.of(Encoding.PLAIN, Encoding.GZIP)),

  /** Ours as delivered; the Collector's processor with the two expressions of its documentation. */
  REDACTED(
      "drop",
      """
      processors:
        redaction:
          allow_all_keys: true
          blocked_values:
            - "4[0-9]{12}(?:[0-9]{3})?"
            - "(5[1-5][0-9]{14})"
          summary: silent
      """,
      List.of(Encoding.PLAIN));

  private final String treatment;
  private final String processors;
  private final List<Encoding> encodings;

  CardNumbers(String treatment, String processors, List<Encoding> encodings) {
    this.treatment = treatment;
    this.processors = processors;
    this.encodings = encodings;
  }

  /** {@code nines.redaction.cards}. */
  String treatment() {
    return treatment;
  }

  /** Of the Collector's configuration, YAML. */
  String processors() {
    return processors;
  }

  /** Of its pipeline. */
  String pipeline() {
    return processors.isEmpty() ? "[]" : "[redaction]";
  }

  List<Encoding> encodings() {
    return encodings;
  }

  /** What a case is called in tables, five letters at most. */
  String word(Encoding encoding) {
    return this == KEPT ? encoding.word() : "cards";
  }
}
