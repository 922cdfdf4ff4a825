// SPDX-License-Identifier: Apache-2.0
/** What really happened, from the shop's own log, computed without any code of the platform. */
@NullMarked
package dev.nines.demo.truth;

import org.jspecify.annotations.NullMarked;
