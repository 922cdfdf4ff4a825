// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper.definition;

/**
 * A scrape that goes beyond one of them fails as a whole.
 *
 * @param bodyBytes decompressed
 * @param samples lines with a value
 * @param labels of a sample, those of its target and its name included
 * @param labelNameLength in characters, and so {@code labelValueLength}
 * @param targets of the job; if it has more, all of them fail
 */
public record Limits(
    int bodyBytes,
    int samples,
    int labels,
    int labelNameLength,
    int labelValueLength,
    int targets) {

  static final int BODY_BYTES_MAX = 32 << 20;
  static final int SAMPLES_MAX = 500_000;
  static final int LABELS_MAX = 128;
  static final int LABEL_NAME_LENGTH_MAX = 1_000;
  static final int LABEL_VALUE_LENGTH_MAX = 100_000;
  static final int TARGETS_MAX = 2_000;

  public static final Limits DEFAULT =
      new Limits(16 << 20, 50_000, 64, LABEL_NAME_LENGTH_MAX, LABEL_VALUE_LENGTH_MAX, TARGETS_MAX);
}
