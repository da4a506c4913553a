/**
 * The conformance kit: the rules of SPEC.md as tests that run on any event loop.
 *
 * <p>Authors of loops extend {@link org.asyncio4j.tck.EventLoopTck}, or call {@link
 * org.asyncio4j.tck.Main} from a build.
 *
 * @uses org.asyncio4j.spi.EventLoopProvider to find the loops
 */
// AutoService has no module descriptor; only the compiler needs it.
@SuppressWarnings("requires-automatic")
module org.asyncio4j.tck {
  requires transitive org.asyncio4j.spi;
  requires static transitive org.junit.jupiter.api;
  requires static transitive org.jspecify;
  requires static com.google.auto.service;
  requires com.google.gson;
  requires info.picocli;
  requires java.management;
  requires java.xml;
  requires jdk.management;

  exports org.asyncio4j.tck;
  exports org.asyncio4j.tck.faults;
  exports org.asyncio4j.tck.kit;
  exports org.asyncio4j.tck.probe;

  opens org.asyncio4j.tck.cli to
      info.picocli;
  opens org.asyncio4j.tck.report to
      com.google.gson;

  uses org.asyncio4j.spi.EventLoopProvider;

  provides java.net.spi.InetAddressResolverProvider with
      org.asyncio4j.tck.probe.KitNames;
}
