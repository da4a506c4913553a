package org.asyncio4j.tck.mutants;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.spi.EventLoopProvider;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.tck.kit.RuleId;

/** The mutants of the network chapters. A new class of mutants is one line here. */
final class NetworkMutants {

  private static final List<Class<?>> CLASSES =
      List.of(
          ClientFaultMutants.class,
          HandlerEndMutants.class,
          ForeignTransportMutants.class,
          ForeignServerMutants.class,
          ForeignUseMutants.class,
          HookCallMutants.class,
          PollMutants.class,
          TransportMutants.class,
          ClientMutants.class,
          ClientLifeMutants.class,
          ServerMutants.class,
          ServerAcceptMutants.class,
          ServerLimitMutants.class,
          ServerPlaceMutants.class,
          ServerLifeMutants.class,
          ClientRaceMutants.class,
          ServerAddressMutants.class,
          ServerBacklogMutants.class,
          UnixHandoverMutants.class,
          UnixLimitMutants.class,
          UnixServerMutants.class,
          UnixClientMutants.class,
          UnixEndpointMutants.class,
          UnixDatagramMutants.class,
          UdpEndpointMutants.class,
          UdpTransferMutants.class,
          TlsHandshakeMutants.class,
          TlsStreamMutants.class,
          TlsClosingMutants.class,
          StartTlsMutants.class,
          StartTlsLossMutants.class,
          TlsLimitMutants.class,
          StartTlsEndMutants.class,
          TlsMistakeMutants.class,
          SocketStreamMutants.class,
          SocketWaitMutants.class,
          SocketUseMutants.class,
          SocketMemoryMutants.class,
          DatagramMemoryMutants.class,
          WatchMutants.class,
          DescriptorMutants.class,
          SendFileMutants.class);

  private NetworkMutants() {}

  static Stream<Mutants.Case> all() {
    return Stream.concat(
        CLASSES.stream()
            .flatMap(type -> Stream.of(type.getDeclaredClasses()))
            .filter(type -> type.isAnnotationPresent(Defect.class))
            .map(NetworkMutants::toCase),
        ConnectionMutants.all().stream().map(NetworkMutants::toCase));
  }

  private static Mutants.Case toCase(Class<?> type) {
    Defect defect = type.getAnnotation(Defect.class);
    return new Mutants.Case(
        RuleId.of(defect.breaks()), ids(Stream.of(defect.also())), type.getSimpleName(), of(type));
  }

  private static Mutants.Case toCase(ConnectionMutant mutant) {
    return new Mutants.Case(
        RuleId.of(mutant.rule()), ids(mutant.also().stream()), mutant.defect(), mutant.provider());
  }

  private static Set<RuleId> ids(Stream<String> rules) {
    return rules.map(RuleId::of).collect(Collectors.toSet());
  }

  private static EventLoopProvider of(Class<?> type) {
    if (type == TransportMutants.DoesMoreThanItDeclares.class) {
      return new MutantProvider(context -> open(type, context)) {
        @Override
        public Set<Capability> capabilities() {
          return Set.of();
        }
      };
    }
    if (type == UnixServerMutants.MakesFilesOfAbstractNames.class) {
      return new MutantProvider(context -> open(type, context)) {
        @Override
        public Set<Capability> capabilities() {
          return EnumSet.complementOf(EnumSet.of(Capability.UNIX_DATAGRAM));
        }
      };
    }
    if (UnixDatagramMutant.class.isAssignableFrom(type)) {
      return new UnixDatagramMutant.Provider(context -> open(type, context));
    }
    return new MutantProvider(context -> open(type, context));
  }

  private static EventLoop open(Class<?> type, LoopContext context) {
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(LoopContext.class);
      return (EventLoop) constructor.newInstance(context);
    } catch (InvocationTargetException failed) {
      throw new IllegalStateException(failed.getCause());
    } catch (ReflectiveOperationException broken) {
      throw new LinkageError("mutant " + type.getSimpleName() + " cannot be made", broken);
    }
  }
}
