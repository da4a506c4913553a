package org.asyncio4j.benchmarks;

import static java.util.Objects.requireNonNull;

import org.asyncio4j.core.EventLoop;
import org.jspecify.annotations.Nullable;

/** Runs a loop on a thread of its own while another thread measures it. */
final class BackgroundLoop {

  private @Nullable EventLoop loop;
  private @Nullable Thread thread;

  void start(EventLoop opened) {
    loop = opened;
    thread = Thread.ofPlatform().name("runs-loop").start(opened::runForever);
  }

  EventLoop loop() {
    return requireNonNull(loop, "loop must be started first");
  }

  void stop() throws InterruptedException {
    loop().callSoonThreadsafe(loop()::stop);
    requireNonNull(thread, "thread").join();
    loop().close();
  }
}
