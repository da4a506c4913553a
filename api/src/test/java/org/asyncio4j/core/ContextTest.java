package org.asyncio4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class ContextTest {

  private static final ContextVar<String> VARIABLE = ContextVar.named("variable");
  private static final ContextVar<String> WITH_DEFAULT = ContextVar.withDefault("other", "default");

  @Test
  void aVariableWithoutAValueHasItsDefaultOrNothing() {
    Context.empty()
        .run(() -> {
          assertThat(WITH_DEFAULT.get()).isEqualTo("default");
          assertThat(WITH_DEFAULT.value()).contains("default");
          assertThat(VARIABLE.value()).isEmpty();
          assertThatThrownBy(VARIABLE::get)
              .isInstanceOf(NoSuchElementException.class)
              .hasMessageContaining("variable");
          return null;
        });
  }

  @Test
  void valuesThatABodySetsStayInItsContext() {
    Context context = Context.empty();
    context.run(() -> VARIABLE.set("value"));
    assertThat(context.get(VARIABLE)).contains("value");
    assertThat(VARIABLE.value()).isEmpty();
    assertThat(context.run(VARIABLE::get)).isEqualTo("value");
    assertThat(context).hasToString("Context{variable=value}");
  }

  @Test
  void aCopyIsIndependent() {
    Context original = Context.empty();
    original.run(() -> VARIABLE.set("before"));
    Context copy = original.copy();
    copy.run(() -> VARIABLE.set("in the copy"));
    original.run(() -> WITH_DEFAULT.set("in the original"));

    assertThat(original.get(VARIABLE)).contains("before");
    assertThat(copy.get(VARIABLE)).contains("in the copy");
    assertThat(copy.get(WITH_DEFAULT)).isEmpty();
  }

  @Test
  void theCurrentContextIsCopied() {
    Context copy =
        Context.empty()
            .run(() -> {
              VARIABLE.set("value");
              return Context.copyCurrent();
            });
    assertThat(copy.get(VARIABLE)).contains("value");
  }

  @Test
  void contextsNestAndEndWhenTheBodyThrows() {
    Context outer = Context.empty();
    outer.run(() -> {
      VARIABLE.set("outer");
      Context inner = Context.empty();
      assertThatThrownBy(() ->
              inner.run(() -> {
                VARIABLE.set("inner");
                throw new IOException("on purpose");
              }))
          .isInstanceOf(IOException.class);
      assertThat(VARIABLE.get()).isEqualTo("outer");
      assertThat(inner.run(VARIABLE::get)).isEqualTo("inner");
      return null;
    });
  }

  @Test
  void aContextIsEnteredOnceAtATime() {
    Context context = Context.empty();
    context.run(() -> {
      assertThatThrownBy(() -> context.run(() -> null))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("context.copy()");
      return null;
    });
    assertThat(context.<String, RuntimeException>run(() -> "again")).isEqualTo("again");
  }

  @Test
  void eachThreadHasItsOwnContext() throws InterruptedException {
    Context.empty()
        .run(() -> {
          VARIABLE.set("here");
          Object[] there = new Object[1];
          Thread thread = Thread.ofPlatform().start(() -> there[0] = VARIABLE.value());
          thread.join();
          assertThat(there[0]).isEqualTo(java.util.Optional.empty());
          return null;
        });
  }

  @Test
  void aTokenRestoresThePreviousValueOnce() {
    Context.empty()
        .run(() -> {
          ContextVar.Token first = VARIABLE.set("first");
          ContextVar.Token second = VARIABLE.set("second");
          second.reset();
          assertThat(VARIABLE.get()).isEqualTo("first");
          first.reset();
          assertThat(VARIABLE.value()).isEmpty();
          assertThatThrownBy(first::reset)
              .isInstanceOf(IllegalStateException.class)
              .hasMessageContaining("used before");
          return null;
        });
  }

  @Test
  void aTokenIsRefusedInAnotherContext() {
    ContextVar.Token token = Context.empty().run(() -> VARIABLE.set("value"));
    assertThatThrownBy(() ->
            Context.empty()
                .run(() -> {
                  token.reset();
                  return null;
                }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("created in another context");
  }

  @Test
  void variablesOfTheSameNameAreDistinct() {
    ContextVar<String> twin = ContextVar.named("variable");
    Context.empty()
        .run(() -> {
          twin.set("of the twin");
          assertThat(VARIABLE.value()).isEmpty();
          return null;
        });
  }
}
