package org.asyncio4j.datagram;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.internal.bootstrap.LoopBootstraps;
import org.asyncio4j.internal.bootstrap.RunningLoop;
import org.asyncio4j.net.DatagramConnection;
import org.asyncio4j.net.DatagramOptions;
import org.asyncio4j.net.DatagramTransport;
import org.asyncio4j.net.ExtraInfo;
import org.asyncio4j.net.UnixDatagramOptions;

/**
 * Sends and receives datagrams in direct style: whoever has to wait suspends its task.
 *
 * <pre>{@code
 * try (DatagramEndpoint endpoint = DatagramEndpoint.open(DatagramOptions.boundTo("::1", 9999))) {
 *   while (true) {
 *     Datagram datagram = endpoint.receive();
 *     endpoint.send(datagram.data(), datagram.from());
 *   }
 * }
 * }</pre>
 *
 * <p><b>What arrives.</b> A bounded number of datagrams waits here for {@link #receive()}. When
 * there are so many, the endpoint reads no more until one is taken; others wait in the system's
 * buffer, and the system drops what comes when that is full, too; with Unix sockets their senders
 * wait instead. Nothing that was read is dropped.
 *
 * <p><b>Errors.</b> What the system says of a datagram in {@link #send} is thrown there. What it
 * tells at another time, that nobody receives at the remote address for instance, is thrown once,
 * by the next {@link #receive()}; of several errors that nobody has seen yet only the first is
 * kept. The endpoint lives on.
 *
 * <p>Any number of tasks may send and receive. They are served in the order in which they began to
 * wait.
 */
public final class DatagramEndpoint implements AutoCloseable {

  /** How many datagrams wait for {@link #receive()}, unless somebody asks for another number. */
  public static final int DEFAULT_RECEIVE_LIMIT = 64;

  private final EventLoop loop;
  private final DatagramTransport transport;
  private final Mailbox mailbox;

  private DatagramEndpoint(EventLoop loop, DatagramTransport transport, Mailbox mailbox) {
    this.loop = loop;
    this.transport = transport;
    this.mailbox = mailbox;
  }

  /**
   * Opens an endpoint of the running loop, suspending the current task.
   *
   * @param options where and how to send and receive
   * @return the endpoint
   * @throws IOException if a host is unknown, or no address could be bound or connected
   * @throws IllegalStateException if the caller is not a task
   * @throws UnsupportedOperationException if the loop has no datagrams, or cannot share ports
   * @throws org.asyncio4j.core.CancelledError if the task is cancelled; no socket is left open
   */
  public static DatagramEndpoint open(DatagramOptions options) throws IOException {
    return open(options, DEFAULT_RECEIVE_LIMIT);
  }

  /**
   * Opens an endpoint of the running loop, suspending the current task.
   *
   * @param options where and how to send and receive
   * @param receiveLimit how many datagrams may wait for {@link #receive()}, at least 1
   * @return the endpoint
   * @throws IOException if a host is unknown, or no address could be bound or connected
   * @throws IllegalArgumentException if the limit is not positive
   * @throws IllegalStateException if the caller is not a task
   * @throws UnsupportedOperationException if the loop has no datagrams, or cannot share ports
   * @throws org.asyncio4j.core.CancelledError if the task is cancelled; no socket is left open
   */
  public static DatagramEndpoint open(DatagramOptions options, int receiveLimit)
      throws IOException {
    requireNonNull(options, "options");
    requireLimit(receiveLimit);
    EventLoop loop = RunningLoop.require();
    return of(loop, loop.createDatagramEndpoint(() -> new Mailbox(loop, receiveLimit), options));
  }

  /**
   * Opens an endpoint of the running loop on a Unix socket, suspending the current task.
   *
   * @param options where to send and receive
   * @return the endpoint
   * @throws IOException if the local address cannot be bound, or nobody receives at the remote one
   * @throws IllegalStateException if the caller is not a task
   * @throws UnsupportedOperationException if the loop has no Unix datagrams, or none without files
   * @throws org.asyncio4j.core.CancelledError if the task is cancelled; no socket is left open
   */
  public static DatagramEndpoint open(UnixDatagramOptions options) throws IOException {
    return open(options, DEFAULT_RECEIVE_LIMIT);
  }

  /**
   * Opens an endpoint of the running loop on a Unix socket, suspending the current task.
   *
   * @param options where to send and receive
   * @param receiveLimit how many datagrams may wait for {@link #receive()}, at least 1
   * @return the endpoint
   * @throws IOException if the local address cannot be bound, or nobody receives at the remote one
   * @throws IllegalArgumentException if the limit is not positive
   * @throws IllegalStateException if the caller is not a task
   * @throws UnsupportedOperationException if the loop has no Unix datagrams, or none without files
   * @throws org.asyncio4j.core.CancelledError if the task is cancelled; no socket is left open
   */
  public static DatagramEndpoint open(UnixDatagramOptions options, int receiveLimit)
      throws IOException {
    requireNonNull(options, "options");
    requireLimit(receiveLimit);
    EventLoop loop = RunningLoop.require();
    return of(
        loop, loop.createUnixDatagramEndpoint(() -> new Mailbox(loop, receiveLimit), options));
  }

  private static DatagramEndpoint of(EventLoop loop, DatagramConnection<Mailbox> opened) {
    return new DatagramEndpoint(loop, opened.transport(), opened.protocol());
  }

  private static void requireLimit(int receiveLimit) {
    if (receiveLimit < 1) {
      throw new IllegalArgumentException("receiveLimit must be at least 1 but was " + receiveLimit);
    }
  }

  /** {@return the transport, for its socket, its limits and its groups} */
  public DatagramTransport transport() {
    return transport;
  }

  /**
   * {@return the address that the endpoint receives at; after it was closed, the one that it had}
   */
  public SocketAddress localAddress() {
    return transport
        .extraInfo(ExtraInfo.SOCKNAME)
        .orElseThrow(() ->
            new IllegalStateException(
                "transport must tell its address but " + transport + " does not; ask its socket"));
  }

  /**
   * Takes the next datagram; suspends the current task while there is none.
   *
   * @return the datagram
   * @throws IOException if the system has told of an error since the last call, or if the endpoint
   *     is closed and nothing is left of what has arrived before
   * @throws org.asyncio4j.core.CancelledError if the task is cancelled while it waits; no datagram
   *     is lost
   * @throws IllegalStateException if it has to wait and the caller is not a task
   * @throws WrongThreadException if the loop is running and the caller is not on its thread;
   *     nothing has changed
   */
  public Datagram receive() throws IOException {
    ensureOwner("DatagramEndpoint.receive");
    return mailbox.take();
  }

  /**
   * Sends a datagram to the remote address of the options, as {@link #send(ByteBuffer,
   * SocketAddress)} does.
   *
   * @param data the bytes from position to limit; the position is at the limit afterwards
   * @throws IOException if the system refuses the datagram, or the endpoint is closed
   * @throws IllegalArgumentException if the endpoint has no remote address
   * @throws org.asyncio4j.core.CancelledError if the task is cancelled while it waits; the datagram
   *     is not sent
   * @throws IllegalStateException if it has to wait and the caller is not a task, or if the memory
   *     of the buffer was freed, perhaps while the task waited; the datagram is not sent
   * @throws WrongThreadException if the loop is running and the caller is not on its thread, or if
   *     the memory of the buffer belongs to another thread; nothing is sent
   */
  public void send(ByteBuffer data) throws IOException {
    ensureOwner("DatagramEndpoint.send");
    mailbox.send(requireNonNull(data, "data"), null);
  }

  /**
   * Sends a datagram; suspends the current task before that while more is queued than the limits of
   * the transport allow. When it returns, the datagram was taken by the system or is queued.
   *
   * @param data the bytes from position to limit; the position is at the limit afterwards
   * @param to the address to send to
   * @throws IOException if the system refuses the datagram, or the endpoint is closed; the datagram
   *     is not sent
   * @throws IllegalArgumentException as {@link DatagramTransport#sendTo(ByteBuffer, SocketAddress)}
   * @throws org.asyncio4j.core.CancelledError if the task is cancelled while it waits; the datagram
   *     is not sent
   * @throws IllegalStateException if it has to wait and the caller is not a task, or if the memory
   *     of the buffer was freed, perhaps while the task waited; the datagram is not sent
   * @throws WrongThreadException if the loop is running and the caller is not on its thread, or if
   *     the memory of the buffer belongs to another thread; nothing is sent
   */
  public void send(ByteBuffer data, SocketAddress to) throws IOException {
    ensureOwner("DatagramEndpoint.send");
    mailbox.send(requireNonNull(data, "data"), requireNonNull(to, "to"));
  }

  /**
   * Closes the endpoint: what is queued is still sent, nothing more is received. What has arrived
   * before can still be taken. Whoever waits to receive or to send gets an {@link IOException}.
   * Never waits, and does nothing when repeated.
   *
   * @throws WrongThreadException if the loop is running and the caller is not on its thread;
   *     nothing has changed
   */
  @Override
  public void close() {
    ensureOwner("DatagramEndpoint.close");
    mailbox.close();
  }

  /**
   * Suspends the current task until the endpoint is closed and everything queued was sent.
   *
   * @throws org.asyncio4j.core.CancelledError if the task is cancelled while it waits
   * @throws IllegalStateException if it has to wait and the caller is not a task
   * @throws WrongThreadException if the loop is running and the caller is not on its thread;
   *     nothing has changed
   */
  public void waitClosed() {
    ensureOwner("DatagramEndpoint.waitClosed");
    mailbox.awaitLost();
  }

  private void ensureOwner(String operation) {
    LoopBootstraps.get().ensureOwner(loop, operation);
  }

  @Override
  public String toString() {
    return "<DatagramEndpoint %s, %s>".formatted(transport, mailbox);
  }
}
