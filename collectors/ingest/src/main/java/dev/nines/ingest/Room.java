// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

/** The bound on bytes in flight, while a translation of a body grows beside it. */
final class Room {

  private static final int FIRST_BYTES = 16 << 10;

  private final long held;
  private final InFlightBytes.Reservation reservation;
  private long granted;

  /** There is none, now or ever. */
  static final class None extends RuntimeException {

    private final Fault fault;

    private None(Fault fault, String rule) {
      super(rule, null, false, false);
      this.fault = fault;
    }

    Answer.Refused answer() {
      return new Answer.Refused(fault, String.valueOf(getMessage()));
    }
  }

  /**
   * @param held bytes of the body itself
   */
  Room(long held, InFlightBytes.Reservation reservation) {
    this.held = held;
    this.reservation = reservation;
  }

  /**
   * @param bytes that the translation takes in all
   * @throws None when that is over what is free, or over what there is
   */
  void need(long bytes) {
    if (bytes <= granted) {
      return;
    }
    long asked = Math.max(FIRST_BYTES, bytes + bytes / 8);
    if (reservation.grow(held + asked)) {
      granted = asked;
    } else if (!reservation.grow(held + bytes)) {
      throw reservation.canEverHold(held + bytes)
          ? new None(Fault.OVERLOADED, Gate.overloaded().message())
          : new None(
              Fault.TOO_LARGE,
              "to read it takes more than all the bytes that the collector may hold; send less at once");
    }
  }

  /** Only the body and what was made of it are still there. */
  void settle(long translatedBytes) {
    reservation.shrink(held + translatedBytes);
  }
}
