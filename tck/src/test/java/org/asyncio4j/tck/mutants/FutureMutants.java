package org.asyncio4j.tck.mutants;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.core.Future;
import org.asyncio4j.core.Promise;
import org.asyncio4j.spi.BaseEventLoop;
import org.asyncio4j.spi.BuiltinFuture;
import org.asyncio4j.spi.LoopContext;

/** Chapter 4: futures. */
final class FutureMutants {

  private FutureMutants() {}

  /** Makes the futures of a mutant. */
  interface Maker {
    <T> Promise<T> make(BaseEventLoop loop);
  }

  static EventLoop with(LoopContext context, Maker maker) {
    return new CorrectLoop(context) {
      @Override
      public <T> Promise<T> createFuture() {
        return maker.make(this);
      }
    };
  }

  @Mutant(rule = "4.1")
  static EventLoop callsCallbacksAtOnce(LoopContext context) {
    return with(
        context,
        new Maker() {
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
              public void setResult(T value) {
                List<Consumer<? super Future<T>>> now =
                    CorrectLoop.onLoop() ? List.copyOf(callbacks) : List.of();
                now.forEach(this::removeDoneCallback);
                super.setResult(value);
                now.forEach(callback -> callback.accept(this));
              }
            };
          }
        });
  }

  @Mutant(rule = "4.2", also = "4.11")
  static EventLoop callsCallbacksOfDoneFuturesAtOnce(LoopContext context) {
    return with(
        context,
        new Maker() {
          @Override
          public <T> Promise<T> make(BaseEventLoop loop) {
            return new BuiltinFuture<T>(loop) {
              @Override
              public void addDoneCallback(Consumer<? super Future<T>> callback, Context with) {
                if (isDone()) {
                  callback.accept(this);
                } else {
                  super.addDoneCallback(callback, with);
                }
              }
            };
          }
        });
  }

  @Mutant(rule = "4.3")
  static EventLoop forgetsTheContextsOfCallbacks(LoopContext context) {
    return with(
        context,
        new Maker() {
          @Override
          public <T> Promise<T> make(BaseEventLoop loop) {
            return new BuiltinFuture<T>(loop) {
              @Override
              public void addDoneCallback(Consumer<? super Future<T>> callback, Context with) {
                super.addDoneCallback(callback, Context.empty());
              }
            };
          }
        });
  }

  @Mutant(rule = "4.4")
  static EventLoop ignoresASecondResult(LoopContext context) {
    return with(
        context,
        new Maker() {
          @Override
          public <T> Promise<T> make(BaseEventLoop loop) {
            return new BuiltinFuture<T>(loop) {
              @Override
              public void setResult(T value) {
                if (!isDone()) {
                  super.setResult(value);
                }
              }
            };
          }
        });
  }

  @Mutant(rule = "4.31")
  static EventLoop claimsToCompleteADoneFuture(LoopContext context) {
    return with(
        context,
        new Maker() {
          @Override
          public <T> Promise<T> make(BaseEventLoop loop) {
            return new BuiltinFuture<T>(loop) {
              @Override
              public boolean trySetResult(T value) {
                super.trySetResult(value);
                return true;
              }
            };
          }
        });
  }

  @Mutant(rule = "4.5")
  static EventLoop hasNullWhileItIsPending(LoopContext context) {
    return with(
        context,
        new Maker() {
          @Override
          public <T> Promise<T> make(BaseEventLoop loop) {
            return new BuiltinFuture<T>(loop) {
              @Override
              public T result() {
                return isDone() ? super.result() : null;
              }
            };
          }
        });
  }

  @Mutant(rule = "4.6", also = "4.13")
  static EventLoop losesTheMessageOfACancellation(LoopContext context) {
    return with(
        context,
        new Maker() {
          @Override
          public <T> Promise<T> make(BaseEventLoop loop) {
            return new BuiltinFuture<T>(loop) {
              @Override
              public boolean cancel(String message) {
                return super.cancel(null);
              }
            };
          }
        });
  }

  @Mutant(
      rule = "4.7",
      also = {"4.15", "4.21"})
  static EventLoop wrapsItsException(LoopContext context) {
    return with(
        context,
        new Maker() {
          @Override
          public <T> Promise<T> make(BaseEventLoop loop) {
            return new BuiltinFuture<T>(loop) {
              @Override
              public T result() {
                if (isDone() && !isCancelled() && exception().isPresent()) {
                  throw new IllegalArgumentException(exception().orElseThrow());
                }
                return super.result();
              }
            };
          }
        });
  }

  @Mutant(rule = "4.8")
  static EventLoop takesEveryExceptionForRetrieved(LoopContext context) {
    return with(
        context,
        new Maker() {
          @Override
          public <T> Promise<T> make(BaseEventLoop loop) {
            return new BuiltinFuture<T>(loop) {
              @Override
              public void setException(Throwable exception) {
                super.setException(exception);
                Optional<Throwable> ignored = exception();
              }
            };
          }
        });
  }

  @Mutant(rule = "4.9")
  static EventLoop reportsRetrievedExceptionsToo(LoopContext context) {
    return with(
        context,
        new Maker() {
          @Override
          public <T> Promise<T> make(BaseEventLoop loop) {
            return new BuiltinFuture<T>(loop) {
              private Throwable failure;

              @Override
              public void setException(Throwable exception) {
                super.setException(exception);
                failure = exception;
              }

              @Override
              public Optional<Throwable> exception() {
                return failure == null ? super.exception() : Optional.of(failure);
              }
            };
          }
        });
  }

  @Mutant(rule = "4.10")
  static EventLoop countsOneRemovalAtMost(LoopContext context) {
    return with(
        context,
        new Maker() {
          @Override
          public <T> Promise<T> make(BaseEventLoop loop) {
            return new BuiltinFuture<T>(loop) {
              @Override
              public int removeDoneCallback(Consumer<? super Future<T>> callback) {
                return Math.min(1, super.removeDoneCallback(callback));
              }
            };
          }
        });
  }

  @Mutant(rule = "4.11", also = "4.2")
  static EventLoop losesCallbacksThatAreAddedInACallback(LoopContext context) {
    return with(
        context,
        new Maker() {
          @Override
          public <T> Promise<T> make(BaseEventLoop loop) {
            return new BuiltinFuture<T>(loop) {
              @Override
              public void addDoneCallback(Consumer<? super Future<T>> callback, Context with) {
                if (!isDone() || !CorrectLoop.onLoop()) {
                  super.addDoneCallback(callback, with);
                }
              }
            };
          }
        });
  }

  @Mutant(
      rule = "4.12",
      also = {"4.10", "4.30"})
  static EventLoop swallowsWhatCallbacksThrow(LoopContext context) {
    return with(
        context,
        new Maker() {
          @Override
          public <T> Promise<T> make(BaseEventLoop loop) {
            return new BuiltinFuture<T>(loop) {
              @Override
              public void addDoneCallback(Consumer<? super Future<T>> callback, Context with) {
                super.addDoneCallback(
                    done -> {
                      try {
                        callback.accept(done);
                      } catch (RuntimeException swallowed) {
                        // That is the defect.
                      }
                    },
                    with);
              }
            };
          }
        });
  }

  @Mutant(rule = "4.13")
  static EventLoop claimsToCancelWhatIsDone(LoopContext context) {
    return with(
        context,
        new Maker() {
          @Override
          public <T> Promise<T> make(BaseEventLoop loop) {
            return new BuiltinFuture<T>(loop) {
              @Override
              public boolean cancel(String message) {
                return super.cancel(message) || isDone();
              }
            };
          }
        });
  }

  @Mutant(rule = "4.19")
  static EventLoop takesNullForNothing(LoopContext context) {
    return with(
        context,
        new Maker() {
          @Override
          public <T> Promise<T> make(BaseEventLoop loop) {
            return new BuiltinFuture<T>(loop) {
              @Override
              public void setResult(T value) {
                if (value != null) {
                  super.setResult(value);
                }
              }
            };
          }
        });
  }

  @Mutant(
      rule = "4.20",
      also = {"4.7", "4.15", "4.21"})
  static EventLoop forgetsItsLoop(LoopContext context) {
    return with(
        context,
        new Maker() {
          @Override
          @SuppressWarnings("unchecked")
          public <T> Promise<T> make(BaseEventLoop loop) {
            return Altered.of(Promise.class, new BuiltinFuture<T>(loop), "loop", _ -> null);
          }
        });
  }
}
