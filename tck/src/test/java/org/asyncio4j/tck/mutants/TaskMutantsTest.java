package org.asyncio4j.tck.mutants;

/** Mutants of scheduling, futures, tasks and what is built on them. */
final class TaskMutantsTest extends MutantExaminations {

  TaskMutantsTest() {
    super(Part.TASKS);
  }
}
