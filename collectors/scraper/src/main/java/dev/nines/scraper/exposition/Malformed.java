// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper.exposition;

/** A line that breaks a rule of its format; nothing of the body is kept. */
public final class Malformed extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final int line;
  private final String rule;

  /**
   * @param line from 1
   * @param rule its short name
   */
  public Malformed(int line, String rule, String message) {
    super(message, null, false, false);
    this.line = line;
    this.rule = rule;
  }

  public int line() {
    return line;
  }

  public String rule() {
    return rule;
  }

  @Override
  public String toString() {
    return "line " + line + ", rule " + rule + ": " + getMessage();
  }
}
