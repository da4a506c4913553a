package org.asyncio4j.tck.rules.tasks;

import java.util.List;
import org.asyncio4j.tck.run.Chapter;

/** Chapters 5 and 6 of SPEC.md, in parts; a new part is one line here. */
public final class TaskChapters {

  private static final String VISIBILITY = "Task visibility";
  private static final String STEPS = "Task steps and cancellation";

  private TaskChapters() {}

  /** {@return the parts, in their order} */
  public static List<Chapter> parts() {
    return List.of(
        new Chapter(5, VISIBILITY, TaskVisibilityRules.class, TaskVisibilityRules::new, true),
        new Chapter(5, VISIBILITY, CurrentTaskRules.class, CurrentTaskRules::new, true),
        new Chapter(5, VISIBILITY, TaskLifetimeRules.class, TaskLifetimeRules::new, true),
        new Chapter(6, STEPS, StepRules.class, StepRules::new, true),
        new Chapter(6, STEPS, TaskInsightRules.class, TaskInsightRules::new, true),
        new Chapter(6, STEPS, CancellationRules.class, CancellationRules::new, true),
        new Chapter(6, STEPS, CancelRequestRules.class, CancelRequestRules::new, true),
        new Chapter(6, STEPS, BlockingRules.class, BlockingRules::new, false),
        new Chapter(
            6, STEPS, BlockingCancellationRules.class, BlockingCancellationRules::new, false),
        new Chapter(6, STEPS, BlockingRequestRules.class, BlockingRequestRules::new, false));
  }
}
