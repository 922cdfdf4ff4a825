// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks.overload;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One batch of a phase and what became of it.
 *
 * @param dueMillis since the phase began; less than 0 in the lead, which is stored and not judged
 * @param answerMillis from when it was due until it had its answer, the wait for its turn included
 * @param name of its first instance, the same in no other batch
 * @param answer {@code OK}, {@code NONE}, or the refusal
 */
record Shot(long dueMillis, long answerMillis, String name, String answer) {

  /**
   * What the specification of OTLP has clients send again; RESOURCE_EXHAUSTED is not among them.
   */
  private static final String RETRYABLE = "UNAVAILABLE";

  private static final Pattern STATUS = Pattern.compile("StatusRuntimeException: ([A-Z_]+)");

  /** Reads a line of {@link dev.nines.benchmarks.load.Flood}. */
  static Shot parse(String line) {
    String[] columns = line.split("\t", 4);
    return new Shot(Long.parseLong(columns[0]), Long.parseLong(columns[1]), columns[2], columns[3]);
  }

  boolean lead() {
    return dueMillis < 0;
  }

  boolean acknowledged() {
    return answer.equals("OK");
  }

  boolean refusedForNow() {
    return code().equals(RETRYABLE);
  }

  /** OK, NONE, a status of gRPC, or the whole answer. */
  String code() {
    Matcher status = STATUS.matcher(answer);
    return status.find() ? status.group(1) : answer;
  }
}
