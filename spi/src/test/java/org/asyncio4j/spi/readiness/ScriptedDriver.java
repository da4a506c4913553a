package org.asyncio4j.spi.readiness;

import java.io.IOException;
import java.net.ProtocolFamily;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.asyncio4j.spi.driver.Interest;
import org.asyncio4j.spi.driver.Pollable;
import org.asyncio4j.spi.driver.Poller;
import org.asyncio4j.spi.driver.ReadinessListener;
import org.asyncio4j.spi.driver.Registration;
import org.asyncio4j.spi.driver.Sockets;

/**
 * A driver without a system: its sockets return what the test sets. A poll reports a socket as long
 * as it is ready, as a level-triggered system does.
 */
final class ScriptedDriver implements Poller, Sockets {

  final List<ScriptedStream> streams = new ArrayList<>();
  final List<ScriptedListener> listeners = new ArrayList<>();
  final List<ScriptedDatagrams> udpSockets = new ArrayList<>();
  final List<Long> waits = new ArrayList<>();
  final Deque<IOException> openFailures = new ArrayDeque<>();
  final Deque<IOException> registerFailures = new ArrayDeque<>();
  Consumer<ScriptedStream> onOpen = socket -> {};
  Consumer<ScriptedListener> onOpenListener = socket -> {};
  Consumer<ScriptedDatagrams> onOpenUdp = socket -> {};
  int closed;
  int wakeUps;
  int interestCalls;
  int changesAfterCancel;
  long openSocketsWhenClosed;

  private final List<ScriptedRegistration> registrations = new ArrayList<>();

  /** A connected socket. */
  ScriptedStream connected() {
    ScriptedStream stream = new ScriptedStream();
    streams.add(stream);
    return stream;
  }

  @Override
  public ScriptedStream openStream(ProtocolFamily family) throws IOException {
    throwNext(openFailures);
    ScriptedStream stream = connected();
    stream.calls.add("open " + family);
    onOpen.accept(stream);
    return stream;
  }

  @Override
  public ScriptedListener openListener(ProtocolFamily family) throws IOException {
    throwNext(openFailures);
    ScriptedListener listener = new ScriptedListener();
    listener.calls.add("open " + family);
    listeners.add(listener);
    onOpenListener.accept(listener);
    return listener;
  }

  /** A bound UDP socket. */
  ScriptedDatagrams udp() {
    ScriptedDatagrams socket = new ScriptedDatagrams();
    udpSockets.add(socket);
    return socket;
  }

  @Override
  public ScriptedDatagrams openDatagram(ProtocolFamily family) throws IOException {
    throwNext(openFailures);
    ScriptedDatagrams socket = udp();
    socket.calls.add("open " + family);
    onOpenUdp.accept(socket);
    return socket;
  }

  @Override
  public Registration register(Pollable socket, int interest, ReadinessListener listener)
      throws IOException {
    throwNext(registerFailures);
    if (registrations.stream().anyMatch(other -> other.socket == socket)) {
      throw new AssertionError("socket must be registered once but " + socket + " is already");
    }
    ScriptedRegistration registration =
        new ScriptedRegistration((ScriptedSocket) socket, interest, listener);
    registrations.add(registration);
    return registration;
  }

  @Override
  public void poll(long waitNanos) {
    waits.add(waitNanos);
    for (ScriptedRegistration registration : List.copyOf(registrations)) {
      registration.tell();
    }
  }

  @Override
  public void wakeUp() {
    wakeUps++; // and no poll waits
  }

  @Override
  public void close() {
    closed++;
    openSocketsWhenClosed = streams.stream().filter(ScriptedStream::isOpen).count();
  }

  private static void throwNext(Deque<IOException> failures) throws IOException {
    IOException failure = failures.poll();
    if (failure != null) {
      throw failure;
    }
  }

  private final class ScriptedRegistration implements Registration {

    private final ScriptedSocket socket;
    private final ReadinessListener listener;
    private int interest;

    ScriptedRegistration(ScriptedSocket socket, int interest, ReadinessListener listener) {
      this.socket = socket;
      this.listener = listener;
      this.interest = interest;
      socket.watched(interest);
    }

    @Override
    public int interest() {
      return interest;
    }

    @Override
    public void setInterest(int changed) {
      interestCalls++;
      if (!registrations.contains(this)) {
        changesAfterCancel++;
      } else if (changed != interest) {
        interest = changed;
        socket.watched(changed);
      }
    }

    @Override
    public void cancel() {
      if (registrations.remove(this)) {
        if (!socket.isOpen()) {
          throw new AssertionError("watch must end before the socket is closed");
        }
        socket.watched(Interest.NONE);
      }
    }

    void tell() {
      int ready = interest & socket.readiness();
      if (ready != 0) {
        listener.ready(ready);
      }
    }
  }
}
