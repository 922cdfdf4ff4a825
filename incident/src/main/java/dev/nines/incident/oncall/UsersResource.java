// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.oncall;

import dev.nines.journal.Json;
import dev.nines.objectives.access.CurrentPrincipal;
import dev.nines.objectives.access.Principal;
import dev.nines.objectives.request.FieldRules;
import dev.nines.objectives.request.RequestJson;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** The people of the caller's tenant who can be woken. */
@Path("/api/v1/users")
@Produces(MediaType.APPLICATION_JSON)
public class UsersResource {

  private final Users users;
  private final CurrentPrincipal caller;

  public UsersResource(Users users, CurrentPrincipal caller) {
    this.users = users;
    this.caller = caller;
  }

  @GET
  public String list() {
    return Json.write(users.list(caller.principal().tenant()).stream().map(UserForm::of).toList());
  }

  /** Creates or replaces; 400 names each field and rule. */
  @PUT
  @Path("{name}")
  @Consumes(MediaType.APPLICATION_JSON)
  public String put(@PathParam("name") String name, @Nullable String body) {
    Principal who = caller.principal();
    FieldRules rules = new FieldRules();
    User user = RequestJson.read(body, UserForm.class).user(rules, name);
    rules.enforce();
    users.put(who.tenant(), user, who.name()).enforce();
    return Json.write(UserForm.of(user));
  }

  /** 409 while a schedule or a policy names the user. */
  @DELETE
  @Path("{name}")
  public void delete(@PathParam("name") String name) {
    Principal who = caller.principal();
    users.delete(who.tenant(), name, who.name()).enforce();
  }
}
