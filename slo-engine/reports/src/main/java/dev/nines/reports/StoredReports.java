// SPDX-License-Identifier: Apache-2.0
package dev.nines.reports;

import dev.nines.objectives.sla.Period;
import dev.nines.objectives.sla.evidence.EvidenceJson;
import dev.nines.objectives.sla.evidence.Pack;
import dev.nines.warehouse.Query;
import dev.nines.warehouse.Row;
import dev.nines.warehouse.Sql;
import dev.nines.warehouse.Writer;
import dev.nines.warehouse.block.FixedColumn;
import dev.nines.warehouse.block.NativeBlock;
import dev.nines.warehouse.block.TextColumn;
import dev.nines.warehouse.block.WordColumn;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The table {@code sla_reports}: what was told to a customer once, and is never changed. */
public final class StoredReports {

  private static final int ROWS_MAX = 1_000;

  private static final String ONE =
      """
      SELECT files FROM sla_reports
      WHERE tenant = {tenant:String} AND customer = {customer:String}
        AND from_at = toDateTime({from:Int64}, 'UTC') AND to_at = toDateTime({to:Int64}, 'UTC')
        AND ({revision:Int64} = 0 OR revision = {revision:Int64})
      ORDER BY revision DESC, made_at LIMIT 1
      """;

  private static final String LIST =
      """
      SELECT from_at, to_at, revision, made_at, cause, content_hash FROM sla_reports
      WHERE tenant = {tenant:String} AND customer = {customer:String}
      ORDER BY from_at DESC, revision DESC, made_at LIMIT 1 BY from_at, to_at, revision
      LIMIT\s"""
          + ROWS_MAX;

  private final Query query;
  private final Writer writer;

  public StoredReports(Query query, Writer writer) {
    this.query = query;
    this.writer = writer;
  }

  /** A stored revision, without its contents. */
  public record Revision(
      Instant from, Instant to, int revision, Instant madeAt, String cause, String contentHash) {}

  /**
   * @param revision 0 for the latest
   */
  Optional<Pack> find(String tenant, String customer, Period period, int revision) {
    Sql sql =
        Sql.of(ONE)
            .with("tenant", tenant)
            .with("customer", customer)
            .with("from", period.from().getEpochSecond())
            .with("to", period.to().getEpochSecond())
            .with("revision", (long) revision);
    return query.rows(sql).stream().findFirst().map(row -> pack(row.text("files")));
  }

  /** Newest month first, its newest revision first; at most 1,000. */
  List<Revision> list(String tenant, String customer) {
    Sql sql = Sql.of(LIST).with("tenant", tenant).with("customer", customer);
    return query.rows(sql).stream().map(StoredReports::revision).toList();
  }

  /** Returns once it is on disk; the same again changes nothing. */
  void keep(String tenant, String customer, Period period, Pack pack, Instant madeAt) {
    WordColumn tenants = new WordColumn("tenant");
    WordColumn customers = new WordColumn("customer");
    FixedColumn from = FixedColumn.dateTime("from_at");
    FixedColumn to = FixedColumn.dateTime("to_at");
    FixedColumn revision = FixedColumn.uint32("revision");
    FixedColumn made = FixedColumn.dateTime64("made_at", 3);
    TextColumn cause = new TextColumn("cause");
    TextColumn hash = new TextColumn("content_hash");
    TextColumn files = new TextColumn("files");
    tenants.put(tenant);
    customers.put(customer);
    from.put(period.from().getEpochSecond());
    to.put(period.to().getEpochSecond());
    revision.put(pack.manifest().revision());
    made.put(madeAt.toEpochMilli());
    cause.put(pack.manifest().cause());
    hash.put(pack.contentHash());
    files.put(EvidenceJson.write(pack));
    writer.insert(
        "sla_reports",
        new NativeBlock(List.of(tenants, customers, from, to, revision, made, cause, hash, files)),
        String.join(
            "/",
            tenant,
            customer,
            period.from().toString(),
            String.valueOf(pack.manifest().revision()),
            pack.contentHash()));
  }

  private static Pack pack(String files) {
    return EvidenceJson.read(files, Pack.class)
        .orElseThrow(() -> new IllegalStateException("a stored report cannot be read"));
  }

  private static Revision revision(Row row) {
    return new Revision(
        row.instant("from_at"),
        row.instant("to_at"),
        Math.toIntExact(row.number("revision")),
        row.instant("made_at"),
        row.text("cause"),
        row.text("content_hash"));
  }
}
