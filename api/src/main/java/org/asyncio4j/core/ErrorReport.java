package org.asyncio4j.core;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.asyncio4j.net.BaseProtocol;
import org.asyncio4j.net.BaseTransport;
import org.jspecify.annotations.Nullable;

/**
 * A report from a loop to its exception handler: the context dictionary of {@code
 * loop.call_exception_handler}.
 */
public final class ErrorReport {

  private final String message;
  private final Optional<Throwable> exception;
  private final Optional<Handle> handle;
  private final Optional<Future<?>> future;
  private final Optional<BaseProtocol> protocol;
  private final Optional<BaseTransport> transport;
  private final Optional<Object> address;
  private final Optional<Throwable> createdAt;

  private ErrorReport(
      String message,
      Optional<Throwable> exception,
      Optional<Handle> handle,
      Optional<Future<?>> future,
      Optional<BaseProtocol> protocol,
      Optional<BaseTransport> transport,
      Optional<Object> address,
      Optional<Throwable> createdAt) {
    requireNonNull(message, "message");
    requireNonNull(exception, "exception");
    requireNonNull(handle, "handle");
    requireNonNull(future, "future");
    requireNonNull(protocol, "protocol");
    requireNonNull(transport, "transport");
    requireNonNull(address, "address");
    requireNonNull(createdAt, "createdAt");
    this.message = message;
    this.exception = exception;
    this.handle = handle;
    this.future = future;
    this.protocol = protocol;
    this.transport = transport;
    this.address = address;
    this.createdAt = createdAt;
  }

  /**
   * Creates a report with a message.
   *
   * @param message what happened, in a sentence
   * @return a report that contains only the message
   */
  public static ErrorReport of(String message) {
    return new ErrorReport(
        message,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * Adds the exception that was thrown.
   *
   * @param thrown the exception
   * @return a report that also contains it
   */
  public ErrorReport withException(Throwable thrown) {
    return new ErrorReport(
        message, Optional.of(thrown), handle, future, protocol, transport, address, createdAt);
  }

  /**
   * Adds the callback.
   *
   * @param source the handle
   * @return a report that also contains it
   */
  public ErrorReport withHandle(Handle source) {
    return new ErrorReport(
        message, exception, Optional.of(source), future, protocol, transport, address, createdAt);
  }

  /**
   * Adds the future or task.
   *
   * @param subject the future
   * @return a report that also contains it
   */
  public ErrorReport withFuture(Future<?> subject) {
    return new ErrorReport(
        message, exception, handle, Optional.of(subject), protocol, transport, address, createdAt);
  }

  /**
   * Adds the protocol.
   *
   * @param source the protocol
   * @return a report that also contains it
   */
  public ErrorReport withProtocol(BaseProtocol source) {
    return new ErrorReport(
        message, exception, handle, future, Optional.of(source), transport, address, createdAt);
  }

  /**
   * Adds the transport.
   *
   * @param source the transport
   * @return a report that also contains it
   */
  public ErrorReport withTransport(BaseTransport source) {
    return new ErrorReport(
        message, exception, handle, future, protocol, Optional.of(source), address, createdAt);
  }

  /**
   * Adds the address of a socket.
   *
   * @param socketAddress the address, or {@code null} if unknown
   * @return a report that also contains it
   */
  public ErrorReport withAddress(@Nullable Object socketAddress) {
    return new ErrorReport(
        message,
        exception,
        handle,
        future,
        protocol,
        transport,
        Optional.ofNullable(socketAddress),
        createdAt);
  }

  /**
   * Adds where the subject was created.
   *
   * @param trace a throwable created there, or {@code null} if unknown
   * @return a report that also contains it
   */
  public ErrorReport withCreatedAt(@Nullable Throwable trace) {
    return new ErrorReport(
        message,
        exception,
        handle,
        future,
        protocol,
        transport,
        address,
        Optional.ofNullable(trace));
  }

  /** {@return what happened, in a sentence} */
  public String message() {
    return message;
  }

  /** {@return the exception that was thrown} */
  public Optional<Throwable> exception() {
    return exception;
  }

  /** {@return the callback that caused it} */
  public Optional<Handle> handle() {
    return handle;
  }

  /** {@return the future or task that it concerns} */
  public Optional<Future<?>> future() {
    return future;
  }

  /** {@return the protocol that caused it} */
  public Optional<BaseProtocol> protocol() {
    return protocol;
  }

  /** {@return the transport that caused it} */
  public Optional<BaseTransport> transport() {
    return transport;
  }

  /** {@return the address of the socket that it concerns} */
  public Optional<Object> address() {
    return address;
  }

  /** {@return where the handle, future or task was created; known only in debug mode} */
  public Optional<Throwable> createdAt() {
    return createdAt;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ErrorReport that && components().equals(that.components());
  }

  @Override
  public int hashCode() {
    return components().hashCode();
  }

  @Override
  public String toString() {
    return "ErrorReport%s".formatted(components());
  }

  private Map<String, Object> components() {
    Map<String, Object> components = new LinkedHashMap<>();
    components.put("message", message);
    components.put("exception", exception);
    components.put("handle", handle);
    components.put("future", future);
    components.put("protocol", protocol);
    components.put("transport", transport);
    components.put("address", address);
    components.put("createdAt", createdAt);
    return components;
  }
}
