// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.audit;

import dev.nines.journal.AuditRow;
import dev.nines.journal.AuditTrail;
import dev.nines.journal.Journal;
import dev.nines.objectives.access.CurrentPrincipal;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/** The audit trail of the caller's tenant. */
@Path("/api/v1/audit")
@Produces(MediaType.APPLICATION_JSON)
public class AuditResource {

  private final Journal journal;
  private final AuditTrail audit;
  private final CurrentPrincipal caller;

  public AuditResource(Journal journal, AuditTrail audit, CurrentPrincipal caller) {
    this.journal = journal;
    this.audit = audit;
    this.caller = caller;
  }

  /**
   * One row. {@code hash} = SHA-256 of the bytes of {@code prevHash} and {@code canonical}.
   *
   * @param detail JSON as text
   */
  public record AuditView(
      long seq,
      Instant at,
      String actor,
      String action,
      String subject,
      String detail,
      String canonical,
      String prevHash,
      String hash) {}

  /** At most 1,000 rows from a number on. */
  @GET
  public List<AuditView> list(@QueryParam("from_seq") @DefaultValue("1") long fromSeq) {
    String tenant = caller.principal().tenant();
    return journal.transact(tx -> audit.read(tx, tenant, fromSeq)).stream()
        .map(AuditResource::view)
        .toList();
  }

  private static AuditView view(AuditRow row) {
    return new AuditView(
        row.seq(),
        row.entry().at(),
        row.entry().actor(),
        row.entry().action(),
        row.entry().subject(),
        row.entry().detail(),
        row.canonical(),
        HexFormat.of().formatHex(row.prevHash()),
        HexFormat.of().formatHex(row.hash()));
  }
}
