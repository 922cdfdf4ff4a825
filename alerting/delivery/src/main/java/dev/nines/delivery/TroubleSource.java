// SPDX-License-Identifier: Apache-2.0
package dev.nines.delivery;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Port: one kind of trouble with the platform itself, seen by whoever knows it. */
public interface TroubleSource {

  /** The name of all its troubles. */
  String alertName();

  /** What is wrong now; empty while that is not known, so that nothing is called off. */
  Optional<List<Trouble>> troubles(Connection tx) throws SQLException;
}
