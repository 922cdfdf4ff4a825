// SPDX-License-Identifier: Apache-2.0
/** PostgreSQL: transactions, migrations, the outbox with leases, the audit trail. */
@NullMarked
package dev.nines.journal;

import org.jspecify.annotations.NullMarked;
