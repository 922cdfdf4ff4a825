// SPDX-License-Identifier: Apache-2.0

/** PostgreSQL's own binaries: unpacked once, initialised, started through a watcher. */
@NullMarked
package dev.nines.embedded.postgres;

import org.jspecify.annotations.NullMarked;
