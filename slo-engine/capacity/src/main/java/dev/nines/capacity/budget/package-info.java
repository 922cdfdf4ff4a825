// SPDX-License-Identifier: Apache-2.0
/** When an error budget will be spent, as an interval, with what such intervals really held. */
@NullMarked
package dev.nines.capacity.budget;

import org.jspecify.annotations.NullMarked;
