package org.asyncio4j.tck.mutants;

import java.util.stream.Stream;
import org.asyncio4j.tck.mutants.callbacks.CallbackContextMutants;
import org.asyncio4j.tck.mutants.callbacks.CallbackMutants;
import org.asyncio4j.tck.mutants.callbacks.HandleMutants;
import org.asyncio4j.tck.mutants.callbacks.HandleTextMutants;
import org.asyncio4j.tck.mutants.callbacks.TimerMutants;
import org.asyncio4j.tck.mutants.futures.AwaitMutants;
import org.asyncio4j.tck.mutants.futures.CallbackEqualityMutants;
import org.asyncio4j.tck.mutants.futures.FutureCallbackMutants;
import org.asyncio4j.tck.mutants.futures.FutureMutants;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.running.ClosedLoopMutants;
import org.asyncio4j.tck.mutants.running.ClosingMutants;
import org.asyncio4j.tck.mutants.running.ForgottenLoopMutants;
import org.asyncio4j.tck.mutants.running.ProviderMutants;
import org.asyncio4j.tck.mutants.running.RunUntilCompleteMutants;
import org.asyncio4j.tck.mutants.running.RunningMutants;

/** All defects, in the order of their chapters. A new class of them is one line here. */
final class Catalogue {

  private Catalogue() {}

  static Stream<Defects> all() {
    return Stream.of(
        new ProviderMutants(),
        new RunUntilCompleteMutants(),
        new RunningMutants(),
        new ClosingMutants(),
        new ClosedLoopMutants(),
        new ForgottenLoopMutants(),
        new CallbackMutants(),
        new HandleMutants(),
        new TimerMutants(),
        new CallbackContextMutants(),
        new HandleTextMutants(),
        new FutureCallbackMutants(),
        new FutureMutants(),
        new AwaitMutants(),
        new CallbackEqualityMutants());
  }
}
