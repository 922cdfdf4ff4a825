// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

/**
 * A file's text.
 *
 * @param file its name, as violations show it
 */
public record Source(String file, String text) {}
