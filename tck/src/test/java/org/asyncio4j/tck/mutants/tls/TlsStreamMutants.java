package org.asyncio4j.tck.mutants.tls;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.asyncio4j.net.BufferedProtocol;
import org.asyncio4j.net.ExtraInfo;
import org.asyncio4j.net.Protocol;
import org.asyncio4j.net.Transport;
import org.asyncio4j.tck.mutants.harness.ConnectionSeams;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.harness.Flag;
import org.asyncio4j.tck.mutants.harness.Requests;
import org.asyncio4j.tck.mutants.harness.Turn;
import org.asyncio4j.tck.mutants.transports.BufferMemoryMutants;

/** Chapter 17: what goes through TLS. */
public final class TlsStreamMutants extends Defects {

  public TlsStreamMutants() {
    defect("17.11", "loses what does not fit into a lent buffer")
        .loop(loop ->
            loop.makeTlsTransport.given(request ->
                request.protocol() instanceof BufferedProtocol lender
                    ? Requests.withProtocol(request, new Lossy(lender))
                    : request));

    defect("17.12", "does not pause")
        .also("17.13", "17.14", "17.20", "17.21")
        .tlsConnections(it -> it.pauseReading.swallow());

    defect("17.13", "pauses late")
        .also("17.12", "17.14", "17.20", "17.21")
        .tlsConnections(TlsStreamMutants::pauseLate);

    defect("17.14", "does not call pauseWriting").tlsConnections(it -> it.pauseWriting.swallow());

    defect("17.15", "does not know what is below TLS")
        .tlsConnections(it -> it.forget(key -> key == ExtraInfo.PEERNAME));

    memory();
  }

  private static void pauseLate(ConnectionSeams it) {
    Flag wanted = it.pauseReading.called();
    it.resumeReading.before(wanted::clear);
    it.pauseReading.instead((correct, _) ->
        it.loop()
            .callLater(
                Duration.ofMillis(50),
                () -> {
                  if (wanted.isSet()) {
                    correct.later().run();
                  }
                }));
  }

  private void memory() {
    defect("17.44", "looks at the first buffer only and leaves out others that cannot be used")
        .tlsConnections(it ->
            it.writeLines.given(buffers ->
                buffers.stream()
                    .filter(buffer ->
                        buffer == buffers.getFirst() || BufferMemoryMutants.isUsable(buffer))
                    .toList()));

    defect("17.44", "encrypts what comes before memory that was freed")
        .tlsConnections(
            it -> it.writeLines.instead((_, buffers) -> buffers.forEach(it.correct()::write)));

    defect("17.44", "encrypts what comes before memory that was freed later on")
        .tlsConnections(it -> {
          Turn ahead = Turn.from(5);
          it.writeLines.instead((correct, buffers) -> {
            try {
              correct.call(buffers);
            } catch (IllegalStateException freed) {
              if (ahead.getAsBoolean()) {
                it.correct().write(buffers.getFirst());
              }
              throw freed;
            }
          });
        });
  }

  /** Gives every lent buffer the first bytes. */
  private record Lossy(BufferedProtocol lender) implements Protocol {

    @Override
    public void connectionMade(Transport transport) {
      lender.connectionMade(transport);
    }

    @Override
    public void dataReceived(ByteBuffer data) {
      ByteBuffer buffer = lender.getBuffer(-1);
      int count = Math.min(buffer.remaining(), data.remaining());
      buffer.put(buffer.position(), data, data.position(), count);
      lender.bufferUpdated(count);
    }

    @Override
    public void connectionLost(Throwable exception) {
      lender.connectionLost(exception);
    }
  }
}
