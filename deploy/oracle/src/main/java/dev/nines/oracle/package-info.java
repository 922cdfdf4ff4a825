// SPDX-License-Identifier: Apache-2.0
/**
 * {@code ./nines prove oracle}: random telemetry goes through extraction and evaluation, under a
 * clock of its own, and through {@link dev.nines.oracle.brute}; every number must be the same.
 */
@NullMarked
package dev.nines.oracle;

import org.jspecify.annotations.NullMarked;
