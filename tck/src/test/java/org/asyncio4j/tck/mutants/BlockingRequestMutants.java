package org.asyncio4j.tck.mutants;

import java.time.Duration;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.spi.LoopContext;

/** Chapter 6: several requests for the cancellation of bodies that block. */
final class BlockingRequestMutants {

  private BlockingRequestMutants() {}

  @Mutant(
      rule = "6.33",
      also = {"6.21", "6.27", "6.29", "6.31", "6.32"})
  static EventLoop interruptsOnce(LoopContext context) {
    return BlockingMutants.altered(
        context,
        "interrupt",
        (number, _, correct) -> {
          if (number == 1) {
            correct.run();
          }
        });
  }

  @Mutant(rule = "6.33", also = "6.21")
  static EventLoop interruptsAgain(LoopContext context) {
    return BlockingMutants.altered(
        context,
        "interrupt",
        (number, loop, correct) -> {
          correct.run();
          loop.callLater(Duration.ofMillis(2), correct);
        });
  }
}
