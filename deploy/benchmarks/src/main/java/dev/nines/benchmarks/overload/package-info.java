// SPDX-License-Identifier: Apache-2.0
/** The proof {@code overload}: ten times what a platform bears, for a minute. */
@NullMarked
package dev.nines.benchmarks.overload;

import org.jspecify.annotations.NullMarked;
