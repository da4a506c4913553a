package org.asyncio4j.spi.transport;

import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.Transport;

/** A connection whose system and peer are controlled by {@link StreamOrders}. */
public interface Wire {

  /** Makes the transport of a new connection. */
  Transport open(StreamProtocol protocol);

  /** The peer sends bytes. Does nothing where the system could not report them now. */
  boolean arrive(byte[] data);

  /** The peer will send no more. */
  boolean end();

  /** Reading fails. */
  boolean resetRead();

  /** The system takes the offered bytes, up to this number. */
  boolean take(int bytes);

  /** Writing fails. */
  boolean refuse();

  /** All operations that are under way end, and whatever is written is taken. */
  void settle();

  /** {@return the bytes that the system has taken} */
  String taken();

  /** {@return how often the outgoing direction was ended} */
  int shutdowns();

  /** {@return how often the socket was closed} */
  int closes();

  /** Checks what belongs to this kind of backend only, after all has ended. */
  void verify();
}
