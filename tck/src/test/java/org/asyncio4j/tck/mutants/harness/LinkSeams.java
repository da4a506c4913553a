package org.asyncio4j.tck.mutants.harness;

import module java.base;

import org.asyncio4j.net.*;
import org.asyncio4j.net.socket.TransportSocket;

/**
 * The methods of a transport and of its protocol, between which it stands.
 *
 * @param <T> the transport
 * @param <P> the protocol
 */
public abstract class LinkSeams<T, P extends BaseProtocol> extends Decorated<T> {

  public final Seam<Void, Void> close = seam("close");
  public final Seam<Void, Boolean> isClosing = seam("isClosing");
  public final Seam<Void, Void> abort = seam("abort");
  public final Seam<BaseProtocol, Void> setProtocol = seam("setProtocol");
  public final Seam<ExtraInfo<?>, Optional<?>> extraInfo = seam("extraInfo");
  public final Seam<Void, Boolean> isReading = seam("isReading");
  public final Seam<Void, Void> pauseReading = seam("pauseReading");
  public final Seam<Void, Void> resumeReading = seam("resumeReading");
  public final Seam<Void, Long> writeBufferSize = seam("writeBufferSize");
  public final Seam<Void, WriteBufferLimits> writeBufferLimits = seam("writeBufferLimits");
  public final Seam<WriteBufferLimits, Void> setWriteBufferLimits = seam("setWriteBufferLimits");

  /** Notifies the protocol, which receives the decorated transport. */
  public final Seam<T, Void> connectionMade = seam("connectionMade");

  public final Seam<Void, Void> pauseWriting = seam("pauseWriting");
  public final Seam<Void, Void> resumeWriting = seam("resumeWriting");
  public final Seam<Throwable, Void> connectionLost = seam("connectionLost");

  private final Class<T> type;
  private final Turn turn;
  private P user;
  private T transport;

  LinkSeams(MutantLoop loop, Class<T> type, P user) {
    this.type = type;
    this.turn = loop.turn().anew();
    this.user = user;
    of(loop, null);
  }

  /** {@return a decorated protocol} */
  abstract P decorated(P protocol);

  /** {@return the protocol if it is one that the transport can call, or null} */
  abstract P known(BaseProtocol protocol);

  final T opened(T real) {
    of(loop(), real);
    transport = decorate(type, real);
    return transport;
  }

  /** {@return the turn of the mutant, counted for this transport alone} */
  public final Turn turn() {
    return turn;
  }

  /** {@return the protocol that is called} */
  public final P user() {
    return user;
  }

  /** {@return the decorated transport} */
  public final T transport() {
    return transport;
  }

  /** {@return a flag that is set while the protocol is paused} */
  public final Flag paused() {
    Flag paused = pauseWriting.called();
    resumeWriting.before(_ -> paused.clear());
    return paused;
  }

  /** {@return a flag that is set while the program has paused reading} */
  public final Flag pausedReading() {
    Flag paused = pauseReading.called();
    resumeReading.before(_ -> paused.clear());
    return paused;
  }

  /** Hides some extra information. */
  public final void forget(Predicate<? super ExtraInfo<?>> forgotten) {
    extraInfo.aroundIf(forgotten, (_, _) -> Optional.empty());
  }

  /** Decorates the socket that the transport shows. */
  public final void shownSocket(Consumer<TransportSocketSeams> script) {
    extraInfo.aroundIf(
        key -> key == ExtraInfo.SOCKET,
        (correct, key) ->
            correct.call(key).map(it -> loop().decorated((TransportSocket) it, script)));
  }

  @Override
  final Object callCorrectly(Object of, Method method, Object... given) {
    return switch (method.getName()) {
      case "protocol" -> user;
      case "connectionMade" -> call(method, of, transport);
      case "setProtocol" -> exchange(of, method, (BaseProtocol) given[0]);
      default -> call(method, of, given);
    };
  }

  private Object exchange(Object of, Method method, BaseProtocol changed) {
    P next = known(changed);
    Object nothing = call(method, of, next == null ? changed : decorated(next));
    user = next == null ? user : next;
    return nothing;
  }
}
