// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper.exposition;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an independent writer writes is read back; what is broken is refused and nothing else. */
class RoundTripTest {

  private static final int ROUNDS = 1_000;

  @ParameterizedTest
  @EnumSource
  void whatIsWrittenIsReadBack(Syntax syntax) throws IOException {
    int points = 0;
    for (int seed = 0; seed < ROUNDS; seed++) {
      Random random = new Random(seed);
      List<Family> families = new RandomFamilies(random, syntax).next();
      String body = new Renderer(syntax, random).render(families);
      Exposition.Read read =
          Exposition.read(new Trickle(body.getBytes(UTF_8), random), syntax, 1_000_000);
      List<Family> found = read.families().stream().map(RoundTripTest::withoutLines).toList();
      assertThat(found).as("seed %d%n%s", seed, body).isEqualTo(families);
      points += found.stream().mapToInt(family -> family.points().size()).sum();
    }
    assertThat(points).isGreaterThan(ROUNDS);
  }

  @ParameterizedTest
  @EnumSource
  void brokenBodiesAreReadOrRefused(Syntax syntax) throws IOException {
    int refused = 0;
    for (int seed = 0; seed < ROUNDS; seed++) {
      Random random = new Random(seed);
      List<Family> families = new RandomFamilies(random, syntax).next();
      byte[] body = broken(new Renderer(syntax, random).render(families).getBytes(UTF_8), random);
      try {
        Exposition.read(new ByteArrayInputStream(body), syntax, 1_000_000);
      } catch (Malformed e) {
        refused++;
        assertThat(e.line()).isPositive();
        assertThat(e.getMessage()).isNotBlank();
      }
    }
    assertThat(refused).isBetween(ROUNDS / 4, ROUNDS);
  }

  private static byte[] broken(byte[] body, Random random) {
    byte[] broken = body.clone();
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes && broken.length > 0; i++) {
      int at = random.nextInt(broken.length);
      switch (random.nextInt(4)) {
        case 0 -> broken[at] = (byte) random.nextInt(256);
        case 1 -> broken[at] = (byte) " {}\"\\\n,=#".charAt(random.nextInt(9));
        case 2 -> broken = Arrays.copyOf(broken, at);
        default -> {
          byte[] longer = Arrays.copyOf(broken, broken.length + 10);
          System.arraycopy(
              broken, at, longer, Math.min(at + 10, longer.length), broken.length - at);
          broken = longer;
        }
      }
    }
    return broken;
  }

  private static Family withoutLines(Family family) {
    List<Point> points =
        family.points().stream()
            .map(
                point ->
                    switch (point) {
                      case Point.Number p ->
                          (Point)
                              new Point.Number(
                                  p.name(),
                                  p.labels(),
                                  p.value(),
                                  p.timeNanos(),
                                  p.createdNanos(),
                                  p.exemplars(),
                                  0);
                      case Point.Histogram p ->
                          new Point.Histogram(
                              p.labels(),
                              p.bounds(),
                              p.counts(),
                              p.sum(),
                              p.timeNanos(),
                              p.createdNanos(),
                              p.exemplars(),
                              0);
                      case Point.Summary p ->
                          new Point.Summary(
                              p.labels(),
                              p.quantiles(),
                              p.sum(),
                              p.count(),
                              p.timeNanos(),
                              p.createdNanos(),
                              0);
                    })
            .toList();
    return new Family(family.name(), family.type(), family.help(), family.unit(), points);
  }

  /** A stream that gives as little at a time as a slow network. */
  private static final class Trickle extends InputStream {

    private final ByteArrayInputStream body;
    private final Random random;

    Trickle(byte[] body, Random random) {
      this.body = new ByteArrayInputStream(body);
      this.random = random;
    }

    @Override
    public int read() {
      return body.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      return body.read(into, offset, Math.min(length, 1 + random.nextInt(100)));
    }
  }
}
