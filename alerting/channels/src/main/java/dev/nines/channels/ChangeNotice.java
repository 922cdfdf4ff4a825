// SPDX-License-Identifier: Apache-2.0
package dev.nines.channels;

import java.time.Instant;

/**
 * A deploy, rollback or flag, told to providers that show changes beside incidents.
 *
 * @param source the service that was changed
 * @param details a JSON object
 */
public record ChangeNotice(String key, String summary, String source, Instant at, String details) {}
