// SPDX-License-Identifier: Apache-2.0
/** Questions about stored metrics: which there are, which series, and their course over time. */
@NullMarked
package dev.nines.archive.metrics;

import org.jspecify.annotations.NullMarked;
