package org.asyncio4j.tck.mutants;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.asyncio4j.core.Handle;
import org.asyncio4j.net.Watchable;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.UnwatchRequest;
import org.asyncio4j.spi.WatchRequest;

/** Defects of chapter 20 that concern descriptors, which the driver of {@code epoll} can watch. */
final class DescriptorMutants {

  private DescriptorMutants() {}

  /** Has a table that is as long as the largest number. */
  @Defect(breaks = "20.63")
  static final class GrowsWithTheNumber extends UnixDatagramMutant {

    private static final int ALL_MEMORY = 10_000_000;

    private Object[] table = new Object[256];

    GrowsWithTheNumber(LoopContext context) {
      super(context);
    }

    @Override
    protected Handle watch(WatchRequest request) throws IOException {
      if (request.what() instanceof Watchable.OfDescriptor(int number) && number >= table.length) {
        if (number >= ALL_MEMORY) {
          throw new OutOfMemoryError("no room for descriptor " + number);
        }
        table = Arrays.copyOf(table, number + 1);
      }
      return super.watch(request);
    }
  }

  /** Notes what is watched before the system refuses. */
  @Defect(breaks = "20.63")
  static final class NotesWhatIsRefused extends UnixDatagramMutant {

    private final Set<UnwatchRequest> noted = new HashSet<>();

    NotesWhatIsRefused(LoopContext context) {
      super(context);
    }

    @Override
    protected Handle watch(WatchRequest request) throws IOException {
      if (request.what() instanceof Watchable.OfDescriptor) {
        noted.add(new UnwatchRequest(request.what(), request.direction()));
      }
      return super.watch(request);
    }

    @Override
    protected boolean unwatch(UnwatchRequest request) {
      return super.unwatch(request) | noted.remove(request);
    }
  }
}
