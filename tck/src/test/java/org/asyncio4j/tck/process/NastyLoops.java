package org.asyncio4j.tck.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.loop.nio.NioEventLoopProvider;
import org.asyncio4j.spi.Availability;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.spi.EventLoopProvider;
import org.asyncio4j.spi.LoopContext;

/** Loops that hurt their whole process when rule 2.1 opens one, and are right otherwise. */
@SuppressWarnings("SystemExitOutsideMain") // that is what one of them does
abstract sealed class NastyLoops implements EventLoopProvider {

  private final EventLoopProvider correct = new NioEventLoopProvider();
  private final String name;

  private NastyLoops(String name) {
    this.name = name;
  }

  abstract void hurt();

  @Override
  public String name() {
    return name;
  }

  @Override
  public Availability availability() {
    return correct.availability();
  }

  @Override
  public Set<Capability> capabilities() {
    return correct.capabilities();
  }

  @Override
  public EventLoop open(LoopContext context) {
    if (Thread.currentThread().getName().equals("tck-rule-2.1")) {
      System.err.println("last words of " + name);
      hurt();
    }
    return correct.open(context);
  }

  /** Exits. */
  public static final class Exiting extends NastyLoops {

    public Exiting() {
      super("exiting");
    }

    @Override
    void hurt() {
      System.exit(7);
    }
  }

  /** Runs on for ever. */
  public static final class Endless extends NastyLoops {

    public Endless() {
      super("endless");
    }

    @Override
    void hurt() {
      while (name().equals("endless")) {
        Thread.onSpinWait();
      }
    }
  }

  /** Uses up the memory. */
  public static final class Greedy extends NastyLoops {

    public Greedy() {
      super("greedy");
    }

    @Override
    void hurt() {
      List<long[]> kept = new ArrayList<>();
      while (kept.size() < Integer.MAX_VALUE) {
        kept.add(new long[1 << 20]);
      }
    }
  }

  /** Cannot be loaded. */
  public static final class Unloadable extends NastyLoops {

    public Unloadable() {
      super("unloadable");
      throw new IllegalStateException("not today");
    }

    @Override
    void hurt() {}
  }

  /** Cannot be opened. */
  public static final class Closed extends NastyLoops {

    public Closed() {
      super("closed");
    }

    @Override
    public EventLoop open(LoopContext context) {
      throw new IllegalStateException("out of order");
    }

    @Override
    void hurt() {}
  }
}
