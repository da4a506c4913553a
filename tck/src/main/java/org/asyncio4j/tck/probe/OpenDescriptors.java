package org.asyncio4j.tck.probe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Counts the sockets that this process has open, while a loop runs. */
public final class OpenDescriptors {

  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
  // A loop may open some for itself the first time that it needs them.
  private static final int SPARE = 2;

  private final LoopFixture fixture;
  private final long before;

  /**
   * Counts them for the first time.
   *
   * @param fixture the fixture of the loop
   * @throws NotApplicableException if the system does not report them
   */
  public OpenDescriptors(LoopFixture fixture) {
    if (!Files.isDirectory(DESCRIPTORS)) {
      throw fixture.notApplicable("the system does not report open descriptors");
    }
    this.fixture = fixture;
    this.before = count();
  }

  /**
   * Waits until there are no more than at first, but for a few that a loop may keep for good.
   *
   * @param what names those that have been used, more than those few
   */
  public void expectRelease(String what) {
    fixture
        .patience()
        .until(
            "the descriptors of %s must be released while the loop runs".formatted(what),
            () -> count() <= before + SPARE);
  }

  private static long count() {
    try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
      return descriptors.filter(OpenDescriptors::isSocket).count();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static boolean isSocket(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
    } catch (IOException closedMeanwhile) {
      return false;
    }
  }
}
