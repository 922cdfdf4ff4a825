// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import dev.nines.scraper.Endpoint;
import dev.nines.scraper.TestJobs;
import dev.nines.scraper.definition.Target;
import dev.nines.scraper.exposition.Family;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The requests of scrapes, against a server of HTTP. */
class FetcherTest {

  private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0";

  private final Endpoint endpoint = new Endpoint();
  private final Fetcher fetcher = new Fetcher();
  private final ByteBudget budget = new ByteBudget(64 << 20);
  @TempDir private Path folder;

  @AfterEach
  void close() {
    fetcher.close();
    endpoint.close();
  }

  @Test
  void theRequestSaysWhatPrometheusSays() throws IOException, InterruptedException {
    Path token = Files.writeString(folder.resolve("token"), "secret\n");
    endpoint.says("a 1\n");
    Scraped scraped =
        fetch("scrape_timeout: 1500ms", "authorization: {credentials_file: " + token + "}");
    assertThat(families(scraped)).hasSize(1);
    Headers asked = endpoint.asked().getFirst();
    assertThat(asked.getFirst("Accept"))
        .startsWith("application/openmetrics-text;version=1.0.0;")
        .contains(",text/plain;version=0.0.4;q=0.3");
    assertThat(asked.getFirst("Accept-Encoding")).isEqualTo("gzip");
    assertThat(asked.getFirst("X-Prometheus-Scrape-Timeout-Seconds")).isEqualTo("1.5");
    assertThat(asked.getFirst("Authorization")).isEqualTo("Bearer secret");
    assertThat(asked.getFirst("Upgrade")).isNull();
    fetch("enable_compression: false");
    assertThat(endpoint.asked().get(1).getFirst("Accept-Encoding")).isEqualTo("identity");
    assertThat(endpoint.asked().get(1).getFirst("Authorization")).isNull();
  }

  @Test
  void theContentTypeSaysHowItIsWritten() throws InterruptedException {
    endpoint.says(OPEN_METRICS, "", "a 1\n".getBytes(UTF_8));
    assertThat(fetch())
        .isEqualTo(
            failed(Reason.MALFORMED, "line 2, rule eof: # EOF is missing: the body is not whole"));
    endpoint.says(OPEN_METRICS, "", "a 1\n# EOF\n".getBytes(UTF_8));
    assertThat(families(fetch())).hasSize(1);
    endpoint.says("text/html", "", "a 1\n".getBytes(UTF_8));
    assertThat(reason(fetch())).isEqualTo(Reason.CONTENT_TYPE);
    assertThat(families(fetch("fallback_scrape_protocol: PrometheusText0.0.4"))).hasSize(1);
  }

  @Test
  void compressedBodiesAreBoundedByWhatTheyBecome() throws InterruptedException {
    endpoint.says("text/plain", "gzip", Endpoint.gzip("a 1\n".getBytes(UTF_8)));
    assertThat(families(fetch())).hasSize(1);
    endpoint.says("text/plain", "gzip", Endpoint.gzip("# x\n".repeat(100_000).getBytes(UTF_8)));
    assertThat(fetch("body_size_limit: 100KB"))
        .isEqualTo(
            failed(Reason.BODY_SIZE_LIMIT, "body_size_limit: the body has over 102400 bytes"));
    endpoint.says("text/plain", "br", "a 1\n".getBytes(UTF_8));
    assertThat(reason(fetch())).isEqualTo(Reason.ENCODING);
    endpoint.says("text/plain", "gzip", "a 1\n".getBytes(UTF_8));
    assertThat(reason(fetch())).isEqualTo(Reason.CONNECTION);
  }

  @Test
  void redirectsAreFollowedWithoutTheTokenToOthers() throws IOException, InterruptedException {
    Path token = Files.writeString(folder.resolve("token"), "secret");
    String authorization = "authorization: {credentials_file: " + token + "}";
    try (Endpoint other = new Endpoint()) {
      other.says("b 1\n");
      endpoint.leadsTo("http://" + other.address() + "/x");
      assertThat(families(fetch(authorization)).getFirst().name()).isEqualTo("b");
      assertThat(endpoint.asked().getFirst().getFirst("Authorization")).isNotNull();
      assertThat(other.asked().getFirst().getFirst("Authorization")).isNull();
      assertThat(fetch("follow_redirects: false")).isEqualTo(failed(Reason.STATUS, "status 302"));
    }
    int before = endpoint.asked().size();
    endpoint.leadsTo("/again");
    assertThat(reason(fetch())).isEqualTo(Reason.REDIRECTS);
    assertThat(endpoint.asked()).hasSize(before + 11);
    endpoint.leadsTo("file:///etc/passwd");
    assertThat(reason(fetch())).isEqualTo(Reason.REDIRECTS);
  }

  @Test
  void whatFailsSaysWhy() throws InterruptedException {
    endpoint.fails(503);
    assertThat(fetch()).isEqualTo(failed(Reason.STATUS, "status 503"));
    endpoint.says("a 1\nb x\n");
    assertThat(fetch())
        .isEqualTo(failed(Reason.MALFORMED, "line 2, rule number: 'x' is no number"));
    endpoint.says("a 1\nb 1\n");
    assertThat(fetch("sample_limit: 1"))
        .isEqualTo(failed(Reason.SAMPLE_LIMIT, "sample_limit: more than 1 samples"));
    assertThat(reason(fetch("authorization: {credentials_file: /nowhere}")))
        .isEqualTo(Reason.CREDENTIALS);
    endpoint.close();
    assertThat(reason(fetch())).isEqualTo(Reason.CONNECT);
  }

  @Test
  void aServerWithoutTlsIsNoHttpsTarget() throws IOException, InterruptedException {
    try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> answerInTheClear(plain));
      String address = "127.0.0.1:" + plain.getLocalPort();
      assertThat(reason(fetchFrom(address, "scheme: https"))).isEqualTo(Reason.TLS);
    }
  }

  /** Each connection, and reads to its end: one closed before would be reset, and tried again. */
  private static void answerInTheClear(ServerSocket plain) {
    while (!plain.isClosed()) {
      try (Socket socket = plain.accept()) {
        socket.getInputStream().readNBytes(5); // the client has begun its handshake
        socket.getOutputStream().write("HTTP/1.1 400\r\n\r\n".getBytes(UTF_8));
        socket.getInputStream().transferTo(OutputStream.nullOutputStream());
      } catch (IOException e) {
        continue; // closed by the test, or by the client
      }
    }
  }

  @Test
  void withoutRoomNothingIsHeldAgainstTheTarget() throws InterruptedException {
    endpoint.says("# x\n".repeat(1 << 19));
    assertThat(fetch()).isEqualTo(new Scraped.NoRoom());
    assertThat(budget.held()).isZero();
  }

  private Scraped fetch(String... fields) throws InterruptedException {
    return fetchFrom(endpoint.address(), fields);
  }

  private Scraped fetchFrom(String address, String... fields) throws InterruptedException {
    Target target = TestJobs.job("{targets: ['" + address + "']}", fields).targets().getFirst();
    try (ByteBudget.Reservation room = budget.reserve()) {
      return fetcher.fetch(target, room);
    }
  }

  private static List<Family> families(Scraped scraped) {
    assertThat(scraped).isInstanceOf(Scraped.Good.class);
    return ((Scraped.Good) scraped).read().families();
  }

  private static Reason reason(Scraped scraped) {
    assertThat(scraped).isInstanceOf(Scraped.Failed.class);
    return ((Scraped.Failed) scraped).reason();
  }

  private static Scraped failed(Reason reason, String why) {
    return new Scraped.Failed(reason, why);
  }
}
