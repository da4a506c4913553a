package org.asyncio4j.internal.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.asyncio4j.Asyncio;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Puts the api on a class path with a broken spi. */
class LoopBootstrapsTest {

  @TempDir private Path spi;

  @Test
  void spiThatCannotBeLoadedIsTheSameErrorEachTime() throws Exception {
    write("META-INF/services/org.asyncio4j.internal.bootstrap.LoopBootstrap", "absent.Bridge");

    assertFailsTwice("org.asyncio4j.Asyncio", "newEventLoop", "cannot be loaded", "absent.Bridge");
    assertFailsTwice("org.asyncio4j.Asyncio", "runningLoop", "cannot be loaded", "absent.Bridge");
    assertFailsTwice("org.asyncio4j.Asyncio", "eventLoops", "cannot be loaded", "absent.Bridge");
  }

  @Test
  void aContextThatCannotBeLoadedIsTheSameErrorEachTime() throws Exception {
    write("META-INF/services/org.asyncio4j.internal.context.ContextSlot", "absent.Slot");

    assertFailsTwice(
        "org.asyncio4j.core.Context", "copyCurrent", "cannot be loaded", "absent.Slot");
  }

  @Test
  void spiWithoutItsServicesFileIsAnErrorThatExplainsHowToMergeJars() throws Exception {
    write("org/asyncio4j/spi/EventLoopProvider.class", "");

    assertFailsTwice(
        "org.asyncio4j.Asyncio",
        "newEventLoop",
        "META-INF/services/org.asyncio4j.internal.bootstrap.LoopBootstrap",
        "ServicesResourceTransformer");
  }

  private void assertFailsTwice(String type, String method, String... words) throws Exception {
    URL[] path = {spi.toUri().toURL(), placeOf(Asyncio.class), placeOf(NullMarked.class)};
    // Without a parent: that of the platform would find the modules of this test.
    try (URLClassLoader loader = new URLClassLoader(path, null)) {
      for (int i = 0; i < 2; i++) {
        assertThat(catchThrowable(() -> loader.loadClass(type).getMethod(method).invoke(null)))
            .isInstanceOf(InvocationTargetException.class)
            .cause()
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContainingAll(words);
      }
    }
  }

  private void write(String name, String content) throws IOException {
    Path file = spi.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private static URL placeOf(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation();
  }
}
