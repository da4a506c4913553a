/**
 * A model of tasks, written after the behaviour of asyncio, and random programs whose traces must
 * be the same on the model and on a loop.
 */
package org.asyncio4j.spi.model;
