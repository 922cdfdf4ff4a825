// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives;

/**
 * Asks one attribute as Prometheus asks a label: that of the span or point, or else of its
 * resource, by its displayed text. A missing attribute is the empty text, so that {@link
 * Operator#NOT_EQUAL} and {@link Operator#NOT_MATCH} of something, and {@code .*}, select what
 * lacks it.
 *
 * @param value a text, or a regular expression that {@link AnchoredRegex#read} takes
 */
public record AttributeMatcher(String key, Operator operator, String value) {

  /** {@code =}, {@code !=}, {@code =~} and {@code !~}. */
  public enum Operator {
    EQUAL,
    NOT_EQUAL,
    MATCH,
    NOT_MATCH
  }
}
