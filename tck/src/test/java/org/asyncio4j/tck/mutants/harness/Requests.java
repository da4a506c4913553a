package org.asyncio4j.tck.mutants.harness;

import module java.base;

import org.asyncio4j.core.*;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.spi.hooks.*;

/** The requests of hooks. */
public final class Requests {

  private Requests() {}

  /** {@return the same request but for one component} */
  @SuppressWarnings("unchecked") // of the class of the request
  public static <R> R with(R request, String component, Object changed) {
    List<RecordComponent> components = List.of(request.getClass().getRecordComponents());
    Object[] values =
        components.stream()
            .map(it ->
                it.getName().equals(component)
                    ? changed
                    : Decorated.call(it.getAccessor(), request))
            .toArray();
    Class<?>[] types = components.stream().map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      return (R) request.getClass().getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException broken) {
      throw new LinkageError("mutant cannot change " + component + " of " + request, broken);
    }
  }

  public static SocketTransportRequest connection(
      SocketHandle socket, StreamProtocol protocol, Promise<Void> waiter) {
    return new SocketTransportRequest(
        socket, protocol, Optional.of(waiter), Optional.empty(), Context.copyCurrent());
  }

  public static ConnectSocketRequest connectTo(String host, int port) {
    return new ConnectSocketRequest(new InetSocketAddress(host, port), Optional.empty());
  }

  /** A listening socket that shares nothing. */
  public static BindSocketRequest bindTo(InetSocketAddress address, int backlog) {
    return new BindSocketRequest(address, backlog, false, false, false);
  }
}
