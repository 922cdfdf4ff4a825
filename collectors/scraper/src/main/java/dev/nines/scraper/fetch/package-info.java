// SPDX-License-Identifier: Apache-2.0
/** One HTTP request to an endpoint, and what it says. */
@NullMarked
package dev.nines.scraper.fetch;

import org.jspecify.annotations.NullMarked;
