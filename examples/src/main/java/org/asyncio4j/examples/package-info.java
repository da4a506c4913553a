/**
 * The first programs to write, one class each; the HTTP server has two. Only the demo uses another.
 *
 * <p>The subpackages contain larger programs that communicate with other software: a Redis client,
 * an HTTP client, and a resolver that queries a DNS server.
 */
@NullMarked
package org.asyncio4j.examples;

import org.jspecify.annotations.NullMarked;
