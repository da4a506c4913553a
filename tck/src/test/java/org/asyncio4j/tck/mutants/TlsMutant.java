package org.asyncio4j.tck.mutants;

import java.io.IOException;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.TlsOptions;
import org.asyncio4j.net.TlsRole;
import org.asyncio4j.net.Transport;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.TlsTransportRequest;

/** The correct loop, for others to change what it is asked for when it makes a TLS transport. */
abstract class TlsMutant extends NetworkMutant {

  TlsMutant(LoopContext context) {
    super(context);
  }

  abstract TlsTransportRequest change(TlsTransportRequest request);

  @Override
  protected Transport makeTlsTransport(TlsTransportRequest request) throws IOException {
    return super.makeTlsTransport(change(request));
  }

  static TlsTransportRequest withProtocol(TlsTransportRequest request, StreamProtocol changed) {
    return new TlsTransportRequest(
        request.carrier(),
        changed,
        request.options(),
        request.role(),
        request.waiter(),
        request.owner(),
        request.context());
  }

  /** A loop that speaks TLS otherwise than it was told. */
  abstract static class WithOptions extends TlsMutant {

    WithOptions(LoopContext context) {
      super(context);
    }

    abstract TlsOptions changed(TlsOptions asked, TlsRole role);

    @Override
    TlsTransportRequest change(TlsTransportRequest request) {
      return new TlsTransportRequest(
          request.carrier(),
          request.protocol(),
          changed(request.options(), request.role()),
          request.role(),
          request.waiter(),
          request.owner(),
          request.context());
    }
  }

  /** A loop whose TLS connections have a defect. */
  abstract static class Tampered extends NetworkMutant {

    Tampered(LoopContext context) {
      super(context);
    }

    abstract Tampering tampering();

    @Override
    protected Transport makeTlsTransport(TlsTransportRequest request) throws IOException {
      return tampering().openTls(this, request, super::makeTlsTransport);
    }
  }
}
