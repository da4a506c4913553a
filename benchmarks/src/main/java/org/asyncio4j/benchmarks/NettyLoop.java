package org.asyncio4j.benchmarks;

import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A Netty loop that runs during a trial. */
@State(Scope.Benchmark)
public class NettyLoop {

  /** The transport of the loop. */
  @Param({"nio", "epoll"})
  public String transport = "";

  private @Nullable MultiThreadIoEventLoopGroup group;

  /** Starts the loop. */
  @Setup(Level.Trial)
  public void open() {
    IoHandlerFactory factory =
        transport.equals("epoll") ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    group = new MultiThreadIoEventLoopGroup(1, factory);
  }

  /** Ends the loop. */
  @TearDown(Level.Trial)
  public void close() {
    group().shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
  }

  final EventLoop loop() {
    return group().next();
  }

  /** Starts work on the loop's thread, and waits until the work calls the given callback. */
  final void run(BiConsumer<EventLoop, Runnable> work) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    EventLoop loop = loop();
    loop.execute(() -> work.accept(loop, done::countDown));
    done.await();
  }

  private MultiThreadIoEventLoopGroup group() {
    if (group == null) {
      throw new IllegalStateException("loop must be started first");
    }
    return group;
  }
}
