// SPDX-License-Identifier: Apache-2.0

/** Benchmarks of the built product, side by side with peers. */
@NullMarked
package dev.nines.benchmarks;

import org.jspecify.annotations.NullMarked;
