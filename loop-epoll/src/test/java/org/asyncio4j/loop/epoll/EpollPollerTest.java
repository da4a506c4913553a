package org.asyncio4j.loop.epoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.StandardProtocolFamily;
import java.util.ArrayList;
import java.util.List;
import org.asyncio4j.spi.driver.Interest;
import org.asyncio4j.spi.driver.Registration;
import org.asyncio4j.spi.driver.StreamSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledOnOs(OS.LINUX)
final class EpollPollerTest {

  private static final int EBADF = 9;

  private final CallMemory memory = new CallMemory();

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void waitsAreNotShortWithEitherSystemCall(boolean precise) throws IOException {
    try (EpollPoller poller = new EpollPoller(memory, precise)) {
      for (long nanos : new long[] {1, 1_000, 1_000_001, 12_345_678}) {
        long start = System.nanoTime();
        poller.poll(nanos);
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(nanos);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anEndlessWaitIsWoken(boolean precise) throws Exception {
    try (EpollPoller poller = new EpollPoller(memory, precise)) {
      Thread waker = Thread.ofPlatform().start(poller::wakeUp);
      poller.poll(Long.MAX_VALUE);
      waker.join();
    }
  }

  @Test
  void eventsKeepTheirDataNextToEachOther() {
    EventArray events = new EventArray(Arena.ofAuto(), 3);
    for (int i = 0; i < 3; i++) {
      events.set(i, EventArray.EPOLLIN << i, -1L - i);
    }
    for (int i = 0; i < 3; i++) {
      assertThat(events.events(i)).isEqualTo(EventArray.EPOLLIN << i);
      assertThat(events.data(i)).isEqualTo(-1L - i);
    }
  }

  @Test
  void aSignalAfterClosingDoesNothing() throws IOException {
    EventFd eventFd = EventFd.open(memory);
    eventFd.signal();
    eventFd.close();
    eventFd.close();
    EventFd next = EventFd.open(memory);
    assertThat(next.fd()).isEqualTo(eventFd.fd());

    eventFd.signal();

    assertThat(ready(next)).isFalse();
    next.signal();
    assertThat(ready(next)).isTrue();
    next.close();
  }

  @Test
  void aDescriptorOfTheApplicationIsWatched() throws IOException {
    List<Integer> received = new ArrayList<>();
    EventFd eventFd = EventFd.open(memory);
    try (EpollPoller poller = new EpollPoller(memory)) {
      Registration watching =
          poller.register(new ForeignDescriptor(eventFd.fd()), Interest.READ, received::add);
      poller.poll(0);
      assertThat(received).isEmpty();

      eventFd.signal();
      poller.poll(0);
      assertThat(received).containsExactly(Interest.READ);

      watching.cancel();
      poller.poll(0);
      assertThat(received).hasSize(1);
    }
    eventFd.close();
  }

  @Test
  void aDescriptorClosedWithoutNoticeMakesRoomForASocket() throws IOException {
    List<Integer> received = new ArrayList<>();
    EventFd eventFd = EventFd.open(memory);
    try (EpollPoller poller = new EpollPoller(memory)) {
      Registration outdated =
          poller.register(new ForeignDescriptor(eventFd.fd()), Interest.READ, received::add);
      int number = eventFd.fd();
      eventFd.close();
      StreamSocket socket = new EpollSockets(memory).openStream(StandardProtocolFamily.INET);
      assertThat(((EpollSocket) socket).fd()).isEqualTo(number);

      Registration watching = poller.register(socket, Interest.WRITE, received::add);
      outdated.cancel();
      poller.poll(0);

      // An unconnected socket is hung up, which epoll always reports.
      assertThat(received).containsExactly(Interest.WRITE);
      watching.cancel();
      socket.close();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {255, 100_000, 1_000_000_000, Integer.MAX_VALUE})
  void aNumberThatIsNoOpenDescriptorIsRefused(int number) throws IOException {
    List<Integer> received = new ArrayList<>();
    EventFd eventFd = EventFd.open(memory);
    try (EpollPoller poller = new EpollPoller(memory)) {
      for (int interest : new int[] {Interest.READ, Interest.NONE}) {
        assertThatThrownBy(
                () -> poller.register(new ForeignDescriptor(number), interest, received::add))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("descriptor " + number)
            .hasMessageContaining(LinuxCalls.strerror(EBADF));
      }

      Registration watching =
          poller.register(new ForeignDescriptor(eventFd.fd()), Interest.READ, received::add);
      eventFd.signal();
      poller.poll(0);
      assertThat(received).containsExactly(Interest.READ);
      watching.cancel();
    }
    eventFd.close();
  }

  @Test
  void aDescriptorClosedWithoutNoticeIsSilentlyNoLongerWatched() throws IOException {
    List<Integer> received = new ArrayList<>();
    EventFd eventFd = EventFd.open(memory);
    try (EpollPoller poller = new EpollPoller(memory)) {
      Registration watching =
          poller.register(new ForeignDescriptor(eventFd.fd()), Interest.READ, received::add);
      eventFd.close();

      watching.setInterest(Interest.NONE);

      assertThat(watching.interest()).isEqualTo(Interest.NONE);
      watching.cancel();
    }
  }

  private boolean ready(EventFd eventFd) {
    EventArray event = memory.events(1);
    event.set(0, EventArray.EPOLLIN, 7);
    int epoll = LinuxCalls.epollCreate1(memory.state, EpollPoller.EPOLL_CLOEXEC);
    LinuxCalls.epollCtl(memory.state, epoll, 1, eventFd.fd(), event.memory());
    int count = LinuxCalls.epollWait(memory.state, epoll, event.memory(), 1, 0);
    LinuxCalls.close(epoll);
    return count == 1;
  }
}
