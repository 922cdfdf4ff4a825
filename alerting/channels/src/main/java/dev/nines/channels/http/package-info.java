// SPDX-License-Identifier: Apache-2.0
/** One POST over HTTP, with a deadline, to addresses that the rules allow. */
@NullMarked
package dev.nines.channels.http;

import org.jspecify.annotations.NullMarked;
