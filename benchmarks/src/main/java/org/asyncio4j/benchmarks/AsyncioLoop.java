package org.asyncio4j.benchmarks;

import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.EventLoop;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** An asyncio4j loop that runs on its own thread during a trial. */
@State(Scope.Benchmark)
public class AsyncioLoop {

  /** How the loop switches between tasks. */
  @Param({"carrier", "handoff"})
  public String engine = "";

  /** The name of the loop's provider. */
  @Param("nio")
  public String provider = "";

  private final BackgroundLoop background = new BackgroundLoop();

  /** Opens and starts the loop. */
  @Setup(Level.Trial)
  public void open() {
    System.setProperty("asyncio4j.coroutines", engine);
    background.start(Asyncio.newEventLoop(provider));
  }

  /** Stops the loop and closes it. */
  @TearDown(Level.Trial)
  public void close() throws InterruptedException {
    background.stop();
  }

  final EventLoop loop() {
    return background.loop();
  }

  /** Starts work on the loop's thread, and waits until the work calls the given callback. */
  final void run(Consumer<Runnable> work) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    loop().callSoonThreadsafe(() -> work.accept(done::countDown));
    done.await();
  }
}
