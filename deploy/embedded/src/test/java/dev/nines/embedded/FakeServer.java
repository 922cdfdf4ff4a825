// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** Stands where the server stands: lives, is ready after three questions, tells its properties. */
public final class FakeServer {

  private FakeServer() {}

  public static void main(String[] args) throws IOException {
    int port = Integer.getInteger("quarkus.http.port");
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    int[] questions = new int[1];
    http.createContext(
        "/health/ready",
        exchange -> {
          exchange.sendResponseHeaders(++questions[0] < 3 ? 503 : 200, -1);
          exchange.close();
        });
    http.createContext(
        "/health/live",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    http.createContext(
        "/property",
        exchange -> {
          String value = System.getProperty(exchange.getRequestURI().getQuery(), "");
          byte[] body = value.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    http.start();
    while (System.in.read() >= 0) {
      continue;
    }
    System.exit(0);
  }

  /** An executable jar of this class, and of nothing else. */
  static Path jar(Path folder) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, FakeServer.class.getName());
    Path jar = folder.resolve("fake-server.jar");
    String entry = FakeServer.class.getName().replace('.', '/') + ".class";
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest);
        InputStream compiled = FakeServer.class.getClassLoader().getResourceAsStream(entry)) {
      out.putNextEntry(new ZipEntry(entry));
      compiled.transferTo(out);
      out.closeEntry();
    }
    return jar;
  }
}
