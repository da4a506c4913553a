package org.asyncio4j.tck.probe;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.WriteBufferLimits;

/** Writes so much that the system takes no more of it. */
public final class Flood {

  private static final int CHUNK_BYTES = 64 * 1024;
  // What the system takes later, once a relay in between has read a bit.
  private static final long SLACK_BYTES = 4L * 1024 * 1024;
  private static final long FULL_BYTES = 128L * 1024 * 1024;

  private Flood() {}

  /**
   * Writes until the system takes no more, and then some megabytes more, with limits that do not
   * matter. On the loop's thread, to a transport whose peer does not read.
   *
   * @param transport the transport
   * @return how many bytes were written; some of them wait in the transport now
   */
  public static long fill(Transport transport) {
    transport.setWriteBufferLimits(new WriteBufferLimits(0, Long.MAX_VALUE));
    byte[] chunk = new byte[CHUNK_BYTES];
    long written = 0;
    while (transport.writeBufferSize() < SLACK_BYTES) {
      Expect.that(
          "a transport must buffer what a peer that does not read leaves", written < FULL_BYTES);
      expectOpen(transport);
      transport.write(chunk);
      written += chunk.length;
    }
    return written;
  }

  /**
   * Writes over several ticks until the system has taken nothing for a while, with limits that do
   * not matter. From outside the loop, to a transport whose peer does not read.
   *
   * @param loop the loop of the transport
   * @param transport the transport
   * @param content what each byte is
   * @return how many bytes were written; some of them wait in the transport now, and stay there
   */
  public static int stall(LoopCalls loop, Transport transport, byte content) {
    loop.perform(() -> transport.setWriteBufferLimits(new WriteBufferLimits(0, Long.MAX_VALUE)));
    return stall(loop, transport, content, SLACK_BYTES);
  }

  /**
   * Does what {@link #stall(LoopCalls, Transport, byte)} does, but keeps the limits, and pauses the
   * protocol for as long as the peer does not read.
   *
   * @param loop the loop of the transport
   * @param transport the transport
   * @return how many bytes were written
   */
  public static int pause(LoopCalls loop, Transport transport) {
    long high = loop.call(() -> transport.writeBufferLimits().highBytes());
    return stall(loop, transport, (byte) 0, high + SLACK_BYTES);
  }

  private static int stall(LoopCalls loop, Transport transport, byte content, long enough) {
    byte[] chunk = new byte[CHUNK_BYTES];
    Arrays.fill(chunk, content);
    AtomicLong written = new AtomicLong();
    return Standstill.await(
        loop,
        "the system must take no more for a peer that does not read",
        () -> {
          while (transport.writeBufferSize() <= enough) {
            Expect.that(
                "a transport must buffer what a peer that does not read leaves",
                written.get() < FULL_BYTES);
            expectOpen(transport);
            transport.write(chunk);
            written.addAndGet(chunk.length);
          }
          return written.intValue();
        });
  }

  // Data that is written to a lost connection is dropped, so the loop would never end.
  private static void expectOpen(Transport transport) {
    Expect.that("a connection must stay open that nobody ends", !transport.isClosing());
  }

  /**
   * Returns bytes that look random but are the same each time.
   *
   * @param count how many
   * @return the bytes
   */
  public static byte[] noise(int count) {
    byte[] data = new byte[count];
    new Random(count).nextBytes(data);
    return data;
  }
}
