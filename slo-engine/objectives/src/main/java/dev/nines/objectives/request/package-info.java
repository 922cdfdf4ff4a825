// SPDX-License-Identifier: Apache-2.0
/**
 * What the body of a request says, or why it is refused: field, rule and place, as RFC 9457 tells
 * errors. Here for the reason that the principal is: each room with an endpoint may import it.
 */
@NullMarked
package dev.nines.objectives.request;

import org.jspecify.annotations.NullMarked;
