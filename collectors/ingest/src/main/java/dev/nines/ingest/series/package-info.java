// SPDX-License-Identifier: Apache-2.0
/** How many series a metric of a tenant may have, and which label has too many values. */
@org.jspecify.annotations.NullMarked
package dev.nines.ingest.series;
