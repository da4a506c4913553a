package org.asyncio4j.loop.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import org.asyncio4j.spi.transport.ConnectionAbortedException;
import org.asyncio4j.spi.transport.ResourcesExhaustedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledOnOs(OS.LINUX)
final class ErrnoTest {

  @Test
  void theJdksExceptionsHaveTheSystemsMessages() {
    assertThat(Errno.exception(Errno.ECONNREFUSED))
        .isExactlyInstanceOf(ConnectException.class)
        .hasMessage(LinuxCalls.strerror(Errno.ECONNREFUSED));
    assertThat(Errno.exception(Errno.ETIMEDOUT)).isExactlyInstanceOf(ConnectException.class);
    assertThat(Errno.exception(Errno.EADDRINUSE)).isExactlyInstanceOf(BindException.class);
    assertThat(Errno.exception(Errno.EHOSTUNREACH))
        .isExactlyInstanceOf(NoRouteToHostException.class);
    assertThat(Errno.exception(Errno.ECONNRESET)).isExactlyInstanceOf(SocketException.class);
    assertThat(LinuxCalls.strerror(Errno.EPIPE)).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(ints = {Errno.EMFILE, Errno.ENFILE, Errno.ENOBUFS, Errno.ENOMEM})
  void acceptReportsThatTheSystemIsExhausted(int errno) {
    assertThat(Errno.acceptException(errno)).isInstanceOf(ResourcesExhaustedException.class);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {Errno.ECONNABORTED, Errno.EPROTO, Errno.ENETDOWN, Errno.EHOSTUNREACH, Errno.EPERM})
  void acceptReportsThatAConnectionWasLostBeforehand(int errno) {
    assertThat(Errno.acceptException(errno)).isInstanceOf(ConnectionAbortedException.class);
  }
}
