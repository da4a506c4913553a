/**
 * The programs that one writes first, a class each; the HTTP server has a second one. None uses
 * another but the demo.
 *
 * <p>Below are larger ones, a package each, which talk with programs of others: a client of Redis,
 * a client of HTTP, and a resolver that asks a DNS server.
 */
@NullMarked
package org.asyncio4j.examples;

import org.jspecify.annotations.NullMarked;
