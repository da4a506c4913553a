package org.asyncio4j.tck.rules;

import java.util.List;
import org.asyncio4j.tck.run.Chapter;

/** The list of all chapters. A chapter may have several parts; a new part is one line here. */
public final class Chapters {

  private Chapters() {}

  /** {@return the chapters, in the order of their numbers} */
  public static List<Chapter> all() {
    String life = "Provider and life cycle";
    String scheduling = "Scheduling and time";
    String threads = "Threads and wake-ups";
    String futures = "Futures";
    String visibility = "Task visibility";
    String steps = "Task steps and cancellation";
    String hooks = "Transport hooks";
    String client = "TCP client";
    String server = "TCP server";
    return List.of(
        new Chapter(1, life, ProviderRules.class, ProviderRules::new, false),
        new Chapter(1, life, RunningRules.class, RunningRules::new, false),
        new Chapter(1, life, ClosingRules.class, ClosingRules::new, false),
        new Chapter(2, scheduling, CallbackRules.class, CallbackRules::new, true),
        new Chapter(2, scheduling, TimerRules.class, TimerRules::new, true),
        new Chapter(2, scheduling, CallbackContextRules.class, CallbackContextRules::new, true),
        new Chapter(3, threads, ThreadRules.class, ThreadRules::new, false),
        new Chapter(3, threads, OffloadRules.class, OffloadRules::new, false),
        new Chapter(4, futures, FutureRules.class, FutureRules::new, true),
        new Chapter(4, futures, AwaitRules.class, AwaitRules::new, true),
        new Chapter(5, visibility, TaskVisibilityRules.class, TaskVisibilityRules::new, true),
        new Chapter(5, visibility, TaskLifetimeRules.class, TaskLifetimeRules::new, true),
        new Chapter(6, steps, StepRules.class, StepRules::new, true),
        new Chapter(6, steps, CancellationRules.class, CancellationRules::new, true),
        new Chapter(6, steps, BlockingRules.class, BlockingRules::new, false),
        new Chapter(7, hooks, HookCallRules.class, HookCallRules::new, false),
        new Chapter(7, hooks, TransportRules.class, TransportRules::new, false),
        new Chapter(7, hooks, HookClosingRules.class, HookClosingRules::new, false),
        new Chapter(7, hooks, CapabilityRules.class, CapabilityRules::new, false),
        new Chapter(8, client, ClientConnectRules.class, ClientConnectRules::new, false),
        new Chapter(8, client, ClientLifeRules.class, ClientLifeRules::new, false),
        new Chapter(9, server, ServerListenRules.class, ServerListenRules::new, false),
        new Chapter(9, server, ServerAcceptRules.class, ServerAcceptRules::new, false),
        new Chapter(9, server, ServerLifeRules.class, ServerLifeRules::new, false),
        new Chapter(9, server, ServeForeverRules.class, ServeForeverRules::new, false));
  }
}
