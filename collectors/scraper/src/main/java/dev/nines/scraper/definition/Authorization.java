// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper.definition;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What is sent with each scrape.
 *
 * @param type {@code Bearer} most often
 * @param credentials file that is read at each scrape: tokens are replaced
 */
public record Authorization(String type, Path credentials) {

  /** The header's value. */
  public String header() throws IOException {
    return type + " " + Files.readString(credentials).strip();
  }
}
