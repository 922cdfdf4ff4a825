// SPDX-License-Identifier: Apache-2.0

/** The main class of the broker's own JVM. */
@NullMarked
package dev.nines.embedded.kafka;

import org.jspecify.annotations.NullMarked;
