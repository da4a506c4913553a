package org.asyncio4j.spi.completion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ProtocolFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.asyncio4j.spi.LoopContext;
import org.junit.jupiter.api.Test;

/** The calls of a port when a run ends. */
class LastFlushTest {

  private final FailingPort port = new FailingPort();
  private final CompletionEventLoop loop =
      new CompletionEventLoop(LoopContext.defaults(), "failing", port, new NoSockets(), Set.of());

  @Test
  void aPortWhosePollsFailPassesOnStartedOperations() {
    assertThatThrownBy(loop::runForever).hasRootCause(port.failure);

    loop.close();
    assertThat(port.calls).endsWith("poll", "flush true").containsOnlyOnce("flush true");
  }

  private static final class FailingPort implements CompletionPort {

    private final IOException failure = new IOException("refused");
    private final List<String> calls = new ArrayList<>();

    @Override
    public void poll(long waitNanos) throws IOException {
      calls.add("poll");
      throw failure;
    }

    @Override
    public void flush(boolean last) {
      calls.add("flush " + last);
    }

    @Override
    public void wakeUp() {}

    @Override
    public void close() {}
  }

  private static final class NoSockets implements CompletionSockets {

    @Override
    public CompletionSocket openStream(ProtocolFamily family) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletionListener openListener(ProtocolFamily family) {
      throw new UnsupportedOperationException();
    }
  }
}
