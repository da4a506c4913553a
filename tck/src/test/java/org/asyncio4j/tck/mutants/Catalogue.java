package org.asyncio4j.tck.mutants;

import java.util.stream.Stream;
import org.asyncio4j.tck.mutants.callbacks.CallbackMutants;
import org.asyncio4j.tck.mutants.clients.ClientMutants;
import org.asyncio4j.tck.mutants.datagrams.UdpMutants;
import org.asyncio4j.tck.mutants.eager.EagerMutants;
import org.asyncio4j.tck.mutants.futures.FutureMutants;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.hooks.HookMutants;
import org.asyncio4j.tck.mutants.limits.LimitMutants;
import org.asyncio4j.tck.mutants.running.RunningMutants;
import org.asyncio4j.tck.mutants.servers.*;
import org.asyncio4j.tck.mutants.sockets.*;
import org.asyncio4j.tck.mutants.streams.StreamMutants;
import org.asyncio4j.tck.mutants.sync.SyncMutants;
import org.asyncio4j.tck.mutants.tasks.*;
import org.asyncio4j.tck.mutants.threads.*;
import org.asyncio4j.tck.mutants.tls.*;
import org.asyncio4j.tck.mutants.transports.*;
import org.asyncio4j.tck.mutants.unix.*;
import org.asyncio4j.tck.mutants.waiting.WaitingMutants;

/** All defects, in the order of their chapters. A new class of them is one line here. */
final class Catalogue {

  private Catalogue() {}

  static Stream<Defects> all() {
    return Stream.of(
        new RunningMutants(),
        new CallbackMutants(),
        new ThreadMutants(),
        new ForeignThreadMutants(),
        new FutureMutants(),
        new TaskLifetimeMutants(),
        new CancellationMutants(),
        new BlockingMutants(),
        new HookMutants(),
        new ClientMutants(),
        new ServerListenMutants(),
        new ServerLifeMutants(),
        new PacingMutants(),
        new MemoryMutants(),
        new ConnectionEndMutants(),
        new WaitingMutants(),
        new LimitMutants(),
        new SyncMutants(),
        new EagerMutants(),
        new StreamMutants(),
        new TlsMutants(),
        new StartTlsMutants(),
        new UdpMutants(),
        new UnixStreamMutants(),
        new UnixDatagramMutants(),
        new SocketMutants(),
        new WatchMutants(),
        new SendFileMutants());
  }
}
