// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.telemetry.SpanSelection.Choice;
import dev.nines.telemetry.SpanSelection.Selected;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A selection against the same done with protobuf-java's objects. */
class SpanSelectionTest {

  private final SpanSelection selection = new SpanSelection();

  @Test
  void whatIsChosenIsAsItWasAndNothingElseIsThere() throws Exception {
    for (long seed = 0; seed < 200; seed++) {
      ExportTraceServiceRequest request = new RandomTraces(seed).request(3, 3, 6);
      List<Choice> choices = choices(new Random(seed), WalkedTraces.of(request.toByteArray()));
      Iterator<Choice> given = choices.iterator();

      Selected selected = selection.select(request.toByteArray(), span -> given.next());

      ExportTraceServiceRequest oracle = oracle(request, choices.iterator());
      assertThat(ExportTraceServiceRequest.parseFrom(selected.body()))
          .as("seed %d", seed)
          .isEqualTo(oracle);
      long kept = choices.stream().filter(choice -> choice != Choice.LEFT_OUT).count();
      assertThat(selected.kept()).isEqualTo(kept);
      assertThat(selected.leftOut()).isEqualTo(choices.size() - kept);
    }
  }

  @Test
  void withoutAChoiceThereIsNoBody() {
    byte[] body = new RandomTraces(7).request(3, 3, 6).toByteArray();
    assertThat(selection.select(body, span -> Choice.LEFT_OUT).body()).isEmpty();
  }

  private static List<Choice> choices(Random random, List<?> spans) {
    List<Choice> choices = new ArrayList<>();
    for (int i = 0; i < spans.size(); i++) {
      choices.add(
          switch (random.nextInt(4)) {
            case 0 -> Choice.KEPT;
            case 1 -> new Choice.Changed("ot=th:" + random.nextInt(9));
            default -> Choice.LEFT_OUT;
          });
    }
    return choices;
  }

  private static ExportTraceServiceRequest oracle(
      ExportTraceServiceRequest request, Iterator<Choice> choices) {
    ExportTraceServiceRequest.Builder kept = request.toBuilder().clearResourceSpans();
    for (ResourceSpans resource : request.getResourceSpansList()) {
      ResourceSpans.Builder scopes = resource.toBuilder().clearScopeSpans();
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        ScopeSpans.Builder spans = scope.toBuilder().clearSpans();
        for (Span span : scope.getSpansList()) {
          switch (choices.next()) {
            case Choice.Kept() -> spans.addSpans(span);
            case Choice.Changed(String state) ->
                spans.addSpans(span.toBuilder().setTraceState(state));
            case Choice.LeftOut() -> {}
          }
        }
        if (spans.getSpansCount() > 0) {
          scopes.addScopeSpans(spans);
        }
      }
      if (scopes.getScopeSpansCount() > 0) {
        kept.addResourceSpans(scopes);
      }
    }
    return kept.build();
  }
}
