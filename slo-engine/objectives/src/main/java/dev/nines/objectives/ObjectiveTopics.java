// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives;

import dev.nines.transport.Topic;
import java.time.Duration;

/** The topics of the SLO engine and of the control data. All values are JSON. */
public final class ObjectiveTopics {

  /** {@link Generation}, key tenant/number. */
  public static final Topic OBJECTIVES = Topic.compacted("control.objectives", 1);

  /** Access tokens (hashes), key token hash; written by the catalog. */
  public static final Topic TOKENS = Topic.compacted("control.tokens", 1);

  /** {@link ChangeEvent}, key change id. */
  public static final Topic CHANGES = Topic.compacted("control.changes", 1);

  /** {@link CountRecord}, key SLO id; at most 16 partitions. */
  public static final Topic SLI_COUNTS = Topic.kept("sli.counts", 4, Duration.ofDays(7));

  /** {@link SloStatus}, key {@link SloStatus#key}. */
  public static final Topic SLO_STATUS = Topic.compacted("slo.status", 4);

  /** {@link LedgerDelta}, key SLO id. */
  public static final Topic SLO_LEDGER = Topic.kept("slo.ledger", 4, Duration.ofDays(7));

  /** {@link BurnRecord}, key SLO id and scope. */
  public static final Topic SLO_BURN = Topic.kept("slo.burn", 4, Duration.ofDays(7));

  private ObjectiveTopics() {}
}
