// SPDX-License-Identifier: Apache-2.0
package dev.nines.reports.render;

import java.util.function.Consumer;

/** Writes XHTML: every element is closed, every text is escaped. */
final class Markup {

  private final StringBuilder out = new StringBuilder();

  /**
   * @param attributes as they stand in the tag, constants of the template
   */
  Markup element(String name, String attributes, Consumer<Markup> content) {
    out.append('<').append(name);
    if (!attributes.isEmpty()) {
      out.append(' ').append(attributes);
    }
    out.append('>');
    content.accept(this);
    out.append("</").append(name).append(">\n");
    return this;
  }

  Markup element(String name, String attributes, String text) {
    return element(name, attributes, inside -> inside.text(text));
  }

  Markup text(String text) {
    text.codePoints().forEach(this::character);
    return this;
  }

  /** A constant of the template, as it is. */
  Markup raw(String markup) {
    out.append(markup);
    return this;
  }

  private void character(int c) {
    switch (c) {
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '&' -> out.append("&amp;");
      case '"' -> out.append("&quot;");
      default -> out.appendCodePoint(allowed(c) ? c : 0xFFFD);
    }
  }

  /** XML 1.0 has no control characters, surrogates or non-characters. */
  private static boolean allowed(int c) {
    boolean control = c < ' ' && c != '\n' && c != '\t';
    boolean surrogate = c >= 0xD800 && c <= 0xDFFF;
    return !control && !surrogate && c != 0xFFFE && c != 0xFFFF;
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
