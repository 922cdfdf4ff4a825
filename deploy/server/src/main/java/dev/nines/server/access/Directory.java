// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.access;

import dev.nines.catalog.Tokens;
import dev.nines.objectives.access.Principal;
import dev.nines.server.ActiveRoles;
import dev.nines.server.Role;
import dev.nines.server.role.TokensPart;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.Optional;

/** PostgreSQL where a role has it, so that a new token is good at once; else the region's copy. */
@ApplicationScoped
public class Directory implements TokenDirectory {

  private final ActiveRoles roles;
  private final Instance<Tokens> tokens;
  private final Instance<TokensPart> copy;

  public Directory(ActiveRoles roles, Instance<Tokens> tokens, Instance<TokensPart> copy) {
    this.roles = roles;
    this.tokens = tokens;
    this.copy = copy;
  }

  @Override
  public Optional<Principal> find(String token) {
    boolean journal =
        roles.contains(Role.API) || roles.contains(Role.ALERTING) || roles.contains(Role.INCIDENT);
    return journal ? tokens.get().find(token) : copy.get().find(token);
  }
}
