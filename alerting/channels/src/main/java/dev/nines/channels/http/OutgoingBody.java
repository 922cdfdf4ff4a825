// SPDX-License-Identifier: Apache-2.0
package dev.nines.channels.http;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.apache.hc.core5.http.io.entity.StringEntity;

/** JSON that knows whether it has begun to leave: until then nobody can have received it. */
final class OutgoingBody extends HttpEntityWrapper {

  private volatile boolean left;

  OutgoingBody(String json) {
    super(new StringEntity(json, ContentType.APPLICATION_JSON));
  }

  boolean left() {
    return left;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    left = true;
    super.writeTo(out);
  }
}
