// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

/** What a token allows. */
public record Grant(String tenant, boolean mayWrite) {}
