// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.remotewrite;

/** What a series is in OTLP, with the fields in which its points differ from those of others. */
enum Type {
  GAUGE(5, 5, 7, 8),
  COUNTER(7, 5, 7, 8),
  EXPLICIT_HISTOGRAM(9, 8, 9, 10),
  EXPONENTIAL_HISTOGRAM(10, 11, 1, 10);

  private static final int DECLARED_COUNTER = 1;
  private static final int DECLARED_HISTOGRAM = 3;
  private static final int DECLARED_SUMMARY = 5;
  private static final int DECLARED_MAX = 7;

  private static final byte[] TOTAL = Text.ascii("_total");
  private static final byte[] COUNT = Text.ascii("_count");
  private static final byte[] SUM = Text.ascii("_sum");
  private static final byte[] BUCKET = Text.ascii("_bucket");

  /** Field of {@code Metric}. */
  final int data;

  final int exemplars;
  final int attributes;
  final int flags;

  Type(int data, int exemplars, int attributes, int flags) {
    this.data = data;
    this.exemplars = exemplars;
    this.attributes = attributes;
    this.flags = flags;
  }

  /**
   * Of a series of plain samples. What is declared is believed; where nothing is, and for the parts
   * of classic histograms and summaries, the suffix decides, as Prometheus has its users name them.
   *
   * @param declared {@code MetricType} of remote write 2.0; 0 where nothing is said
   */
  static Type ofSamples(int declared, byte[] body, long name) {
    boolean part = isPart(body, name);
    boolean counter =
        switch (known(declared)) {
          case DECLARED_COUNTER -> true;
          case DECLARED_HISTOGRAM, DECLARED_SUMMARY -> part;
          case 0 -> part || Text.endsWith(body, name, TOTAL);
          default -> false;
        };
    return counter ? COUNTER : GAUGE;
  }

  /**
   * Of a series of which only exemplars are seen: counters, buckets and native histograms have
   * some, and the last have no suffix.
   */
  static Type ofExemplars(int declared, byte[] body, long name) {
    boolean histogram = declared == DECLARED_HISTOGRAM || known(declared) == 0;
    boolean plain = isPart(body, name) || Text.endsWith(body, name, TOTAL);
    return histogram && !plain ? EXPONENTIAL_HISTOGRAM : ofSamples(declared, body, name);
  }

  boolean isHistogram() {
    return this == EXPLICIT_HISTOGRAM || this == EXPONENTIAL_HISTOGRAM;
  }

  private static boolean isPart(byte[] body, long name) {
    return Text.endsWith(body, name, BUCKET)
        || Text.endsWith(body, name, COUNT)
        || Text.endsWith(body, name, SUM);
  }

  /** A type that came after this was written is as good as none. */
  private static int known(int declared) {
    return declared < 0 || declared > DECLARED_MAX ? 0 : declared;
  }
}
