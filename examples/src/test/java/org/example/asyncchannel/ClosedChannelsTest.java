package org.example.asyncchannel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.asyncio4j.spi.completion.CompletionListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a driver tells of sockets that are closed, and what it must not leave open. */
@Timeout(60)
final class ClosedChannelsTest {

  @TempDir Path directory;

  @Test
  void aClosedListenerTellsTheAddressThatItHad() throws IOException {
    ChannelDriver driver = new ChannelDriver("test");
    CompletionListener listener = driver.openListener(StandardProtocolFamily.INET);
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
    SocketAddress before = listener.localAddress();

    listener.close();
    listener.close();

    assertThat(listener.localAddress()).isEqualTo(before);
    driver.close();
  }

  @Test
  void aConnectionThatIsReportedToNobodyIsClosed() throws IOException {
    ChannelDriver driver = new ChannelDriver("test");
    try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("listener"));
      listener.bind(address);
      try (SocketChannel client = SocketChannel.open(address);
          SocketChannel accepted = listener.accept()) {
        List<Object> reported = new ArrayList<>();
        driver.<SocketChannel>handler(reported::add, reported::add).completed(accepted, null);

        driver.close();

        assertThat(reported).isEmpty();
        assertThat(accepted.isOpen()).isFalse();
        assertThat(client.read(ByteBuffer.allocate(1))).isEqualTo(-1);
      }
    }
  }
}
