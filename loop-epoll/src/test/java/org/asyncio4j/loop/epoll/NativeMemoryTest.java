package org.asyncio4j.loop.epoll;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The linker checks and holds memory that it is passed as a segment, so memory must be passed in no
 * other way.
 */
final class NativeMemoryTest {

  // From where the driver is, which is not where its tests are.
  private final JavaClasses driver =
      new ClassFileImporter()
          .importUrl(LinuxCalls.class.getProtectionDomain().getCodeSource().getLocation());

  @Test
  void theDriverIsFound() {
    assertThat(driver.contain(LinuxCalls.class)).isTrue();
    assertThat(driver.contain(NativeMemoryTest.class)).isFalse();
  }

  @Test
  void onlyStructuresOfTheDriverContainAddresses() {
    noClasses()
        .that()
        .doNotHaveSimpleName("GatherVector")
        .should()
        .callMethod(MemorySegment.class, "address")
        .check(driver);
  }

  @Test
  void onlyTwoClassesCallTheSystem() {
    noClasses()
        .that()
        .doNotHaveSimpleName("LinuxCalls")
        .and()
        .doNotHaveSimpleName("FileCalls")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(Linker.class)
        .check(driver);
  }

  @Test
  void noMemoryOfTheDriverIsFreedBeforeTheDriverIs() {
    noClasses().should().callMethod(Arena.class, "ofShared").check(driver);
    noClasses().should().callMethod(Arena.class, "ofConfined").check(driver);
    noClasses().should().callMethod(Arena.class, "close").check(driver);
  }

  @Test
  void numbersOfSystemCallsAreSizesAndOffsets() {
    // A name here is a promise that the number is no address.
    Set<String> numbers =
        Stream.of(LinuxCalls.class, FileCalls.class)
            .flatMap(calls -> Stream.of(calls.getDeclaredMethods()))
            .filter(method -> Stream.of(method.getParameterTypes()).anyMatch(long.class::equals))
            .map(Method::getName)
            .collect(Collectors.toSet());

    assertThat(numbers)
        .containsExactlyInAnyOrder(
            "result",
            "eventFdWrite",
            "recv",
            "send",
            "recvfrom",
            "sendto",
            "sendfile",
            "noSendfile");
  }
}
