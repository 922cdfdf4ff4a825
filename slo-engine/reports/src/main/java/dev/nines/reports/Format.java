// SPDX-License-Identifier: Apache-2.0
package dev.nines.reports;

import dev.nines.objectives.request.Problems;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How a report is written. */
enum Format {
  JSON,
  CSV,
  HTML,
  PDF;

  /**
   * @throws jakarta.ws.rs.WebApplicationException 400 naming the word that is none
   */
  static Format of(String word) {
    return Arrays.stream(values())
        .filter(format -> format.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                Problems.badFields(
                    List.of("format: '" + word + "' is none of json, csv, html, pdf")));
  }
}
