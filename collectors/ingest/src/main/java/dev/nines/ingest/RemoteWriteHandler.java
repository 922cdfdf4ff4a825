// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.nines.ingest.remotewrite.RemoteWrite;
import dev.nines.ingest.remotewrite.RemoteWrite.Translation;
import dev.nines.ingest.remotewrite.Version;
import dev.nines.ingest.series.Admission.Omitted;
import dev.nines.telemetry.MalformedOtlp;
import dev.nines.telemetry.Signal;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Answers {@code POST /api/v1/write} by the rules of Prometheus remote write 1.0 and 2.0: 204 when
 * all is stored, 400 when some of it never can be, 503 when it can be later. What is sound of a
 * request is stored also where the rest is not.
 */
final class RemoteWriteHandler implements HttpHandler {

  static final String PATH = "/api/v1/write";

  private static final Translation NOTHING = new Translation(new byte[0], 0, 0, 0, Map.of(), "");

  private final Gate gate;
  private final IngestLimits limits;

  RemoteWriteHandler(Gate gate, CollectorHost host) {
    BodyReader.loadSnappy();
    this.gate = gate;
    this.limits = host.limits;
  }

  /**
   * What is sent back.
   *
   * @param written what of the request is stored
   */
  private record Reply(Answer answer, Translation written) {

    static Reply refused(Fault fault, String message) {
      return new Reply(new Answer.Refused(fault, message), NOTHING);
    }
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      HttpCall call = new HttpCall(exchange, limits);
      Optional<Version> version = version(call);
      Reply reply = reply(call, version);
      call.drain();
      gate.answered(Protocol.REMOTE_WRITE, reply.answer);
      write(call, version, reply);
    }
  }

  private Reply reply(HttpCall call, Optional<Version> version) throws IOException {
    try {
      if (!call.exchange().getRequestURI().getPath().equals(PATH)) {
        return Reply.refused(Fault.NOT_FOUND, "remote write is taken at " + PATH);
      }
      if (!call.isPost()) {
        return Reply.refused(Fault.METHOD, "remote write is sent by POST");
      }
      if (version.isEmpty()) {
        return Reply.refused(
            Fault.MEDIA_TYPE, "Content-Type must be application/x-protobuf of a known message");
      }
      if (!call.token("Content-Encoding").equals("snappy")) {
        return Reply.refused(Fault.ENCODING, "Content-Encoding must be snappy");
      }
      return take(call, version.get());
    } catch (RuntimeException | Error e) {
      return new Reply(gate.failed(e), NOTHING);
    }
  }

  private Reply take(HttpCall call, Version version) throws IOException {
    return switch (gate.admit(call.header("Authorization"), call.exchange().getRemoteAddress())) {
      case Gate.Admission.Closed(Answer.Refused refused) -> new Reply(refused, NOTHING);
      case Gate.Admission.Open(String tenant) ->
          switch (reader(tenant).readSnappy(call.body(), call.length())) {
            case Received.Broken(Fault fault, String _) when fault == Fault.OVERLOADED ->
                new Reply(gate.noRoom(tenant), NOTHING);
            case Received.Broken(Fault fault, String message) -> Reply.refused(fault, message);
            case Received.Whole whole -> take(tenant, version, whole);
          };
    };
  }

  private BodyReader reader(String tenant) {
    return new BodyReader(limits.maxBodyBytes(), gate.room(tenant));
  }

  private Reply take(String tenant, Version version, Received.Whole sent) {
    try (InFlightBytes.Reservation reservation = sent.reservation()) {
      Room room = new Room(sent.body().length, reservation);
      Translation translation = RemoteWrite.translate(version, sent.body(), room::need);
      room.settle(translation.otlp().length);
      Answer answer =
          gate.take(
              new Export(tenant, Signal.METRICS, Format.PROTOBUF),
              sent,
              new Intake.Translated(translation.otlp(), translation.rejected()));
      return reply(answer, translation);
    } catch (MalformedOtlp e) {
      String message = "not a remote write request: " + e.getMessage();
      return refused(new Answer.Refused(Fault.MALFORMED, message), sent);
    } catch (Room.None e) {
      boolean now = e.answer().fault() == Fault.OVERLOADED;
      return refused(now ? gate.noRoom(tenant) : e.answer(), sent);
    }
  }

  private Reply refused(Answer.Refused answer, Received.Whole sent) {
    return new Reply(gate.refused(answer, sent.body().length), NOTHING);
  }

  /** A request of which some is rejected must fail, and say how much of it is there. */
  private static Reply reply(Answer answer, Translation translation) {
    return switch (answer) {
      case Answer.Refused refused -> new Reply(refused, NOTHING);
      case Answer.Stored stored when stored.rejectedItems() > stored.omitted().items() ->
          throw new IllegalStateException("translated into what is rejected: " + stored.message());
      case Answer.Stored stored -> reply(stored, translation);
    };
  }

  private static Reply reply(Answer.Stored stored, Translation translation) {
    String rules =
        Stream.of(translation.rules(), stored.message())
            .filter(rule -> !rule.isEmpty())
            .collect(Collectors.joining("; "));
    Answer answer = rules.isEmpty() ? stored : new Answer.Refused(Fault.MALFORMED, rules);
    return new Reply(answer, without(translation, stored.omitted()));
  }

  private static Translation without(Translation all, Omitted omitted) {
    return new Translation(
        all.otlp(),
        all.samples() - omitted.numbers(),
        all.histograms() - omitted.histograms(),
        all.exemplars() - omitted.exemplars(),
        all.rejected(),
        all.rules());
  }

  private void write(HttpCall call, Optional<Version> version, Reply reply) throws IOException {
    if (version.equals(Optional.of(Version.V2))) {
      written(call, "Samples", reply.written.samples());
      written(call, "Histograms", reply.written.histograms());
      written(call, "Exemplars", reply.written.exemplars());
    }
    switch (reply.answer) {
      case Answer.Stored _ -> call.send(204, new byte[0]);
      case Answer.Refused(Fault fault, String message) -> {
        call.setAdvice(fault);
        call.set("Content-Type", "text/plain; charset=utf-8");
        call.send(status(fault), (message + "\n").getBytes(UTF_8));
      }
    }
  }

  private static void written(HttpCall call, String what, int count) {
    call.set("X-Prometheus-Remote-Write-" + what + "-Written", Integer.toString(count));
  }

  /** What a sender can do nothing about is 400, whatever OTLP has for it. */
  private static int status(Fault fault) {
    return switch (fault) {
      case TOO_LARGE, BROKER_LIMIT -> 400;
      default -> fault.httpStatus();
    };
  }

  /** By the content type's {@code proto} parameter; without it, the first version. */
  private static Optional<Version> version(HttpCall call) {
    String type = call.header("Content-Type");
    if (type == null || !call.token("Content-Type").equals("application/x-protobuf")) {
      return Optional.empty();
    }
    String message =
        Arrays.stream(type.split(";"))
            .skip(1)
            .map(String::strip)
            .filter(parameter -> parameter.toLowerCase(Locale.ROOT).startsWith("proto="))
            .map(parameter -> parameter.substring("proto=".length()).replace("\"", "").strip())
            .findFirst()
            .orElse("prometheus.WriteRequest");
    return switch (message) {
      case "prometheus.WriteRequest" -> Optional.of(Version.V1);
      case "io.prometheus.write.v2.Request" -> Optional.of(Version.V2);
      default -> Optional.empty();
    };
  }
}
