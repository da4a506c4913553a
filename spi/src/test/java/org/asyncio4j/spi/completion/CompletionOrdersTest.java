package org.asyncio4j.spi.completion;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ProtocolFamily;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.Transport;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.hooks.SocketTransportRequest;
import org.asyncio4j.spi.transport.StreamOrders;
import org.asyncio4j.spi.transport.Wire;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads and writes that end at any moment, also after a close. */
class CompletionOrdersTest {

  private static final int LENGTH = 4;

  /** For one connection at a time: one to read, some to write, and those of a write in progress. */
  private static final int MOST_BUFFERS = 8;

  private final ScriptedPort port = new ScriptedPort();
  private final ScriptedOperations operations = new ScriptedOperations();
  private final List<ErrorReport> reports = new ArrayList<>();
  private final CompletionEventLoop loop =
      new CompletionEventLoop(
          LoopContext.defaults(), "scripted", port, new Sockets(), EnumSet.allOf(Capability.class));

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void holdsInEveryOrder(boolean buffered) {
    port.serves(loop);
    loop.setExceptionHandler((source, report) -> reports.add(report));

    new StreamOrders(loop, ScriptedWire::new, LENGTH, buffered).runAll();

    loop.close();
    assertThat(reports).isEmpty();
    assertThat(port.closes).isEqualTo(1);
    assertThat(operations.allocated()).as("buffers").isLessThanOrEqualTo(MOST_BUFFERS);
  }

  private final class Sockets implements CompletionSockets {

    @Override
    public CompletionSocket openStream(ProtocolFamily family) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletionListener openListener(ProtocolFamily family) {
      throw new UnsupportedOperationException();
    }

    @Override
    public ByteBuffer allocateBuffer(int bytes) {
      return operations.allocate(bytes);
    }
  }

  private final class ScriptedWire implements Wire {

    private final ScriptedSocket socket = new ScriptedSocket(port, operations);

    @Override
    public Transport open(StreamProtocol protocol) {
      return loop.makeSocketTransport(
          new SocketTransportRequest(
              socket, protocol, Optional.empty(), Optional.empty(), Context.empty()));
    }

    @Override
    public boolean arrive(byte[] data) {
      if (!socket.isReading()) {
        return false;
      }
      socket.completeRead(data);
      return true;
    }

    @Override
    public boolean end() {
      if (!socket.isReading()) {
        return false;
      }
      socket.endRead();
      return true;
    }

    @Override
    public boolean resetRead() {
      if (!socket.isReading()) {
        return false;
      }
      socket.failRead(new IOException("reset"));
      return true;
    }

    @Override
    public boolean take(int bytes) {
      if (!socket.isWriting()) {
        return false;
      }
      socket.completeWrite(bytes);
      return true;
    }

    @Override
    public boolean refuse() {
      if (!socket.isWriting()) {
        return false;
      }
      socket.failWrite(new IOException("reset"));
      return true;
    }

    @Override
    public void settle() {
      if (socket.isWriting()) {
        socket.completeWrite(Integer.MAX_VALUE);
      }
      if (socket.isReading() && socket.closes > 0) {
        socket.failRead(new IOException("closed"));
      }
    }

    @Override
    public String taken() {
      return socket.taken();
    }

    @Override
    public int shutdowns() {
      return socket.shutdowns;
    }

    @Override
    public int closes() {
      return socket.closes;
    }

    @Override
    public void verify() {
      assertThat(operations.underWay()).as("operations under way").isZero();
    }
  }
}
