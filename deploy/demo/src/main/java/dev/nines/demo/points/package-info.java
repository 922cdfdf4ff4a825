// SPDX-License-Identifier: Apache-2.0
/** The shop's data points, as it logged them and as they are stored: each once, none lost. */
@NullMarked
package dev.nines.demo.points;

import org.jspecify.annotations.NullMarked;
