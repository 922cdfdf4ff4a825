// SPDX-License-Identifier: Apache-2.0
package dev.nines.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;

/**
 * A row of the audit trail.
 *
 * @param seq from 1, without gaps in its tenant
 * @param hash SHA-256 of {@code prevHash} and {@link #canonical}
 */
public record AuditRow(long seq, AuditTrail.Entry entry, byte[] prevHash, byte[] hash) {

  static AuditRow after(long seq, byte[] hash, AuditTrail.Entry entry) {
    AuditRow unhashed = new AuditRow(seq + 1, entry, hash, new byte[0]);
    return new AuditRow(seq + 1, entry, hash, unhashed.computedHash());
  }

  byte[] computedHash() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(prevHash);
      return digest.digest(canonical().getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("each Java platform has SHA-256", e);
    }
  }

  /** RFC 8785: sorted names, no space, shortest escapes. The detail is a text in it. */
  public String canonical() {
    StringBuilder json = new StringBuilder("{\"action\":");
    quote(json, entry.action());
    quote(json.append(",\"actor\":"), entry.actor());
    quote(json.append(",\"at\":"), entry.at().toString());
    quote(json.append(",\"detail\":"), entry.detail());
    json.append(",\"seq\":").append(seq);
    quote(json.append(",\"subject\":"), entry.subject());
    quote(json.append(",\"tenant\":"), entry.tenant());
    return json.append('}').toString();
  }

  private static void quote(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        case '\b' -> json.append("\\b");
        case '\f' -> json.append("\\f");
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        case '\t' -> json.append("\\t");
        default -> json.append(c < ' ' ? String.format(Locale.ROOT, "\\u%04x", (int) c) : c);
      }
    }
    json.append('"');
  }
}
