// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

/**
 * A fact and the statement that computed it, which a reader can run again.
 *
 * @param query SQL with its values written out
 */
public record Evidence<T>(T value, String query) {}
