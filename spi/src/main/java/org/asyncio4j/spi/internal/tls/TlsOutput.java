package org.asyncio4j.spi.internal.tls;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLException;
import org.asyncio4j.core.Context;
import org.asyncio4j.net.Transport;
import org.asyncio4j.spi.internal.tls.TlsMachine.Step;
import org.jspecify.annotations.Nullable;

/**
 * The path from the protocol above to the transport below: encrypts what it can at once, keeps the
 * rest, and paces the protocol. Independent of reading, which may be parked in a callback.
 */
final class TlsOutput {

  private final TlsMachine machine;
  private final TlsBuffers buffers;
  private final WriteControl pacing = new WriteControl();
  private @Nullable Transport below;
  private boolean writing;

  TlsOutput(TlsMachine machine, TlsBuffers buffers) {
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

  /** {@return whether a write is in progress, which nothing may interrupt} */
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
      // Freed by another thread since the call began: earlier bytes were sent, so the stream is
      // corrupt.
      throw new SSLException("cannot write: the memory of the data was freed", freed);
    }
  }

  /** Sends everything that can be sent at once. */
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

  /** Sends the bytes of a buffer and empties it. */
  ByteBuffer sendAndRenew(ByteBuffer out) {
    if (out.position() > 0) {
      requireNonNull(below, "below").write(out.flip());
    }
    return out.clear();
  }

  /** Pauses or resumes the protocol if needed. */
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
