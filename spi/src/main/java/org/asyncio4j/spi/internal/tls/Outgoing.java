package org.asyncio4j.spi.internal.tls;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLException;
import org.asyncio4j.core.Context;
import org.asyncio4j.net.Transport;
import org.asyncio4j.spi.internal.tls.TlsMachine.Step;
import org.jspecify.annotations.Nullable;

/**
 * The way from the protocol above to the transport below: encrypts at once what can be, keeps the
 * rest, and paces the protocol. Independent of reading, which may be parked in a callback.
 */
final class Outgoing {

  private final TlsMachine machine;
  private final TlsBuffers buffers;
  private final WritePacing pacing = new WritePacing();
  private @Nullable Transport below;
  private boolean writing;

  Outgoing(TlsMachine machine, TlsBuffers buffers) {
    this.machine = machine;
    this.buffers = buffers;
  }

  void attach(Transport made) {
    below = made;
    pacing.belowIsFull(made.writeBufferSize() > made.writeBufferLimits().highBytes());
  }

  void belowIsFull(boolean changed) {
    pacing.belowIsFull(changed);
  }

  /** {@return whether a write has not taken all of its data yet, and nobody may come between} */
  boolean isWriting() {
    return writing;
  }

  long size() {
    return machine.pendingBytes() + (below == null ? 0 : below.writeBufferSize());
  }

  /** Takes data. */
  void write(ByteBuffer[] data) throws SSLException {
    writing = true;
    try {
      boolean more = true;
      while (more && TlsMachine.hasRemaining(data)) {
        ByteBuffer out = buffers.take(machine.recordBytes());
        try {
          more = machine.encrypt(data, out);
          out = sendAndRenew(out);
        } finally {
          buffers.giveBack(out);
        }
      }
      for (ByteBuffer rest : data) {
        keep(rest);
      }
    } finally {
      writing = false;
    }
  }

  private void keep(ByteBuffer rest) throws SSLException {
    try {
      machine.keep(rest);
    } catch (IllegalStateException freed) {
      // By another thread, since the call began: what came before was sent, so the stream is torn.
      throw new SSLException("the memory of data was freed while it was written", freed);
    }
  }

  /** Says what can be said at once. */
  void speak() throws SSLException {
    ByteBuffer out = buffers.take(machine.recordBytes());
    try {
      while (machine.speak(out) == Step.NEEDS_ROOM_FOR_CIPHERTEXT) {
        out = sendAndRenew(out);
      }
      out = sendAndRenew(out);
    } finally {
      buffers.giveBack(out);
    }
  }

  /** Sends what is in a buffer, which is empty then. */
  ByteBuffer sendAndRenew(ByteBuffer out) {
    if (out.position() > 0) {
      requireNonNull(below, "below").write(out.flip());
    }
    return out.clear();
  }

  /** Tells the protocol to pause or to resume, if there is reason to. */
  void pace(Application application, TlsTransport transport, Context context) {
    switch (pacing.advice(machine.pendingBytes(), transport.writeBufferLimits())) {
      case PAUSE -> application.pauseWriting(context, transport);
      case RESUME -> {
        if (!transport.isClosing()) {
          application.resumeWriting(transport);
        }
      }
      case NOTHING -> {}
    }
  }
}
