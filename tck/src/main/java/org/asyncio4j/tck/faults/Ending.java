package org.asyncio4j.tck.faults;

/** What becomes of a line in the end. */
public sealed interface Ending {

  /** The line ends as the sender ends it: by a half-close, or by a reset. */
  record Faithful() implements Ending {

    @Override
    public long afterBytes() {
      return Long.MAX_VALUE;
    }
  }

  /**
   * The connection is reset on both sides.
   *
   * <p>Unix sockets know no such thing. They are closed, and what a side has sent that nobody has
   * read decides what it hears: a reset if there is something, an end of file otherwise.
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
   * The receiver hears an end of file; what the sender sends after that is dropped.
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
   * What the sender sends is taken, and nothing is handed on any more: no byte, no end, no reset.
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
      throw new IllegalArgumentException("afterBytes must not be negative but was " + afterBytes);
    }
  }
}
