package org.asyncio4j.spi.datagram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.ThrowingConsumer;
import org.asyncio4j.datagram.DatagramEndpoint;
import org.asyncio4j.net.DatagramTransport;
import org.asyncio4j.net.options.UnixDatagramOptions;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.fixture.HangGuard;
import org.asyncio4j.spi.fixture.OnEachEngine;
import org.asyncio4j.spi.fixture.TestLoop;
import org.asyncio4j.spi.hooks.ConnectDatagramRequest;
import org.asyncio4j.spi.hooks.DatagramTransportRequest;
import org.asyncio4j.spi.hooks.OpenDatagramRequest;
import org.asyncio4j.spi.hooks.SocketHandle;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the socket and its file when the making of an endpoint fails. */
@HangGuard
class UnixDatagramOperationTest {

  @TempDir Path directory;

  private static final class UnixLoop extends DatagramLoop {

    private IOException connectFailure;
    private RuntimeException makeFailure;
    private DatagramTransportRequest made;

    UnixLoop(CoroutineMode mode) {
      super(mode);
    }

    @Override
    public Set<Capability> capabilities() {
      return Set.of(Capability.UNIX_DATAGRAM);
    }

    @Override
    protected SocketHandle openDatagram(OpenDatagramRequest request) {
      UnixDomainSocketAddress address = (UnixDomainSocketAddress) request.local().orElseThrow();
      try {
        Files.createFile(address.getPath());
      } catch (IOException refused) {
        throw new UncheckedIOException(refused);
      }
      return new NoSocket(address);
    }

    @Override
    protected void connectDatagram(ConnectDatagramRequest request) throws IOException {
      if (connectFailure != null) {
        throw connectFailure;
      }
    }

    @Override
    protected DatagramTransport makeDatagramTransport(DatagramTransportRequest request) {
      if (makeFailure != null) {
        throw makeFailure;
      }
      made = request;
      return super.makeDatagramTransport(request);
    }
  }

  private void on(CoroutineMode mode, ThrowingConsumer<UnixLoop, Exception> test) {
    try (UnixLoop loop = new UnixLoop(mode)) {
      boolean done =
          loop.run(() -> {
            test.accept(loop);
            return true;
          });
      assertThat(done).isTrue();
    }
  }

  private Path path() {
    return directory.resolve("socket");
  }

  private UnixDatagramOptions options() {
    return UnixDatagramOptions.boundTo(path())
        .withRemoteAddress(UnixDomainSocketAddress.of("absent"));
  }

  @OnEachEngine
  void aFailureToConnectNamesTheAddressAndLeavesNothing(CoroutineMode mode) {
    on(
        mode,
        loop -> {
          loop.connectFailure = new ConnectException("refused");

          assertThatThrownBy(() -> DatagramEndpoint.open(options()))
              .isInstanceOf(ConnectException.class)
              .hasMessageContaining("absent")
              .hasMessageContaining("refused");

          assertThat(loop.closedSockets).isEqualTo(1);
          assertThat(path()).doesNotExist();
        });
  }

  @OnEachEngine
  void aFailureToMakeTheTransportLeavesNothingForAnyOptions(CoroutineMode mode) {
    on(
        mode,
        loop -> {
          loop.makeFailure = new IllegalStateException("mine");

          assertThatThrownBy(() -> DatagramEndpoint.open(options().withCleanupSocket(false)))
              .isSameAs(loop.makeFailure);

          assertThat(loop.closedSockets).isEqualTo(1);
          assertThat(path()).doesNotExist();
        });
  }

  @OnEachEngine
  void aTaskThatIsCancelledClosesTheEndpoint(CoroutineMode mode) {
    on(
        mode,
        loop -> {
          Task<DatagramEndpoint> opening = loop.createTask(() -> DatagramEndpoint.open(options()));
          TestLoop.yieldUntil(() -> loop.made != null);

          assertThat(opening.cancel()).isTrue();

          assertThatThrownBy(opening::await).isInstanceOf(CancelledError.class);
          assertThat(loop.endpoint.isClosing()).isTrue();
          assertThat(path()).doesNotExist();
        });
  }

  @OnEachEngine
  void theTransportDeletesTheFileOnce(CoroutineMode mode) {
    on(
        mode,
        loop -> {
          DatagramEndpoint endpoint = DatagramEndpoint.open(options());
          assertThat(path()).exists();

          loop.made.beforeClose().run();
          assertThat(path()).doesNotExist();

          Files.createFile(path()); // a successor, perhaps with the very same inode
          loop.made.beforeClose().run();
          assertThat(path()).exists();
          endpoint.close();
        });
  }

  @OnEachEngine
  void theTransportKeepsTheFileIfTheOptionsSaySo(CoroutineMode mode) {
    on(
        mode,
        loop -> {
          DatagramEndpoint endpoint = DatagramEndpoint.open(options().withCleanupSocket(false));

          loop.made.beforeClose().run();

          assertThat(path()).exists();
          endpoint.close();
        });
  }
}
