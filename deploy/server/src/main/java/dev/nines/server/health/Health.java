// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.health;

import java.util.Map;

/**
 * @param status {@code UP} or {@code DOWN}
 * @param parts what each part of the active roles says, {@code UP} or its complaint
 */
public record Health(String status, Map<String, String> parts) {}
