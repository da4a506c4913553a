package org.asyncio4j.datagram;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.internal.bootstrap.LoopBootstraps;
import org.asyncio4j.internal.bootstrap.RunningLoop;
import org.asyncio4j.net.DatagramConnection;
import org.asyncio4j.net.DatagramTransport;
import org.asyncio4j.net.ExtraInfo;
import org.asyncio4j.net.options.DatagramOptions;
import org.asyncio4j.net.options.UnixDatagramOptions;

/**
 * Sends and receives datagrams in direct style: methods that wait suspend the current task.
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
 * <p><b>Receiving.</b> A bounded number of datagrams can wait here for {@link #receive()}. When
 * that number is reached, the endpoint stops reading until one is taken. Others wait in the
 * system's buffer; if that is full too, the system drops new ones, or with Unix sockets makes their
 * senders wait. Datagrams that were read are never dropped.
 *
 * <p><b>Errors.</b> Errors that the system reports during {@link #send} are thrown there. Errors
 * that it reports at other times, for instance that no socket receives at the remote address, are
 * thrown once, by the next {@link #receive()}; if there are several, only the first is kept. The
 * endpoint stays open.
 *
 * <p>Any number of tasks may send and receive. They are served in the order in which they began to
 * wait.
 */
public final class DatagramEndpoint implements AutoCloseable {

  /** The default number of datagrams that may wait for {@link #receive()}. */
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
   * Opens an endpoint on the running loop, suspending the current task.
   *
   * @param options the addresses and the options
   * @return the endpoint
   * @throws IOException if a host is unknown, or no address could be bound or connected
   * @throws IllegalStateException if the caller is not a task
   * @throws UnsupportedOperationException if the loop does not support datagrams or sharing of
   *     ports
   * @throws org.asyncio4j.core.CancelledError if the task is cancelled; no socket is left open
   */
  public static DatagramEndpoint open(DatagramOptions options) throws IOException {
    return open(options, DEFAULT_RECEIVE_LIMIT);
  }

  /**
   * Opens an endpoint on the running loop, suspending the current task.
   *
   * @param options the addresses and the options
   * @param receiveLimit the number of datagrams that may wait for {@link #receive()}, at least 1
   * @return the endpoint
   * @throws IOException if a host is unknown, or no address could be bound or connected
   * @throws IllegalArgumentException if the limit is not positive
   * @throws IllegalStateException if the caller is not a task
   * @throws UnsupportedOperationException if the loop does not support datagrams or sharing of
   *     ports
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
   * Opens an endpoint on a Unix socket on the running loop, suspending the current task.
   *
   * @param options the addresses and the options
   * @return the endpoint
   * @throws IOException if the local address cannot be bound, or no socket receives at the remote
   *     one
   * @throws IllegalStateException if the caller is not a task
   * @throws UnsupportedOperationException if the loop does not support Unix datagrams, or not those
   *     without files
   * @throws org.asyncio4j.core.CancelledError if the task is cancelled; no socket is left open
   */
  public static DatagramEndpoint open(UnixDatagramOptions options) throws IOException {
    return open(options, DEFAULT_RECEIVE_LIMIT);
  }

  /**
   * Opens an endpoint on a Unix socket on the running loop, suspending the current task.
   *
   * @param options the addresses and the options
   * @param receiveLimit the number of datagrams that may wait for {@link #receive()}, at least 1
   * @return the endpoint
   * @throws IOException if the local address cannot be bound, or no socket receives at the remote
   *     one
   * @throws IllegalArgumentException if the limit is not positive
   * @throws IllegalStateException if the caller is not a task
   * @throws UnsupportedOperationException if the loop does not support Unix datagrams, or not those
   *     without files
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
      throw new IllegalArgumentException("receiveLimit must be at least 1: " + receiveLimit);
    }
  }

  /** {@return the transport, to access its socket, limits and groups} */
  public DatagramTransport transport() {
    return transport;
  }

  /**
   * {@return the address that the endpoint receives at; once it is closed, the address that it had}
   */
  public SocketAddress localAddress() {
    return transport
        .extraInfo(ExtraInfo.SOCKNAME)
        .orElseThrow(() ->
            new IllegalStateException(
                "cannot return the local address: "
                    + transport
                    + " does not know it; ask its socket"));
  }

  /**
   * Takes the next datagram; suspends the current task until there is one.
   *
   * @return the datagram
   * @throws IOException if the system has reported an error since the last call, or if the endpoint
   *     is closed and no received datagram is left
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
   *     of the buffer was freed, even while the task waited; the datagram is not sent
   * @throws WrongThreadException if the loop is running and the caller is not on its thread, or if
   *     the memory of the buffer belongs to another thread; nothing is sent
   */
  public void send(ByteBuffer data) throws IOException {
    ensureOwner("DatagramEndpoint.send");
    mailbox.send(requireNonNull(data, "data"), null);
  }

  /**
   * Sends a datagram; first suspends the current task while more is queued than the limits of the
   * transport allow. When this method returns, the datagram was taken by the system or is queued.
   *
   * @param data the bytes from position to limit; the position is at the limit afterwards
   * @param to the address to send to
   * @throws IOException if the system refuses the datagram, or the endpoint is closed; the datagram
   *     is not sent
   * @throws IllegalArgumentException as {@link DatagramTransport#sendTo(ByteBuffer, SocketAddress)}
   * @throws org.asyncio4j.core.CancelledError if the task is cancelled while it waits; the datagram
   *     is not sent
   * @throws IllegalStateException if it has to wait and the caller is not a task, or if the memory
   *     of the buffer was freed, even while the task waited; the datagram is not sent
   * @throws WrongThreadException if the loop is running and the caller is not on its thread, or if
   *     the memory of the buffer belongs to another thread; nothing is sent
   */
  public void send(ByteBuffer data, SocketAddress to) throws IOException {
    ensureOwner("DatagramEndpoint.send");
    mailbox.send(requireNonNull(data, "data"), requireNonNull(to, "to"));
  }

  /**
   * Closes the endpoint: queued datagrams are still sent, but no more are received. Datagrams that
   * have already arrived can still be taken. Tasks that wait to receive or to send get an {@link
   * IOException}. Never waits. Does nothing when repeated.
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
   * Suspends the current task until the endpoint is closed and all queued datagrams are sent.
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
