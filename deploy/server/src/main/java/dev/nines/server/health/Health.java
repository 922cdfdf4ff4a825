// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.health;

import java.util.Map;

/**
 * @param status {@code UP} or {@code DOWN}
 * @param parts what each part of the active roles says, {@code UP}, its complaint, or the limit
 *     that it keeps now
 */
public record Health(String status, Map<String, String> parts) {}
