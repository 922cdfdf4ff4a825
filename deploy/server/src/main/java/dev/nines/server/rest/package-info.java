// SPDX-License-Identifier: Apache-2.0
/**
 * What every REST method has in common: how it is reached, what it takes, and how it refuses. The
 * annotations of Jakarta REST are the one source.
 */
@NullMarked
package dev.nines.server.rest;

import org.jspecify.annotations.NullMarked;
