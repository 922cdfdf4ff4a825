// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * One broken rule in one place of one file.
 *
 * @param line from 1, and so {@code column}
 * @param path for example {@code spec.objectives[0].target}; empty for the file as a whole; told as
 *     {@code field}, as everywhere in the API
 * @param rule short name of the rule, for programs
 * @param value the text found there; empty where there is none
 * @param message for people: what is wrong and what is right
 */
public record Violation(
    String file,
    int line,
    int column,
    @JsonProperty("field") String path,
    String rule,
    String value,
    String message) {

  @Override
  public String toString() {
    String where = file + ":" + line + ":" + column + " ";
    return path.isEmpty() ? where + message : where + path + ": " + message;
  }
}
