package org.asyncio4j.core;

import java.io.IOException;
import org.asyncio4j.net.socket.Watchable;

/**
 * The part of a loop that calls back when something is ready for reading or writing (asyncio,
 * "Watching file descriptors"). All methods must be called on the loop's thread, or while the loop
 * is not running.
 *
 * <p>Watching is level-triggered: the callback is called in each tick in which data can be read or
 * written, until it is removed. It may remove itself. Each object has at most one reader and one
 * writer. For sockets of the loop, both are removed automatically when the socket is closed; for a
 * channel or a descriptor, remove them before closing it.
 *
 * <p>Callbacks run in a copy of the context in which they were added.
 */
public interface IoWatcher {

  /**
   * Adds a callback that is called when there is data to read or a connection to accept, or when
   * the other end was closed: {@code loop.add_reader}. Replaces the former callback, which is
   * cancelled.
   *
   * @param what the object to watch
   * @param callback the callback
   * @return the handle of the callback; cancelling it has the same effect as {@link #removeReader}
   * @throws IOException if the system rejects the object: it does not watch regular files, for
   *     instance, nor descriptors that are not open
   * @throws IllegalStateException if the loop is closed, the object belongs to a transport or
   *     server or is closed, or a task waits to read from it
   * @throws IllegalArgumentException if a channel is in blocking mode, or cannot be read from, or a
   *     socket belongs to another loop
   * @throws UnsupportedOperationException if the loop cannot watch such objects
   */
  Handle addReader(Watchable what, Runnable callback) throws IOException;

  /**
   * Removes the reader: {@code loop.remove_reader}. It is no longer called, even if a call was
   * imminent.
   *
   * @param what the watched object
   * @return whether there was one; {@code false} if the loop is closed
   */
  boolean removeReader(Watchable what);

  /**
   * Adds a callback that is called when data can be written, or when the other end was closed:
   * {@code loop.add_writer}. Replaces the former callback, which is cancelled.
   *
   * @param what the object to watch
   * @param callback the callback
   * @return the handle of the callback; cancelling it has the same effect as {@link #removeWriter}
   * @throws IOException if the system rejects the object, as in {@link #addReader}
   * @throws IllegalStateException if the loop is closed, the object belongs to a transport or
   *     server or is closed, or a task waits to write to it
   * @throws IllegalArgumentException if a channel is in blocking mode, or cannot be written to, or
   *     a socket belongs to another loop
   * @throws UnsupportedOperationException if the loop cannot watch such objects
   */
  Handle addWriter(Watchable what, Runnable callback) throws IOException;

  /**
   * Removes the writer: {@code loop.remove_writer}. It is no longer called, even if a call was
   * imminent.
   *
   * @param what the watched object
   * @return whether there was one; {@code false} if the loop is closed
   */
  boolean removeWriter(Watchable what);
}
