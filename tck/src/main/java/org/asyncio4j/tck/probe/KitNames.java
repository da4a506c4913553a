package org.asyncio4j.tck.probe;

import com.google.auto.service.AutoService;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolver.LookupPolicy;
import java.net.spi.InetAddressResolverProvider;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Names that the kit defines, so that rules need no network: a resolver for this virtual machine,
 * which knows them and passes all other names to the built-in resolver. An application may have its
 * own resolver; rules that need the names do not apply then.
 */
@AutoService(InetAddressResolverProvider.class)
@SuppressWarnings("exports") // the annotation does not exist at run time
public final class KitNames extends InetAddressResolverProvider {

  /** A host with two addresses: the loopback of IPv6, then that of IPv4. */
  public static final String SEVERAL = "several.asyncio4j-tck.invalid";

  /** A host that does not exist. */
  public static final String UNKNOWN = "unknown.asyncio4j-tck.invalid";

  /** Called by the JDK. */
  public KitNames() {}

  /** {@return why the names cannot be used here, if they cannot} */
  public static Optional<String> obstacle() {
    try {
      return InetAddress.getAllByName(SEVERAL).length == 2
          ? Optional.empty()
          : Optional.of("the names of the kit resolve to other addresses");
    } catch (UnknownHostException unknown) {
      return Optional.of("the resolver of the kit is not in use");
    }
  }

  @Override
  public InetAddressResolver get(Configuration configuration) {
    InetAddressResolver builtin = configuration.builtinResolver();
    return new InetAddressResolver() {
      @Override
      public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
          throws UnknownHostException {
        return switch (host) {
          case SEVERAL -> Stream.of(Loopback.ipv6(), Inet4Address.ofLiteral(Network.HOST));
          case UNKNOWN -> throw new UnknownHostException(host);
          default -> builtin.lookupByName(host, policy);
        };
      }

      @Override
      public String lookupByAddress(byte[] address) throws UnknownHostException {
        return builtin.lookupByAddress(address);
      }
    };
  }

  @Override
  public String name() {
    return "asyncio4j-tck";
  }
}
