// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop.traffic;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Which story a run tells; seed and duration decide its faults. */
public enum Script {
  /** A bad day: a fault of each kind. */
  DEFAULT {
    @Override
    public FaultScript faults(long seed, Duration duration) {
      return FaultScript.standard(seed, duration);
    }
  },
  CALM {
    @Override
    public FaultScript faults(long seed, Duration duration) {
      return FaultScript.calm();
    }
  },
  /** A release that is bad, in one region after the other. */
  DEPLOYS {
    @Override
    public FaultScript faults(long seed, Duration duration) {
      return FaultScript.deploys(seed, duration);
    }
  };

  public abstract FaultScript faults(long seed, Duration duration);

  /** As the command line calls it. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Script> named(String id) {
    return Arrays.stream(values()).filter(script -> script.id().equals(id)).findFirst();
  }
}
