// SPDX-License-Identifier: Apache-2.0
/** Is a new version worse than the one that it replaces? */
@NullMarked
package dev.nines.objectives.canary;

import org.jspecify.annotations.NullMarked;
