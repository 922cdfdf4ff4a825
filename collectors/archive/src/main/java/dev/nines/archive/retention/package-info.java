// SPDX-License-Identifier: Apache-2.0
/** How long a tenant's spans and points are kept. */
@NullMarked
package dev.nines.archive.retention;

import org.jspecify.annotations.NullMarked;
