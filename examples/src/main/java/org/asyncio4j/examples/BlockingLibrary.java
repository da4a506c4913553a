package org.asyncio4j.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.Task;

/** Calls blocking code that is unaware of event loops. The loop continues in the meantime. */
final class BlockingLibrary {

  static void main() throws IOException {
    Asyncio.run(() -> {
      Task<?> clock = Asyncio.createTask(BlockingLibrary::tick);
      int size = Asyncio.toThread(BlockingLibrary::saveAndLoad);
      IO.println("loaded " + size + " bytes");
      clock.cancel();
    });
  }

  private static int saveAndLoad() throws IOException {
    Path file = Files.createTempFile("asyncio4j", ".txt");
    try {
      Files.writeString(file, "hello");
      return Files.readAllBytes(file).length;
    } finally {
      Files.delete(file);
    }
  }

  private static void tick() {
    while (true) {
      IO.println("the loop goes on");
      Asyncio.sleep(Duration.ofMillis(100));
    }
  }
}
