// SPDX-License-Identifier: Apache-2.0
package dev.nines.warehouse.sink;

/**
 * A batch that was announced: from the committed offset to {@code last}, inclusive, as this version
 * of the mapper forms it.
 */
record Plan(long last, int mapperVersion) {}
