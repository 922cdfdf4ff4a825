// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.truth;

import java.util.Map;

/**
 * One span as the shop logged it.
 *
 * @param key trace id and span id in hex, which name the span
 * @param attributes resource and span attributes that objectives may ask for
 */
public record SentSpan(
    String key,
    String batch,
    String region,
    String service,
    String name,
    String kind,
    long startNanos,
    long endNanos,
    boolean error,
    Map<String, String> attributes) {}
