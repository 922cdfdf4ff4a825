// SPDX-License-Identifier: Apache-2.0
/**
 * What is scraped, in the words of a {@code prometheus.yml}. What cannot be done is refused with
 * its field and line, never ignored.
 */
@NullMarked
package dev.nines.scraper.definition;

import org.jspecify.annotations.NullMarked;
