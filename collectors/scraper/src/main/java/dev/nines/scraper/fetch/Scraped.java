// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper.fetch;

import dev.nines.scraper.exposition.Exposition;

/** What came of a request to an endpoint. */
public sealed interface Scraped {

  /** All that the endpoint said. */
  record Good(Exposition.Read read) implements Scraped {}

  /**
   * Nothing of it is kept.
   *
   * @param why one line for the log; what an endpoint wrote into it is cut and has no control
   *     characters
   */
  record Failed(Reason reason, String why) implements Scraped {

    private static final int CHARACTERS_MAX = 300;

    public Failed {
      String line = why.replaceAll("\\p{Cntrl}", "?");
      why = line.length() <= CHARACTERS_MAX ? line : line.substring(0, CHARACTERS_MAX) + "...";
    }
  }

  /** The scraper had no room for it; that is no fault of the target. */
  record NoRoom() implements Scraped {}
}
