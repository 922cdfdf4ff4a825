// SPDX-License-Identifier: Apache-2.0

/** The command line: what a person types after {@code ./nines}. */
@NullMarked
package dev.nines.cli;

import org.jspecify.annotations.NullMarked;
