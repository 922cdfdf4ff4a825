// SPDX-License-Identifier: Apache-2.0

/** The load: spans encoded beforehand, sent at a fixed rate by a process of its own. */
@NullMarked
package dev.nines.benchmarks.load;

import org.jspecify.annotations.NullMarked;
