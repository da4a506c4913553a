/**
 * A small HTTP/1.1 client, with and without TLS. It shows streams in direct style.
 *
 * <p>{@link org.asyncio4j.examples.http.HttpClient} keeps connections for the next request, {@link
 * org.asyncio4j.examples.http.HttpConnection} sends one request after the other, and {@link
 * org.asyncio4j.examples.http.BodyReader} knows where a body ends.
 *
 * <p>{@link org.asyncio4j.examples.http.HttpFetch} is the program.
 */
@NullMarked
package org.asyncio4j.examples.http;

import org.jspecify.annotations.NullMarked;
