package org.asyncio4j.tck.run;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.asyncio4j.spi.EventLoopProvider;

/**
 * The loops that {@link ServiceLoader} finds. A provider that cannot be loaded costs only itself.
 *
 * @param loops the providers
 * @param gaps those that cannot be loaded
 */
public record Discovery(List<EventLoopProvider> loops, List<Gap> gaps) {

  /** Copies the components. */
  public Discovery {
    loops = List.copyOf(loops);
    gaps = List.copyOf(gaps);
  }

  /**
   * Looks for loops.
   *
   * @return what was found
   * @throws ServiceConfigurationError if the class path or module path itself is broken
   */
  public static Discovery run() {
    List<EventLoopProvider> loops = new ArrayList<>();
    List<Gap> gaps = new ArrayList<>();
    Iterator<ServiceLoader.Provider<EventLoopProvider>> found =
        ServiceLoader.load(EventLoopProvider.class).stream().iterator();
    while (found.hasNext()) {
      ServiceLoader.Provider<EventLoopProvider> entry = found.next();
      try {
        EventLoopProvider loop = entry.get();
        String ignored = loop.name();
        loops.add(loop);
      } catch (RuntimeException | Error broken) {
        gaps.add(new Gap(entry.type().getName(), "its provider throws " + broken));
      }
    }
    return new Discovery(loops, gaps);
  }
}
