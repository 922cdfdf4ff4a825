// SPDX-License-Identifier: Apache-2.0
package dev.nines.reports;

import jakarta.ws.rs.BadRequestException;
import java.util.Arrays;
import java.util.Locale;

/** How a report is written. */
enum Format {
  JSON,
  CSV,
  HTML,
  PDF;

  /**
   * @throws BadRequestException naming the word that is none
   */
  static Format of(String word) {
    return Arrays.stream(values())
        .filter(format -> format.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst()
        .orElseThrow(
            () -> new BadRequestException("format '" + word + "' is none of json, csv, html, pdf"));
  }
}
