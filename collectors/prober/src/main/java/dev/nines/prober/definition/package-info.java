// SPDX-License-Identifier: Apache-2.0
/** Probes as code: reads the YAML and finds every error of every file at once. */
@NullMarked
package dev.nines.prober.definition;

import org.jspecify.annotations.NullMarked;
