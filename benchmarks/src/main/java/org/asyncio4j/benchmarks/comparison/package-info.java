/**
 * Compares servers, each in a process of its own, by the processor time that a request costs. A
 * benchmark describes itself as a {@link org.asyncio4j.benchmarks.comparison.Contest}; {@link
 * org.asyncio4j.benchmarks.comparison.Comparison} runs it.
 */
@NullMarked
package org.asyncio4j.benchmarks.comparison;

import org.jspecify.annotations.NullMarked;
