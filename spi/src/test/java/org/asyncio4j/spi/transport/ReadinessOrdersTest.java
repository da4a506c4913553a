package org.asyncio4j.spi.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.ErrorReport;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.Transport;
import org.asyncio4j.spi.hooks.SocketTransportRequest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sockets that get ready to be read and written at any moment. */
class ReadinessOrdersTest {

  private static final int LENGTH = 4;
  private static final int MUCH = 1 << 20;

  private final TransportResources resources =
      TransportResources.create(ByteBuffer::allocateDirect);
  private final List<ErrorReport> reports = new ArrayList<>();
  private final IdleLoop loop = new IdleLoop();

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void holdsInEveryOrder(boolean buffered) {
    loop.setExceptionHandler((source, report) -> reports.add(report));

    new StreamOrders(loop, ReadyWire::new, LENGTH, buffered).runAll();

    loop.close();
    assertThat(reports).isEmpty();
  }

  /** Reports readiness as long as it lasts, as level-triggered pollers do. */
  private final class ReadyWire implements Wire, StreamBackend {

    private final FakeSocket socket = new FakeSocket();
    private final Deque<Object> arrived = new ArrayDeque<>();
    private final StringBuilder taken = new StringBuilder();
    private StreamEvents events;
    private boolean reading;
    private boolean writing;
    private boolean cancelled;
    private boolean polling;
    private int room;
    private boolean refuses;
    private int shutdowns;

    @Override
    public Transport open(StreamProtocol protocol) {
      SocketTransportRequest request =
          new SocketTransportRequest(
              socket, protocol, Optional.empty(), Optional.empty(), Context.empty());
      return StreamEngine.open(
          loop,
          resources,
          request,
          opened -> {
            events = opened;
            return this;
          });
    }

    @Override
    public boolean arrive(byte[] data) {
      return arrive((Object) ByteBuffer.wrap(data));
    }

    @Override
    public boolean end() {
      return arrive("end");
    }

    @Override
    public boolean resetRead() {
      return arrive(new IOException("reset"));
    }

    private boolean arrive(Object what) {
      if (!arrived.isEmpty() && !(arrived.peekLast() instanceof ByteBuffer)) {
        return false; // nothing follows an end
      }
      arrived.add(what);
      poll();
      return true;
    }

    @Override
    public boolean take(int bytes) {
      room += Math.min(bytes, MUCH);
      poll();
      return true;
    }

    @Override
    public boolean refuse() {
      refuses = true;
      poll();
      return true;
    }

    @Override
    public void settle() {
      room = MUCH;
      poll();
    }

    @Override
    public String taken() {
      return taken.toString();
    }

    @Override
    public int shutdowns() {
      return shutdowns;
    }

    @Override
    public int closes() {
      return socket.closes;
    }

    @Override
    public void verify() {
      assertThat(cancelled).as("the watch has ended").isTrue();
    }

    private void poll() {
      if (!polling && (isReadable() || isWritable())) {
        polling = true;
        loop.callSoon(this::report);
      }
    }

    private boolean isReadable() {
      return !cancelled && reading && !arrived.isEmpty();
    }

    private boolean isWritable() {
      return !cancelled && writing && (room > 0 || refuses);
    }

    private void report() {
      polling = false;
      if (isReadable()) {
        events.readFrom(this::read);
      }
      if (isWritable()) {
        events.writable();
      }
      poll();
    }

    private int read(ByteBuffer target) throws IOException {
      Object next = arrived.element();
      if (next instanceof IOException failure) {
        throw failure;
      }
      if (!(next instanceof ByteBuffer data)) {
        return -1;
      }
      int count = Math.min(data.remaining(), target.remaining());
      target.put(data.slice(data.position(), count));
      data.position(data.position() + count);
      if (!data.hasRemaining()) {
        arrived.remove();
      }
      return count;
    }

    @Override
    public int write(ByteBuffer data) throws IOException {
      assertThat(socket.closes).as("a write to a closed socket").isZero();
      if (refuses) {
        throw new IOException("reset");
      }
      int count = Math.min(room, data.remaining());
      taken.append(US_ASCII.decode(data.slice(data.position(), count)));
      data.position(data.position() + count);
      room -= count;
      return count;
    }

    @Override
    public long write(ByteBuffer[] data, int count) throws IOException {
      long total = 0;
      for (int i = 0; i < count; i++) {
        total += write(data[i]);
      }
      return total;
    }

    @Override
    public void startReading() {
      reading = true;
      poll();
    }

    @Override
    public void stopReading() {
      reading = false;
    }

    @Override
    public void startWriting() {
      writing = true;
      poll();
    }

    @Override
    public void stopWriting() {
      writing = false;
    }

    @Override
    public void shutdownOutput() {
      shutdowns++;
    }

    @Override
    public void cancel() {
      cancelled = true;
    }
  }
}
