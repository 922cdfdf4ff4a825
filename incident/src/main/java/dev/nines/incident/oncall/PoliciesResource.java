// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.oncall;

import dev.nines.incident.oncall.Routing.Rule;
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
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Who is told and who next, and for which service. */
@Path("/api/v1/escalation")
@Produces(MediaType.APPLICATION_JSON)
public class PoliciesResource {

  private static final int RULES_MAX = 1_000;
  private static final Pattern SERVICE = Pattern.compile("[^*]{1,255}|[^*]{0,254}\\*");

  private final Policies policies;
  private final CurrentPrincipal caller;

  public PoliciesResource(Policies policies, CurrentPrincipal caller) {
    this.policies = policies;
    this.caller = caller;
  }

  /**
   * The tenant's routing.
   *
   * @param defaultPolicy absent: every channel of the tenant is told
   * @param rules the first that matches the service counts
   */
  record RoutingForm(@Nullable String defaultPolicy, @Nullable List<@Nullable RuleForm> rules) {}

  /**
   * @param service a name, or the start of names followed by {@code *}
   */
  record RuleForm(@Nullable String service, @Nullable String policy) {}

  @GET
  @Path("policies")
  public String list() {
    return Json.write(
        policies.list(caller.principal().tenant()).stream().map(PolicyForm::of).toList());
  }

  /** Creates or replaces; incidents under way keep the steps that they began with. */
  @PUT
  @Path("policies/{name}")
  @Consumes(MediaType.APPLICATION_JSON)
  public String put(@PathParam("name") String name, @Nullable String body) {
    Principal who = caller.principal();
    FieldRules rules = new FieldRules();
    EscalationPolicy policy = RequestJson.read(body, PolicyForm.class).policy(rules, name);
    rules.enforce();
    policies.put(who.tenant(), policy, who.name()).enforce();
    return Json.write(PolicyForm.of(policy));
  }

  /** 409 while the routing names it. */
  @DELETE
  @Path("policies/{name}")
  public void delete(@PathParam("name") String name) {
    Principal who = caller.principal();
    policies.delete(who.tenant(), name, who.name()).enforce();
  }

  @GET
  @Path("routing")
  public String routing() {
    return Json.write(policies.routing(caller.principal().tenant()));
  }

  /** Replaces all rules. */
  @PUT
  @Path("routing")
  @Consumes(MediaType.APPLICATION_JSON)
  public String route(@Nullable String body) {
    Principal who = caller.principal();
    FieldRules rules = new FieldRules();
    Routing routing = routing(rules, RequestJson.read(body, RoutingForm.class));
    rules.enforce();
    policies.route(who.tenant(), routing, who.name()).enforce();
    return Json.write(routing);
  }

  private static Routing routing(FieldRules rules, RoutingForm form) {
    if (form.rules() == null) {
      rules.refuse("rules", "required", "", "is required; an empty list has no rule");
    }
    List<Rule> read = new ArrayList<>();
    for (RuleForm rule : Names.items(rules, "rules", form.rules(), 0, RULES_MAX)) {
      String at = "rules[" + read.size() + "]";
      String service =
          rules.matching(
              at + ".service",
              rule.service(),
              SERVICE,
              "must be a name, or the start of names followed by one *");
      read.add(new Rule(service, Names.name(rules, at + ".policy", rule.policy())));
    }
    return new Routing(form.defaultPolicy(), read);
  }
}
