package org.asyncio4j.tck.faults;

/** How a line ends. */
public sealed interface Ending {

  /** The line ends as the sender ends it, by a half-close or a reset. */
  record Faithful() implements Ending {

    @Override
    public long afterBytes() {
      return Long.MAX_VALUE;
    }
  }

  /**
   * The connection is reset on both sides.
   *
   * <p>Unix sockets cannot be reset. They are closed, and the receiver sees a reset if data of the
   * other side is unread, or an end of file otherwise.
   *
   * @param afterBytes after how many bytes of this line
   */
  record Reset(long afterBytes) implements Ending {

    /** Checks the component. */
    public Reset {
      requireNotNegative(afterBytes);
    }
  }

  /**
   * The receiver sees an end of file; later data of the sender is dropped.
   *
   * @param afterBytes after how many bytes of this line
   */
  record HalfClose(long afterBytes) implements Ending {

    /** Checks the component. */
    public HalfClose {
      requireNotNegative(afterBytes);
    }
  }

  /**
   * What the sender sends is read, but nothing is passed on any more: no byte, no end, no reset.
   *
   * @param afterBytes after how many bytes of this line
   */
  record Blackhole(long afterBytes) implements Ending {

    /** Checks the component. */
    public Blackhole {
      requireNotNegative(afterBytes);
    }
  }

  /** {@return after how many bytes the line ends by itself} */
  long afterBytes();

  private static void requireNotNegative(long afterBytes) {
    if (afterBytes < 0) {
      throw new IllegalArgumentException("afterBytes must not be negative: " + afterBytes);
    }
  }
}
