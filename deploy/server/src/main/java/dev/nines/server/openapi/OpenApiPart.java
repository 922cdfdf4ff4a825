// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.openapi;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Tag;

/** What one file of the class path says of the API. */
final class OpenApiPart {

  private static final JsonMapper JSON = new JsonMapper();

  private OpenApiPart() {}

  /** Empty when there is no such file beside the class. */
  static ObjectNode read(Class<?> beside, String name) {
    try (InputStream file = beside.getResourceAsStream(name + ".yaml")) {
      return file == null
          ? JSON.createObjectNode()
          : JSON.valueToTree(new Yaml(new Texts()).load(file));
    } catch (IOException e) {
      throw new UncheckedIOException(beside.getName() + ": " + name + ".yaml", e);
    }
  }

  /** JSON has no instants: what looks like one stays the text that it is. */
  private static final class Texts extends SafeConstructor {
    Texts() {
      super(new LoaderOptions());
      yamlConstructors.put(Tag.TIMESTAMP, new ConstructYamlStr());
    }
  }
}
