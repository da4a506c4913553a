package org.asyncio4j.loop.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Libraries of C that lack functions which the driver can do without. */
@EnabledOnOs(OS.LINUX)
final class FileCallsTest {

  private static final int EBADF = 9;

  private final MemorySegment state = new CallMemory().state;
  private final List<String> asked = new ArrayList<>();

  @Test
  void sendfileIsFoundByItsPlainName() throws Throwable {
    MethodHandle sendfile = FileCalls.sendfileOf(libcWithout(Set.of("sendfile64")));

    assertThat(asked).containsExactly("sendfile64", "sendfile");
    assertThat(call(sendfile)).isEqualTo(-EBADF);
  }

  @Test
  void sendfileIsFoundByItsLongName() throws Throwable {
    MethodHandle sendfile = FileCalls.sendfileOf(libcWithout(Set.of("sendfile")));

    assertThat(call(sendfile)).isIn((long) -EBADF, (long) -Errno.ENOSYS);
    assertThat(asked).first().isEqualTo("sendfile64");
  }

  @Test
  void withoutSendfileTheCallFailsAsInAKernelThatLacksIt() throws Throwable {
    MethodHandle sendfile = FileCalls.sendfileOf(libcWithout(Set.of("sendfile64", "sendfile")));

    assertThat(call(sendfile)).isEqualTo(-Errno.ENOSYS);
  }

  private SymbolLookup libcWithout(Set<String> missing) {
    return name -> {
      asked.add(name);
      return missing.contains(name) ? Optional.empty() : LinuxCalls.LIBC.find(name);
    };
  }

  private long call(MethodHandle sendfile) throws Throwable {
    long answer = (long) sendfile.invokeExact(state, -1, -1, MemorySegment.NULL, 1L);
    return LinuxCalls.result(answer, state);
  }
}
