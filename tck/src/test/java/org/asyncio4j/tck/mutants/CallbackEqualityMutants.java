package org.asyncio4j.tck.mutants;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Promise;
import org.asyncio4j.spi.BaseEventLoop;
import org.asyncio4j.spi.BuiltinFuture;
import org.asyncio4j.spi.LoopContext;

/** Chapter 4: callbacks that are equal to others. */
final class CallbackEqualityMutants {

  private CallbackEqualityMutants() {}

  /** What happens to a callback that was added while others were compared, and one removed. */
  private interface Added {
    void happen(Runnable remove, Runnable add);
  }

  private static EventLoop withAdded(LoopContext context, Added what) {
    return FutureMutants.with(
        context,
        new FutureMutants.Maker() {
          @Override
          public <T> Promise<T> make(BaseEventLoop loop) {
            return new BuiltinFuture<T>(loop) {
              private final List<Consumer<? super Future<T>>> added = new ArrayList<>();

              @Override
              public void addDoneCallback(Consumer<? super Future<T>> callback, Context with) {
                added.add(callback);
                super.addDoneCallback(callback, with);
              }

              @Override
              public int removeDoneCallback(Consumer<? super Future<T>> callback) {
                added.clear();
                int removed = super.removeDoneCallback(callback);
                if (removed > 0) {
                  List.copyOf(added).forEach(each -> happen(each));
                }
                return removed;
              }

              private void happen(Consumer<? super Future<T>> callback) {
                what.happen(
                    () -> super.removeDoneCallback(callback),
                    () -> super.addDoneCallback(callback, Context.empty()));
              }
            };
          }
        });
  }

  @Mutant(rule = "4.30")
  static EventLoop schedulesAgainWhatEqualsHasCompleted(LoopContext context) {
    return FutureMutants.with(
        context,
        new FutureMutants.Maker() {
          @Override
          public <T> Promise<T> make(BaseEventLoop loop) {
            return new BuiltinFuture<T>(loop) {
              private final List<Consumer<? super Future<T>>> callbacks = new ArrayList<>();

              @Override
              public void addDoneCallback(Consumer<? super Future<T>> callback, Context with) {
                callbacks.add(callback);
                super.addDoneCallback(callback, with);
              }

              @Override
              public int removeDoneCallback(Consumer<? super Future<T>> callback) {
                boolean pending = !isDone();
                int removed = super.removeDoneCallback(callback);
                if (pending && isDone()) {
                  callbacks.forEach(kept -> super.addDoneCallback(kept, Context.empty()));
                }
                return removed;
              }
            };
          }
        });
  }

  @Mutant(rule = "4.30")
  static EventLoop losesCallbacksThatEqualsAdds(LoopContext context) {
    return FutureMutants.with(
        context,
        new FutureMutants.Maker() {
          @Override
          public <T> Promise<T> make(BaseEventLoop loop) {
            return new BuiltinFuture<T>(loop) {
              private boolean comparing;

              @Override
              public void addDoneCallback(Consumer<? super Future<T>> callback, Context with) {
                if (!comparing) {
                  super.addDoneCallback(callback, with);
                }
              }

              @Override
              public int removeDoneCallback(Consumer<? super Future<T>> callback) {
                comparing = true;
                try {
                  return super.removeDoneCallback(callback);
                } finally {
                  comparing = false;
                }
              }
            };
          }
        });
  }

  @Mutant(rule = "4.30")
  static EventLoop losesCallbacksThatAnEqualCallbackAdds(LoopContext context) {
    return withAdded(context, (remove, _) -> remove.run());
  }

  @Mutant(rule = "4.30")
  static EventLoop callsTwiceWhatAnEqualCallbackAdds(LoopContext context) {
    return withAdded(context, (_, add) -> add.run());
  }
}
