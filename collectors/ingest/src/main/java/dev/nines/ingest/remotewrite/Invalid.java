// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.remotewrite;

/** A rule of remote write that one series or point breaks; the others of its request are kept. */
final class Invalid extends RuntimeException {

  private final String rule;

  Invalid(String rule) {
    super(rule, null, false, false);
    this.rule = rule;
  }

  String rule() {
    return rule;
  }
}
