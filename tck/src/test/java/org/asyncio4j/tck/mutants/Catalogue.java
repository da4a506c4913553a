package org.asyncio4j.tck.mutants;

import java.util.stream.Stream;
import org.asyncio4j.tck.mutants.callbacks.CallbackContextMutants;
import org.asyncio4j.tck.mutants.callbacks.CallbackMutants;
import org.asyncio4j.tck.mutants.callbacks.HandleMutants;
import org.asyncio4j.tck.mutants.callbacks.HandleTextMutants;
import org.asyncio4j.tck.mutants.callbacks.TimerMutants;
import org.asyncio4j.tck.mutants.eager.CallGraphMutants;
import org.asyncio4j.tck.mutants.eager.EagerLimitMutants;
import org.asyncio4j.tck.mutants.eager.EagerStartMutants;
import org.asyncio4j.tck.mutants.futures.AwaitMutants;
import org.asyncio4j.tck.mutants.futures.CallbackEqualityMutants;
import org.asyncio4j.tck.mutants.futures.FutureCallbackMutants;
import org.asyncio4j.tck.mutants.futures.FutureMutants;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.limits.BlockingLimitMutants;
import org.asyncio4j.tck.mutants.limits.CancelledOutcomeMutants;
import org.asyncio4j.tck.mutants.limits.GroupMutants;
import org.asyncio4j.tck.mutants.limits.LimitMutants;
import org.asyncio4j.tck.mutants.limits.LimitRaceMutants;
import org.asyncio4j.tck.mutants.running.ClosedLoopMutants;
import org.asyncio4j.tck.mutants.running.ClosingMutants;
import org.asyncio4j.tck.mutants.running.ForgottenLoopMutants;
import org.asyncio4j.tck.mutants.running.ProviderMutants;
import org.asyncio4j.tck.mutants.running.RunUntilCompleteMutants;
import org.asyncio4j.tck.mutants.running.RunningMutants;
import org.asyncio4j.tck.mutants.sync.LockMutants;
import org.asyncio4j.tck.mutants.sync.SignalMutants;
import org.asyncio4j.tck.mutants.sync.WakingMutants;
import org.asyncio4j.tck.mutants.tasks.BlockingCancellationMutants;
import org.asyncio4j.tck.mutants.tasks.BlockingMutants;
import org.asyncio4j.tck.mutants.tasks.BlockingRequestMutants;
import org.asyncio4j.tck.mutants.tasks.CancelRequestMutants;
import org.asyncio4j.tck.mutants.tasks.CancellationMutants;
import org.asyncio4j.tck.mutants.tasks.CurrentTaskMutants;
import org.asyncio4j.tck.mutants.tasks.StepMutants;
import org.asyncio4j.tck.mutants.tasks.TaskInsightMutants;
import org.asyncio4j.tck.mutants.tasks.TaskLifetimeMutants;
import org.asyncio4j.tck.mutants.tasks.TaskVisibilityMutants;
import org.asyncio4j.tck.mutants.threads.OffloadMutants;
import org.asyncio4j.tck.mutants.threads.ThreadMutants;
import org.asyncio4j.tck.mutants.threads.WakeUpMutants;
import org.asyncio4j.tck.mutants.waiting.GatherMutants;
import org.asyncio4j.tck.mutants.waiting.RaceMutants;
import org.asyncio4j.tck.mutants.waiting.ShieldMutants;
import org.asyncio4j.tck.mutants.waiting.WaitMutants;

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
        new WakeUpMutants(),
        new ThreadMutants(),
        new OffloadMutants(),
        new FutureCallbackMutants(),
        new FutureMutants(),
        new AwaitMutants(),
        new CallbackEqualityMutants(),
        new TaskVisibilityMutants(),
        new CurrentTaskMutants(),
        new TaskLifetimeMutants(),
        new StepMutants(),
        new CancellationMutants(),
        new CancelRequestMutants(),
        new TaskInsightMutants(),
        new BlockingMutants(),
        new BlockingCancellationMutants(),
        new BlockingRequestMutants(),
        new GatherMutants(),
        new WaitMutants(),
        new ShieldMutants(),
        new RaceMutants(),
        new LimitMutants(),
        new LimitRaceMutants(),
        new GroupMutants(),
        new BlockingLimitMutants(),
        new CancelledOutcomeMutants(),
        new LockMutants(),
        new SignalMutants(),
        new WakingMutants(),
        new EagerStartMutants(),
        new EagerLimitMutants(),
        new CallGraphMutants());
  }
}
