// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper.fetch;

import dev.nines.scraper.exposition.Exposition;

/** What came of a request to an endpoint. */
public sealed interface Scraped {

  /** All that the endpoint said. */
  record Good(Exposition.Read read) implements Scraped {}

  /** Nothing of it is kept. */
  record Failed(Reason reason, String why) implements Scraped {}

  /** The scraper had no room for it; that is no fault of the target. */
  record NoRoom() implements Scraped {}
}
