package org.asyncio4j.tck.rules.callbacks;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.ContextVar;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Handle;
import org.asyncio4j.tck.kit.Hint;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.Expect;
import org.asyncio4j.tck.probe.LoopFixture;

/** Chapter 2, part four: the contexts of callbacks. */
final class CallbackContextRules {

  private static final ContextVar<String> COLOUR = ContextVar.named("colour");

  private final LoopFixture fixture;
  private final AtomicReference<Optional<String>> seen = new AtomicReference<>(Optional.empty());

  CallbackContextRules(LoopFixture fixture) {
    this.fixture = fixture;
  }

  /** Runs a callback in a context that it changes. */
  @Rule("2.23")
  @Hint("Run the callback by `Context.run` of the given context, not of a copy.")
  void aCallbackRunsInTheGivenContext() {
    Context given = Context.empty();
    fixture.loop().callSoon(() -> COLOUR.set("red"), given);

    fixture.tick();

    Expect.equal("what the callback set in its context", Optional.of("red"), given.get(COLOUR));
    Expect.equal("what it set, outside its context", Optional.empty(), COLOUR.value());
  }

  /** Changes a variable before and after a callback is scheduled, and in the callback. */
  @Rule("2.24")
  @Hint("Copy the current context when the callback is scheduled.")
  void withoutAContextACallbackRunsInACopyOfTheCallers() {
    COLOUR.set("red");
    fixture.loop().callSoon(this::lookAndChange);
    COLOUR.set("green");

    fixture.tick();

    Expect.equal("what the callback sees", Optional.of("red"), seen.get());
    Expect.equal("what the scheduler sees afterwards", "green", COLOUR.get());
  }

  /** Reads the contexts of handles. */
  @Rule("2.25")
  @Hint("Return the context that the callback will run in.")
  void aHandleKnowsItsContext() {
    EventLoop loop = fixture.loop();
    Context given = Context.empty();
    COLOUR.set("red");

    Handle inGiven = loop.callSoon(() -> {}, given);
    Handle inCopy = loop.callSoon(() -> COLOUR.set("green"));
    fixture.tick();

    Expect.same("the context of a handle", given, inGiven.context());
    Expect.equal("what the callback set", Optional.of("green"), inCopy.context().get(COLOUR));
  }

  /** Checks rules 2.23 and 2.24 with timers. */
  @Rule("2.26")
  @Hint("See those rules.")
  void timersRunInContextsLikeCallbacks() {
    EventLoop loop = fixture.loop();
    Context given = Context.empty();
    Context givenAt = Context.empty();
    COLOUR.set("red");
    loop.callLater(Duration.ZERO, this::lookAndChange);
    loop.callLater(Duration.ZERO, () -> COLOUR.set("green"), given);
    loop.callAt(loop.time(), () -> COLOUR.set("blue"), givenAt);
    COLOUR.set("white");

    fixture.tick();

    Expect.equal("what a timer sees", Optional.of("red"), seen.get());
    Expect.equal("what a timer of callLater set", Optional.of("green"), given.get(COLOUR));
    Expect.equal("what a timer of callAt set", Optional.of("blue"), givenAt.get(COLOUR));
  }

  /**
   * Makes a callback fail in a context of its own, and reads the context in the exception handler.
   */
  @Rule("2.28")
  @Hint("Call the handler by `Context.run` of the handle's context.")
  void theExceptionHandlerRunsInTheContextOfTheCallback() {
    EventLoop loop = fixture.loop();
    Context given = Context.empty();
    loop.setExceptionHandler((_, _) -> seen.set(COLOUR.value()));
    loop.callSoon(
        () -> {
          COLOUR.set("red");
          throw new IllegalArgumentException("on purpose");
        },
        given);

    fixture.tick();

    Expect.equal("what the exception handler sees", Optional.of("red"), seen.get());
  }

  private void lookAndChange() {
    seen.set(COLOUR.value());
    COLOUR.set("changed");
  }
}
