// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.access;

import dev.nines.objectives.access.Principal.Right;
import dev.nines.server.Role;

/**
 * One REST method and who may call it.
 *
 * @param method {@code Resource.method}
 * @param role the role that serves it; elsewhere it answers 404
 */
public record Endpoint(String method, Role role, Right right) {}
