package org.asyncio4j.spi.internal.tls;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLException;
import org.asyncio4j.spi.internal.tls.TlsMachine.Step;

/** Lends the machine its buffers, step by step, and sends what each step says. */
final class Stepper {

  /** Who decides whether to go on, and does what a step demands. */
  interface Driver {

    boolean mayStep();

    /** Answers whether that is all for now. */
    boolean carryOut(Step step, ByteBuffer plain) throws Application.CallFailed;
  }

  private final TlsMachine machine;
  private final TlsBuffers buffers;
  private final Incoming incoming;
  private final Outgoing outgoing;

  Stepper(TlsMachine machine, TlsBuffers buffers, Incoming incoming, Outgoing outgoing) {
    this.machine = machine;
    this.buffers = buffers;
    this.incoming = incoming;
    this.outgoing = outgoing;
  }

  /**
   * Takes all steps that can be taken now.
   *
   * @throws SSLException if the connection cannot go on; the peer was told why
   */
  void run(Driver driver) throws SSLException, Application.CallFailed {
    ByteBuffer out = buffers.take(machine.recordBytes());
    ByteBuffer plain = buffers.take(machine.plaintextBytes());
    try {
      boolean more = true;
      while (more && driver.mayStep()) {
        Step step = machine.next(incoming.unread(), plain, out);
        out = outgoing.sendAndRenew(out);
        if (step == Step.NEEDS_ROOM_FOR_PLAINTEXT) {
          plain = buffers.take(Math.max(machine.plaintextBytes(), plain.capacity() * 2));
        } else {
          more = !driver.carryOut(step, plain);
        }
        plain.clear();
      }
    } catch (SSLException failure) {
      machine.alert(out);
      out = outgoing.sendAndRenew(out);
      throw failure;
    } finally {
      buffers.giveBack(out);
      buffers.giveBack(plain);
    }
  }
}
