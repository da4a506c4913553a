package org.asyncio4j.tck.faults;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A relay with one connection, and its two ends. */
final class Ends implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 10_000;

  private final ServerSocket listener;
  private final FaultProxy proxy;
  private final Socket caller = new Socket();
  private final Socket target;

  private Ends(ConnectionPlan plan, boolean reached) throws IOException {
    this.listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    listener.setReceiveBufferSize(FaultProxy.BUFFER_BYTES);
    listener.setSoTimeout(PATIENCE_MILLIS);
    this.proxy =
        FaultProxy.to((InetSocketAddress) listener.getLocalSocketAddress(), number -> plan);
    caller.setTcpNoDelay(true);
    caller.setSoTimeout(PATIENCE_MILLIS);
    caller.connect(proxy.address());
    this.target = reached ? listener.accept() : new Socket();
    if (reached) {
      target.setTcpNoDelay(true);
      target.setSoTimeout(PATIENCE_MILLIS);
    }
  }

  static Ends of(LinePlan toTarget) throws IOException {
    return new Ends(new ConnectionPlan.Relayed(toTarget, LinePlan.faithful()), true);
  }

  static Ends faithful() throws IOException {
    return of(LinePlan.faithful());
  }

  static Ends refused() throws IOException {
    return new Ends(new ConnectionPlan.Refused(), false);
  }

  Socket caller() {
    return caller;
  }

  Socket target() {
    return target;
  }

  FaultProxy proxy() {
    return proxy;
  }

  static void send(Socket from, String text) throws IOException {
    from.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  static String receive(Socket at, int length) throws IOException {
    return new String(at.getInputStream().readNBytes(length), StandardCharsets.US_ASCII);
  }

  static void reset(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** Reads up to the end, whatever it is, and says how many bytes there were and which end. */
  static String receiveAll(Socket at) throws IOException {
    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    byte[] buffer = new byte[1024];
    InputStream in = at.getInputStream();
    while (true) {
      int count;
      try {
        count = in.read(buffer);
      } catch (SocketException reset) {
        return heard.toString(StandardCharsets.US_ASCII) + ", reset";
      }
      if (count < 0) {
        return heard.toString(StandardCharsets.US_ASCII) + ", end";
      }
      heard.write(buffer, 0, count);
    }
  }

  @Override
  public void close() throws IOException {
    proxy.close();
    caller.close();
    target.close();
    listener.close();
  }
}
