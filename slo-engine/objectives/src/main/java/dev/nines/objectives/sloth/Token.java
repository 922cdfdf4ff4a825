// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sloth;

/**
 * A piece of PromQL.
 *
 * @param text a string without its quotes and escapes; of {@link Kind#WRONG}, what is wrong
 */
record Token(Kind kind, String text, int offset) {

  enum Kind {
    NAME,
    NUMBER,
    STRING,
    SYMBOL,
    /** {@code {{.window}}}. */
    WINDOW,
    END,
    WRONG
  }

  boolean is(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  boolean isName(String name) {
    return kind == Kind.NAME && text.equals(name);
  }
}
