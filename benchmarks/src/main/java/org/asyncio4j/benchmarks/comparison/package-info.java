/**
 * Compares servers, each in its own process, by processor time per request. A benchmark describes
 * itself as a {@link org.asyncio4j.benchmarks.comparison.Contest}; {@link
 * org.asyncio4j.benchmarks.comparison.Comparison} runs it.
 */
@NullMarked
package org.asyncio4j.benchmarks.comparison;

import org.jspecify.annotations.NullMarked;
