package org.asyncio4j.core;

import java.io.IOException;
import org.asyncio4j.net.Watchable;

/**
 * The part of a loop that calls back when something is ready for reading or writing (asyncio,
 * "Watching file descriptors"). All methods are to be called on the loop's thread, or while the
 * loop is not running.
 *
 * <p>Level-triggered: the callback is called in each tick in which there is something to read, or
 * room to write, until it is removed. It may remove itself. There is one reader and one writer for
 * each thing. They end when the thing is closed, by themselves for sockets of the loop; a channel
 * or a descriptor is to be removed first.
 *
 * <p>Callbacks run in a copy of the context in which they were added.
 */
public interface Watching {

  /**
   * Has a callback called when there is something to read or to accept, or when the other end was
   * closed. Takes the place of the former one, which is cancelled: {@code loop.add_reader}.
   *
   * @param what what to watch
   * @param callback what to call
   * @return the callback; cancelling it has the same effect as {@link #removeReader}
   * @throws IOException if the system refuses: it does not watch regular files, for instance, nor
   *     descriptors that are not open
   * @throws IllegalStateException if the loop is closed, the thing belongs to a transport or server
   *     or is closed, or a task waits to read from it
   * @throws IllegalArgumentException if a channel is in blocking mode, or cannot be read from, or a
   *     socket belongs to another loop
   * @throws UnsupportedOperationException if the loop cannot watch such things
   */
  Handle addReader(Watchable what, Runnable callback) throws IOException;

  /**
   * Removes the reader: {@code loop.remove_reader}. It is not called any more, even if it was about
   * to be.
   *
   * @param what what is watched
   * @return whether there was one; never if the loop is closed
   */
  boolean removeReader(Watchable what);

  /**
   * Has a callback called when there is room to write, or when the other end was closed. Takes the
   * place of the former one, which is cancelled: {@code loop.add_writer}.
   *
   * @param what what to watch
   * @param callback what to call
   * @return the callback; cancelling it has the same effect as {@link #removeWriter}
   * @throws IOException if the system refuses, as in {@link #addReader}
   * @throws IllegalStateException if the loop is closed, the thing belongs to a transport or server
   *     or is closed, or a task waits to write to it
   * @throws IllegalArgumentException if a channel is in blocking mode, or cannot be written to, or
   *     a socket belongs to another loop
   * @throws UnsupportedOperationException if the loop cannot watch such things
   */
  Handle addWriter(Watchable what, Runnable callback) throws IOException;

  /**
   * Removes the writer: {@code loop.remove_writer}. It is not called any more, even if it was about
   * to be.
   *
   * @param what what is watched
   * @return whether there was one; never if the loop is closed
   */
  boolean removeWriter(Watchable what);
}
