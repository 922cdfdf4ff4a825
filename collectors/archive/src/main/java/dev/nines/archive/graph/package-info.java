// SPDX-License-Identifier: Apache-2.0
/** Who calls whom: edges between services, found in the stored spans. */
@NullMarked
package dev.nines.archive.graph;

import org.jspecify.annotations.NullMarked;
