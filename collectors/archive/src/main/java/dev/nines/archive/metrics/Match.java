// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive.metrics;

/**
 * {@code key=value}: a series matches when its label of this key has this value; see {@link Label}.
 */
record Match(Label label, String value) {

  /**
   * @throws IllegalArgumentException when the text is not {@code key=value}
   */
  static Match parse(String text) {
    int equals = text.indexOf('=');
    if (equals <= 0) {
      throw new IllegalArgumentException("match: key=value, not '" + text + "'");
    }
    return new Match(new Label(text.substring(0, equals)), text.substring(equals + 1));
  }
}
