// SPDX-License-Identifier: Apache-2.0
package dev.nines.catalog;

import dev.nines.journal.AuditTrail;
import dev.nines.journal.Journal;
import dev.nines.journal.Json;
import dev.nines.journal.Sql;
import dev.nines.objectives.AccessToken;
import dev.nines.objectives.ObjectiveTopics;
import dev.nines.objectives.access.Principal;
import dev.nines.objectives.access.Principal.Right;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Who may call: rows in PostgreSQL, and {@code control.tokens} for roles that have none. */
public final class Tokens {

  private static final String COLUMNS =
      "SELECT id, tenant, name, region, rights, created_by, created_at, revoked_at"
          + " FROM access_token ";

  private final Journal journal;
  private final InstantSource clock;
  private final CatalogConfig config;
  private final SecureRandom random = new SecureRandom();
  private final Control control = new Control();

  public Tokens(Journal journal, InstantSource clock, CatalogConfig config) {
    this.journal = journal;
    this.clock = clock;
    this.config = config;
  }

  /**
   * @param token shown this once; it is kept nowhere
   */
  public record Created(String token, TokenRow row) {}

  /** The tenant has as many tokens as it may. */
  public static final class TooManyTokens extends RuntimeException {
    TooManyTokens(int max) {
      super("the tenant has " + max + " tokens; revoke some");
    }
  }

  /** Tables of the catalog, see {@link Catalog#migrate}. */
  public Tokens migrate() {
    Control.migrate(journal.dataSource());
    return this;
  }

  /**
   * Makes the token in a file an administrator of the tenant; nothing happens when it is known,
   * also when it was revoked.
   *
   * @throws IOException when the file cannot be read
   * @throws IllegalArgumentException when it holds no token
   */
  public void ensureTenant(String tenant, Path adminTokenFile) throws IOException {
    String token = Files.readString(adminTokenFile).strip();
    if (token.length() < 20) {
      throw new IllegalArgumentException(adminTokenFile + " holds no token of 20 characters");
    }
    Principal admin = new Principal(tenant, "admin", "", EnumSet.allOf(Right.class));
    journal.transact(tx -> insert(tx, "up", admin, TokenHash.of(token)));
  }

  /**
   * @throws TooManyTokens at the tenant's limit
   */
  public Created create(Principal caller, String name, String region, Set<Right> rights) {
    String token = TokenHash.newToken(random);
    String hash = TokenHash.of(token);
    Principal principal = new Principal(caller.tenant(), name, region, rights);
    return journal.transact(
        tx -> {
          Sql.lock(tx, "tokens/" + caller.tenant());
          if (count(tx, caller.tenant()) >= config.tokensMax()) {
            throw new TooManyTokens(config.tokensMax());
          }
          insert(tx, caller.name(), principal, hash);
          return new Created(token, byId(tx, caller.tenant(), TokenHash.id(hash)).orElseThrow());
        });
  }

  /** Those of the tenant: good ones, the newest first, then some that were revoked. */
  public List<TokenRow> list(String tenant) {
    return journal.transact(
        tx ->
            Sql.rows(
                tx,
                COLUMNS
                    + "WHERE tenant = ? ORDER BY revoked_at DESC NULLS FIRST, created_at DESC LIMIT ?",
                Tokens::token,
                tenant,
                2 * config.tokensMax()));
  }

  /** Empty when there is none of that id; a second time changes nothing. */
  public Optional<TokenRow> revoke(Principal caller, String id) {
    return journal.transact(
        tx -> {
          Instant now = clock.instant();
          int revoked =
              Sql.update(
                  tx,
                  """
                  UPDATE access_token SET revoked_by = ?, revoked_at = ?
                  WHERE tenant = ? AND id = ? AND revoked_at IS NULL""",
                  caller.name(),
                  now,
                  caller.tenant(),
                  id);
          Optional<TokenRow> row = byId(tx, caller.tenant(), id);
          if (revoked == 1) {
            String hash = hash(tx, caller.tenant(), id);
            AccessToken token = new AccessToken(hash, row.orElseThrow().principal(), true);
            publish(tx, caller.name(), "token.revoke", token, now);
          }
          return row;
        });
  }

  /** The principal of a token that is good. */
  public Optional<Principal> find(String token) {
    return journal
        .transact(
            tx ->
                Sql.row(
                    tx,
                    COLUMNS + "WHERE sha256 = ? AND revoked_at IS NULL",
                    Tokens::token,
                    TokenHash.of(token)))
        .map(TokenRow::principal);
  }

  private boolean insert(Connection tx, String actor, Principal principal, String hash)
      throws SQLException {
    Instant now = clock.instant();
    int inserted =
        Sql.update(
            tx,
            """
            INSERT INTO access_token (tenant, sha256, id, name, region, rights, created_by, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""",
            principal.tenant(),
            hash,
            TokenHash.id(hash),
            principal.name(),
            principal.region(),
            words(principal.rights()),
            actor,
            now);
    if (inserted == 1) {
      publish(tx, actor, "token.create", new AccessToken(hash, principal, false), now);
    }
    return inserted == 1;
  }

  private void publish(Connection tx, String actor, String action, AccessToken token, Instant now) {
    Principal principal = token.principal();
    control.write(
        tx,
        ObjectiveTopics.TOKENS,
        token.sha256(),
        token.revoked() ? "revoked" : "created",
        token,
        new AuditTrail.Entry(
            principal.tenant(),
            actor,
            action,
            "token/" + TokenHash.id(token.sha256()),
            Json.write(principal),
            now));
  }

  private static long count(Connection tx, String tenant) throws SQLException {
    return Sql.row(
            tx,
            "SELECT count(*) FROM access_token WHERE tenant = ? AND revoked_at IS NULL",
            row -> row.getLong(1),
            tenant)
        .orElseThrow();
  }

  private static Optional<TokenRow> byId(Connection tx, String tenant, String id)
      throws SQLException {
    return Sql.row(tx, COLUMNS + "WHERE tenant = ? AND id = ?", Tokens::token, tenant, id);
  }

  private static String hash(Connection tx, String tenant, String id) throws SQLException {
    return Sql.row(
            tx,
            "SELECT sha256 FROM access_token WHERE tenant = ? AND id = ?",
            row -> row.getString(1),
            tenant,
            id)
        .orElseThrow();
  }

  private static TokenRow token(ResultSet row) throws SQLException {
    return new TokenRow(
        row.getString("id"),
        row.getString("tenant"),
        row.getString("name"),
        row.getString("region"),
        rights(row.getString("rights")),
        row.getString("created_by"),
        Sql.instant(row, "created_at"),
        Sql.nullableInstant(row, "revoked_at"));
  }

  private static String words(Set<Right> rights) {
    return rights.stream().sorted().map(Right::name).collect(Collectors.joining(","));
  }

  private static Set<Right> rights(String words) {
    return Arrays.stream(words.split(",")).map(Right::valueOf).collect(Collectors.toSet());
  }
}
