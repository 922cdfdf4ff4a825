// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper.exposition;

/** More samples than the reader may take. */
public final class TooManySamples extends RuntimeException {

  private static final long serialVersionUID = 1;

  TooManySamples(int max) {
    super("more than " + max + " samples", null, false, false);
  }
}
