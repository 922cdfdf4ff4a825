// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.access;

/** Port: the caller of the request that is being served. The server fills it. */
@FunctionalInterface
public interface CurrentPrincipal {

  /**
   * @throws IllegalStateException outside a request
   */
  Principal principal();
}
