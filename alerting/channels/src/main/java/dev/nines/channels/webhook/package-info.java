// SPDX-License-Identifier: Apache-2.0
/** JSON over HTTP, signed. */
@NullMarked
package dev.nines.channels.webhook;

import org.jspecify.annotations.NullMarked;
