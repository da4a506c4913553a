package org.asyncio4j.tck;

/** Puts the loops of this project to all rules. */
final class ConformanceTest extends DiscoveredLoopsTck {}
