// SPDX-License-Identifier: Apache-2.0
/**
 * Finds card numbers, e-mail addresses, IP addresses and keys in telemetry and takes them out
 * before a record reaches Kafka.
 *
 * <pre>
 * Redactor ── Suspicion: one pass over the bytes; most bodies end here, untouched
 *          └─ TextRewrite (telemetry) ── Redaction ── Finder: CardFinder, EmailFinder, IpFinder, TokenFinder
 * </pre>
 */
@NullMarked
package dev.nines.ingest.redaction;

import org.jspecify.annotations.NullMarked;
