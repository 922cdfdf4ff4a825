// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.server.Role;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AccessTableTest {

  private final List<String> served = ServedMethods.onClassPath();

  @Test
  void everyMethodDeclaresWhoMayCallIt() {
    assertThat(undeclared(served)).isEmpty();
    assertThat(served)
        .contains("TracesResource.trace", "SloResource.apply", "AlertsResource.list")
        .contains("IncidentsResource.resolve", "HealthResource.ready");
  }

  @Test
  void everyEntryNamesAMethod() {
    assertThat(served).containsAll(declared());
  }

  @Test
  void noTwoMethodsShareAnEntryAndNoMethodHasTwo() {
    assertThat(repeated(served)).isEmpty();
    assertThat(repeated(declared())).isEmpty();
  }

  @Test
  void aMethodThatDeclaresNothingIsFound() {
    assertThat(undeclared(ServedMethods.of(ForgottenResource.class)))
        .containsExactlyInAnyOrder("ForgottenResource.read", "ForgottenResource.locate");
  }

  @Test
  void anOverloadIsFound() {
    assertThat(repeated(ServedMethods.of(ForgottenTwins.class)))
        .containsExactly("ForgottenTwins.get");
  }

  @Test
  void everyProcessTellsItsHealthAndMetricsWhateverItsRoles() {
    for (String method :
        List.of("HealthResource.detail", "MetricsResource.metrics", "OpenApiResource.read")) {
      Endpoint endpoint = AccessTable.find(method).orElseThrow();
      assertThat(Role.values()).allMatch(role -> endpoint.servedBy(role::equals));
    }
  }

  @Test
  void otherMethodsAreServedByTheirRoleOnly() {
    Endpoint endpoint = AccessTable.find("IncidentsResource.list").orElseThrow();
    assertThat(endpoint.servedBy(Role.INCIDENT::equals)).isTrue();
    assertThat(endpoint.servedBy(role -> role != Role.INCIDENT)).isFalse();
    assertThat(endpoint.roleWords()).isEqualTo("incident");
  }

  @Test
  void onlyProbesAndTheFilesOfTheDocumentationArePublic() {
    assertThat(AccessTable.publicMethods())
        .containsExactlyInAnyOrder(
            "HealthResource.live",
            "HealthResource.ready",
            "DocsResource.page",
            "DocsResource.file");
    assertThat(AccessTable.find("HealthResource.live")).isEqualTo(Optional.empty());
  }

  private static List<String> undeclared(Collection<String> methods) {
    List<String> declared = declared();
    return methods.stream().filter(method -> !declared.contains(method)).toList();
  }

  private static List<String> declared() {
    return Stream.concat(
            AccessTable.publicMethods().stream(),
            AccessTable.endpoints().stream().map(Endpoint::method))
        .toList();
  }

  private static List<String> repeated(Collection<String> methods) {
    Set<String> seen = new HashSet<>();
    return methods.stream().filter(method -> !seen.add(method)).toList();
  }

  /** What somebody adds tomorrow and forgets to declare. */
  @Path("/forgotten")
  static final class ForgottenResource {

    @GET
    public String read() {
      return helper();
    }

    @Path("/below")
    public Object locate() {
      return this;
    }

    private static String helper() {
      return "";
    }
  }

  /** Two methods that one entry would cover. */
  @Path("/twins")
  static final class ForgottenTwins {

    @GET
    public String get() {
      return "";
    }

    @POST
    public String get(String body) {
      return body;
    }
  }
}
