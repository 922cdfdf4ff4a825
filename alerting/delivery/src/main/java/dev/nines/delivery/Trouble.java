// SPDX-License-Identifier: Apache-2.0
package dev.nines.delivery;

import java.time.Instant;

/**
 * Something that is wrong with the platform itself.
 *
 * @param alertName of a bounded set, such as {@code AccountingResidual}
 * @param part of the platform that it concerns; name and part together say which alert it is
 * @param words what people read, with the start of the trouble behind it
 */
public record Trouble(String alertName, String part, Instant since, String words) {}
