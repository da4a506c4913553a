package org.asyncio4j.internal.bootstrap;

/**
 * Internal; not for use outside asyncio4j. A future whose cancellation cancels, at once, the
 * futures that it waits for.
 */
public interface PassesCancellation {}
