package org.asyncio4j.spi.internal.tls;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLException;
import org.asyncio4j.spi.internal.tls.TlsMachine.Step;

/** Lends buffers to the machine for each step, and sends the output of each step. */
final class Stepper {

  /** Decides whether to continue, and carries out the steps. */
  interface Driver {

    boolean mayStep();

    /** Carries out a step. Returns whether to stop for now. */
    boolean carryOut(Step step, ByteBuffer plain) throws Application.CallFailed;
  }

  private final TlsMachine machine;
  private final TlsBuffers buffers;
  private final TlsInput incoming;
  private final TlsOutput outgoing;

  Stepper(TlsMachine machine, TlsBuffers buffers, TlsInput incoming, TlsOutput outgoing) {
    this.machine = machine;
    this.buffers = buffers;
    this.incoming = incoming;
    this.outgoing = outgoing;
  }

  /**
   * Takes all steps that can be taken now.
   *
   * @throws SSLException if the connection cannot continue; an alert was sent to the peer
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
