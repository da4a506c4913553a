/**
 * The words in which defects are described.
 *
 * <p>A {@link org.asyncio4j.tck.mutants.harness.Defects class of defects} begins each with its rule
 * and one sentence, and ends it with a script. A script is given a correct loop, or each future,
 * task, connection, server or socket that a loop makes, and decorates their methods: the {@link
 * org.asyncio4j.tck.mutants.harness.Seam seams}, which are fields that are named after the methods.
 * What the script remembers lasts as long as what it was given; {@link
 * org.asyncio4j.tck.mutants.harness.Flag} and {@link org.asyncio4j.tck.mutants.harness.Turn} help.
 * A defect that is there at some times only is given a {@code Turn}, of which the script asks its
 * loop; {@code or} begins another mutant that has the same script at other times.
 *
 * <p>{@code HookSeams} and {@link org.asyncio4j.tck.mutants.harness.Requests} alone know the
 * signatures of hooks. Loops, futures and tasks are subclasses of ours whose methods ask their
 * seams; everything else is {@link org.asyncio4j.tck.mutants.harness.Decorated decorated} from
 * outside.
 */
package org.asyncio4j.tck.mutants.harness;
