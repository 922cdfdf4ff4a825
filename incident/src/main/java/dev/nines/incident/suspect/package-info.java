// SPDX-License-Identifier: Apache-2.0
/** Was it the change? What is told after a page about the change that came before it. */
@NullMarked
package dev.nines.incident.suspect;

import org.jspecify.annotations.NullMarked;
