package org.asyncio4j.spi.internal.net;

import java.io.IOException;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Handle;
import org.asyncio4j.net.DatagramTransport;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.socket.AsyncDatagramSocket;
import org.asyncio4j.net.socket.AsyncServerSocket;
import org.asyncio4j.net.socket.AsyncSocket;
import org.asyncio4j.spi.hooks.BindSocketRequest;
import org.asyncio4j.spi.hooks.ConnectDatagramRequest;
import org.asyncio4j.spi.hooks.ConnectSocketRequest;
import org.asyncio4j.spi.hooks.DatagramTransportRequest;
import org.asyncio4j.spi.hooks.DetachSocketRequest;
import org.asyncio4j.spi.hooks.OpenDatagramRequest;
import org.asyncio4j.spi.hooks.SendFileRequest;
import org.asyncio4j.spi.hooks.ServingRequest;
import org.asyncio4j.spi.hooks.SocketHandle;
import org.asyncio4j.spi.hooks.SocketRequest;
import org.asyncio4j.spi.hooks.SocketTransportRequest;
import org.asyncio4j.spi.hooks.TlsTransportRequest;
import org.asyncio4j.spi.hooks.UnwatchRequest;
import org.asyncio4j.spi.hooks.WatchRequest;

/** The hooks of a loop for the network, which an observer is notified of. */
public interface NetworkHooks {

  Transport makeSocketTransport(SocketTransportRequest request) throws IOException;

  Transport makeTlsTransport(TlsTransportRequest request) throws IOException;

  Future<SocketHandle> connectSocket(ConnectSocketRequest request) throws IOException;

  SocketHandle bindSocket(BindSocketRequest request) throws IOException;

  void startServing(ServingRequest request) throws IOException;

  void stopServing(SocketHandle listener);

  void pauseServing(SocketHandle listener);

  void resumeServing(SocketHandle listener);

  SocketHandle openDatagram(OpenDatagramRequest request) throws IOException;

  void connectDatagram(ConnectDatagramRequest request) throws IOException;

  DatagramTransport makeDatagramTransport(DatagramTransportRequest request) throws IOException;

  AsyncSocket makeSocket(SocketRequest request) throws IOException;

  AsyncServerSocket makeServerSocket(SocketRequest request) throws IOException;

  AsyncDatagramSocket makeDatagramSocket(SocketRequest request) throws IOException;

  SocketHandle detachSocket(DetachSocketRequest request) throws IOException;

  long sendFile(SendFileRequest request) throws IOException;

  Handle watch(WatchRequest request) throws IOException;

  boolean unwatch(UnwatchRequest request);
}
