// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.access;

import dev.nines.objectives.access.CurrentPrincipal;
import dev.nines.objectives.access.Principal;
import jakarta.enterprise.context.RequestScoped;
import org.jspecify.annotations.Nullable;

/** The caller of the request that is being served. */
@RequestScoped
public class RequestPrincipal implements CurrentPrincipal {

  private @Nullable Principal principal;

  void set(Principal resolved) {
    principal = resolved;
  }

  @Override
  public Principal principal() {
    if (principal == null) {
      throw new IllegalStateException("no principal: the access filter did not run");
    }
    return principal;
  }
}
