// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive.users;

/**
 * What all users together had in one minute.
 *
 * @param minute minutes since 1970
 * @param upMillis time between two events of a user of which the first was good
 * @param downMillis the same where the first was bad
 */
public record UserMinute(long minute, long upMillis, long downMillis) {}
