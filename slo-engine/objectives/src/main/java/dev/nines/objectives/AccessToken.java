// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives;

import dev.nines.objectives.access.Principal;

/**
 * A token as the platform knows it: never the token itself.
 *
 * @param sha256 hex of the SHA-256 of the token's UTF-8 bytes
 * @param revoked true once withdrawn
 */
public record AccessToken(String sha256, Principal principal, boolean revoked) {}
