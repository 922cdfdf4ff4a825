// SPDX-License-Identifier: Apache-2.0
package dev.nines.catalog;

import dev.nines.journal.Json;
import dev.nines.objectives.access.CurrentPrincipal;
import dev.nines.objectives.access.Principal.Right;
import dev.nines.objectives.request.FieldRules;
import dev.nines.objectives.request.Problems;
import dev.nines.objectives.request.RequestJson;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Access tokens of the caller's tenant. */
@Path("/api/v1/tokens")
@Produces(MediaType.APPLICATION_JSON)
public class TokenResource {

  private final CurrentPrincipal caller;
  private final Tokens tokens;

  /** Good ones first, then the revoked. */
  public record TokenList(List<TokenRow> tokens) {}

  /**
   * @param region absent means every region
   * @param rights names of {@link Right}
   */
  record Draft(@Nullable String name, @Nullable String region, @Nullable List<String> rights) {}

  public TokenResource(CurrentPrincipal caller, Tokens tokens) {
    this.caller = caller;
    this.tokens = tokens;
  }

  /** Answers the token, this once. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public String create(String body) {
    Draft draft = RequestJson.read(body, Draft.class);
    FieldRules rules = new FieldRules();
    String name = rules.required("name", draft.name(), 63);
    String region = rules.text("region", draft.region(), 63);
    Set<Right> rights = rights(rules, draft.rights() == null ? List.of() : draft.rights());
    rules.enforce();
    try {
      return Json.write(tokens.create(caller.principal(), name, region, rights));
    } catch (Tokens.TooManyTokens e) {
      throw Problems.of(Response.Status.CONFLICT, String.valueOf(e.getMessage()), List.of());
    }
  }

  @GET
  public String list() {
    return Json.write(new TokenList(tokens.list(caller.principal().tenant())));
  }

  @DELETE
  @Path("/{id}")
  public String revoke(@PathParam("id") String id) {
    return Json.write(
        tokens
            .revoke(caller.principal(), id)
            .orElseThrow(() -> Problems.notFound("there is no token '" + id + "'")));
  }

  private static Set<Right> rights(FieldRules rules, List<String> words) {
    List<String> known = Arrays.stream(Right.values()).map(Right::name).toList();
    Set<Right> rights = EnumSet.noneOf(Right.class);
    for (String word : words) {
      if (known.contains(word)) {
        rights.add(Right.valueOf(word));
      } else {
        rules.refuse(
            "rights", "one-of", String.valueOf(word), "is none of " + String.join(", ", known));
      }
    }
    if (words.isEmpty()) {
      rules.refuse("rights", "required", "", "must name one of " + String.join(", ", known));
    }
    return rights;
  }
}
