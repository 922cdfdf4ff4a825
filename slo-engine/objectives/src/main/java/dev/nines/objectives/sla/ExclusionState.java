// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sla;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.Optional;

/**
 * What became of a declared exclusion. Each state has the one before, so that any instant can be
 * asked for.
 *
 * <pre>
 * declared ─► approved ─► withdrawn
 *    ├──────► rejected
 *    └──────► withdrawn
 * </pre>
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
  @Type(value = ExclusionState.Declared.class, name = "declared"),
  @Type(value = ExclusionState.Approved.class, name = "approved"),
  @Type(value = ExclusionState.Rejected.class, name = "rejected"),
  @Type(value = ExclusionState.Withdrawn.class, name = "withdrawn")
})
public sealed interface ExclusionState {

  /** Whose token did it. */
  String by();

  Instant at();

  /** As known at an instant; empty before it was declared. */
  Optional<ExclusionState> asOf(Instant time);

  /** Who declared it. */
  String author();

  /** Nobody has said yes or no. */
  record Declared(String by, Instant at) implements ExclusionState {

    /** Empty where the same person declared it. */
    public Optional<ExclusionState> approve(String person, Instant time) {
      return person.equals(by) ? Optional.empty() : Optional.of(new Approved(this, person, time));
    }

    /** Empty where the same person declared it, who may withdraw it. */
    public Optional<ExclusionState> reject(String person, Instant time) {
      return person.equals(by) ? Optional.empty() : Optional.of(new Rejected(this, person, time));
    }

    public ExclusionState withdraw(String person, Instant time) {
      return new Withdrawn(this, person, time);
    }

    @Override
    public Optional<ExclusionState> asOf(Instant time) {
      return at.isAfter(time) ? Optional.empty() : Optional.of(this);
    }

    @Override
    public String author() {
      return by;
    }
  }

  /** A second person agreed: budgets leave it out. */
  record Approved(Declared before, String by, Instant at) implements ExclusionState {

    public ExclusionState withdraw(String person, Instant time) {
      return new Withdrawn(this, person, time);
    }

    @Override
    public Optional<ExclusionState> asOf(Instant time) {
      return at.isAfter(time) ? before.asOf(time) : Optional.of(this);
    }

    @Override
    public String author() {
      return before.by();
    }
  }

  /** A second person did not agree: nothing leaves it out any more. */
  record Rejected(Declared before, String by, Instant at) implements ExclusionState {

    @Override
    public Optional<ExclusionState> asOf(Instant time) {
      return at.isAfter(time) ? before.asOf(time) : Optional.of(this);
    }

    @Override
    public String author() {
      return before.by();
    }
  }

  /** It is over; what was known before still has it. */
  record Withdrawn(ExclusionState before, String by, Instant at) implements ExclusionState {

    @Override
    public Optional<ExclusionState> asOf(Instant time) {
      return at.isAfter(time) ? before.asOf(time) : Optional.of(this);
    }

    @Override
    public String author() {
      return before.author();
    }
  }
}
