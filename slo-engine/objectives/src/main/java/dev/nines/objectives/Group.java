// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives;

/**
 * Names of groups, as counts, ledger and contracts write them: the value of an SLO's grouping
 * attribute, cleaned, or one of the words here.
 */
public final class Group {

  /** All events of an SLO that does not group. */
  public static final String ALL = "";

  /** Events without the attribute, or with nothing in it. */
  public static final String NONE = "__none__";

  /** Events of values beyond those that an SLO may have. */
  public static final String OTHER = "__other__";

  public static final int CHARACTERS_MAX = 128;

  private Group() {}

  /** Control characters become spaces, the ends are stripped, what is too long is cut. */
  public static String of(String value) {
    StringBuilder clean = new StringBuilder();
    value
        .codePoints()
        .map(c -> Character.isISOControl(c) ? ' ' : c)
        .forEach(clean::appendCodePoint);
    String stripped = clean.toString().strip();
    if (stripped.isEmpty()) {
      return NONE;
    }
    if (stripped.length() <= CHARACTERS_MAX) {
      return stripped;
    }
    boolean pair = Character.isHighSurrogate(stripped.charAt(CHARACTERS_MAX - 1));
    return stripped.substring(0, pair ? CHARACTERS_MAX - 1 : CHARACTERS_MAX).stripTrailing();
  }

  /** The value of a client, not one of the words here. */
  public static boolean isValue(String group) {
    return !group.equals(ALL) && !group.equals(NONE) && !group.equals(OTHER);
  }
}
