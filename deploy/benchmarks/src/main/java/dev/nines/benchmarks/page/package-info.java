// SPDX-License-Identifier: Apache-2.0
/** {@code bench page}: from the instant at which a policy's arithmetic holds to the page. */
@NullMarked
package dev.nines.benchmarks.page;

import org.jspecify.annotations.NullMarked;
