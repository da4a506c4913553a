package org.asyncio4j.tck.mutants;

import java.nio.ByteBuffer;
import java.util.List;
import org.asyncio4j.core.Context;
import org.asyncio4j.net.BaseProtocol;
import org.asyncio4j.net.BufferedProtocol;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.spi.SocketTransportRequest;
import org.asyncio4j.spi.TaskLifetime;
import org.asyncio4j.tck.probe.ForeignTask;

/** Defects that the rules 11.31 to 11.36 find. */
final class ProtocolMutants {

  private ProtocolMutants() {}

  static List<ConnectionMutant> all() {
    return List.of(
        new ConnectionMutant("11.31", "tells the first protocol of the end", TellsFirst::new),
        new ConnectionMutant("11.32", "ignores a protocol of another kind", IgnoresStrangers::new),
        new ConnectionMutant("11.33", "clears a lent buffer", ClearsBuffer::new),
        new ConnectionMutant("11.34", "reads on while a callback is parked", ReadsOn::new)
            .also("11.14"),
        new ConnectionMutant("11.35", "calls protocols in no context", ForgetsContext::new),
        new ConnectionMutant("11.36", "calls dataReceived in a task", CallsInTask::new));
  }

  private static final class TellsFirst extends Tampering {

    private StreamProtocol first;

    @Override
    void onMade() {
      first = user();
      super.onMade();
    }

    @Override
    boolean onEof() {
      return first.eofReceived();
    }
  }

  private static final class IgnoresStrangers extends Tampering {

    @Override
    public void setProtocol(BaseProtocol changed) {
      if (changed instanceof StreamProtocol) {
        super.setProtocol(changed);
      }
    }
  }

  private static final class ClearsBuffer extends Tampering {

    @Override
    ByteBuffer onGetBuffer(BufferedProtocol protocol, int sizeHint) {
      ByteBuffer lent = super.onGetBuffer(protocol, sizeHint);
      return lent.hasRemaining() && !lent.isReadOnly() ? lent.clear() : lent;
    }
  }

  private static final class ReadsOn extends Tampering {

    @Override
    void onData(Protocol protocol, ByteBuffer data) {
      ByteBuffer copy = ByteBuffer.allocate(data.remaining()).put(data).flip();
      loop().callSoon(() -> super.onData(protocol, copy));
    }
  }

  private static final class ForgetsContext extends Tampering {

    @Override
    SocketTransportRequest prepare(SocketTransportRequest request) {
      return new SocketTransportRequest(
          request.socket(), request.protocol(), request.waiter(), request.owner(), Context.empty());
    }
  }

  private static final class CallsInTask extends Tampering {

    @Override
    void onData(Protocol protocol, ByteBuffer data) {
      ForeignTask task = new ForeignTask(loop(), "somebody");
      TaskLifetime.enterTask(loop(), task);
      try {
        super.onData(protocol, data);
      } finally {
        TaskLifetime.leaveTask(loop(), task);
      }
    }
  }
}
