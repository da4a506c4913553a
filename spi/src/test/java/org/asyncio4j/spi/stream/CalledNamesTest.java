package org.asyncio4j.spi.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.asyncio4j.core.ThrowingRunnable;
import org.asyncio4j.net.tls.TlsOptions;
import org.asyncio4j.spi.Awaiter;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.ForeignCall;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.stream.StreamConnection;
import org.asyncio4j.stream.StreamReader;
import org.asyncio4j.stream.StreamWriter;

/** Messages name the method that the program has called, not one that this calls in turn. */
@HangGuard
class CalledNamesTest {

  @OnEachEngine
  void aForeignThreadLearnsTheNameOfTheCalledMethod(CoroutineMode mode) {
    StreamLoop.play(
        mode,
        (_, _, streams) -> {
          Map<String, ThrowingRunnable<? extends Exception>> calls = waiting(streams);
          calls.putAll(others(streams));
          for (Map.Entry<String, ThrowingRunnable<? extends Exception>> call : calls.entrySet()) {
            assertThat(ForeignCall.thrownBy(call.getValue()))
                .isInstanceOf(WrongThreadException.class)
                .message()
                .startsWith("cannot call " + call.getKey() + " on ");
          }
        });
  }

  @OnEachEngine
  void aCallbackLearnsTheNameOfTheCalledMethod(CoroutineMode mode) {
    StreamLoop.play(
        mode,
        (loop, transport, streams) -> {
          transport.fills();
          for (Map.Entry<String, ThrowingRunnable<? extends Exception>> call :
              waiting(streams).entrySet()) {
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            var _ = loop.callSoon(() -> call(call.getValue(), thrown));
            Awaiter.yieldOnce();
            assertThat(thrown.get())
                .isInstanceOf(IllegalStateException.class)
                .message()
                .startsWith("cannot wait in " + call.getKey() + " of ")
                .contains("was called in a callback of");
          }
          transport.arrives("all the same");
          assertThat(streams.reader().read(3)).asString(UTF_8).isEqualTo("all");
        });
  }

  @OnEachEngine
  void aCallbackThatDrainsAClosedConnectionIsRefused(CoroutineMode mode) {
    StreamLoop.play(
        mode,
        (loop, _, streams) -> {
          streams.writer().close();
          AtomicReference<Throwable> thrown = new AtomicReference<>();
          var _ = loop.callSoon(() -> call(streams.writer()::drain, thrown));
          Awaiter.yieldOnce();
          assertThat(thrown.get()).hasMessageStartingWith("cannot wait in StreamWriter.drain of ");
        });
  }

  /** The calls that wait here. */
  private static Map<String, ThrowingRunnable<? extends Exception>> waiting(
      StreamConnection streams) {
    StreamReader reader = streams.reader();
    StreamWriter writer = streams.writer();
    Map<String, ThrowingRunnable<? extends Exception>> calls = new LinkedHashMap<>();
    calls.put("StreamReader.read", () -> reader.read(1));
    calls.put("StreamReader.readAll", reader::readAll);
    calls.put("StreamReader.readExactly", () -> reader.readExactly(1));
    calls.put("StreamReader.readLine", reader::readLine);
    calls.put("StreamReader.readUntil", () -> reader.readUntil(new byte[1]));
    calls.put("StreamWriter.drain", writer::drain);
    calls.put("StreamWriter.waitClosed", writer::waitClosed);
    calls.put("StreamWriter.startTls", () -> writer.startTls(TlsOptions.defaults()));
    return calls;
  }

  private static Map<String, ThrowingRunnable<? extends Exception>> others(
      StreamConnection streams) {
    StreamWriter writer = streams.writer();
    return Map.of(
        "StreamWriter.write",
        () -> writer.write(new byte[1]),
        "StreamWriter.writeLines",
        () -> writer.writeLines(List.of(ByteBuffer.allocate(1))),
        "StreamWriter.writeEof",
        writer::writeEof,
        "StreamWriter.close",
        streams::close);
  }

  private static void call(
      ThrowingRunnable<? extends Exception> call, AtomicReference<Throwable> thrown) {
    try {
      call.run();
    } catch (Throwable failure) {
      thrown.set(failure);
    }
  }
}
