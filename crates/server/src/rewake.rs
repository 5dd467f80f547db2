//! A task that wakes itself goes on at once.
//!
//! Parts of one connection wake each other all the time: a body that arrives wakes its reader, a request that is
//! sent upstream wakes what moves its bytes. All of them are in one task, and the scheduler takes a task that was
//! woken while it ran for one that steps back for others: it puts it at the end of its queue and wakes another
//! thread to help. That costs more than the request. So what is rung for meanwhile is polled again right here, a
//! bounded number of times.

use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

/// Nobody is polling: whoever rings wakes the task.
const RESTING: u8 = 0;
/// The task is being polled.
const POLLED: u8 = 1;
/// It was rung for meanwhile.
const RUNG: u8 = 2;

/// Polls in a row; after them it is somebody else's turn.
const MOST: usize = 16;

/// A future that is polled again at once when it has woken itself.
pub(crate) struct Rewake<F> {
    future: Pin<Box<F>>,
    bell: Arc<Bell>,
    waker: Waker,
}

struct Bell {
    state: AtomicU8,
    task: Mutex<Option<Waker>>,
}

impl<F: Future> Rewake<F> {
    pub(crate) fn new(future: F) -> Self {
        let bell = Arc::new(Bell {
            state: AtomicU8::new(RESTING),
            task: Mutex::new(None),
        });
        Self {
            future: Box::pin(future),
            waker: Waker::from(Arc::clone(&bell)),
            bell,
        }
    }
}

impl<F: Future> Future for Rewake<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let Self {
            future,
            bell,
            waker,
        } = &mut *self;
        bell.belongs_to(context.waker());
        for _ in 0..MOST {
            bell.state.store(POLLED, Ordering::Release);
            if let Poll::Ready(done) = future.as_mut().poll(&mut Context::from_waker(waker)) {
                return Poll::Ready(done);
            }
            if bell.state.swap(RESTING, Ordering::AcqRel) != RUNG {
                return Poll::Pending;
            }
            // Without a budget nothing is ready any more until others had their turn.
            if !tokio::task::coop::has_budget_remaining() {
                break;
            }
        }
        context.waker().wake_by_ref();
        Poll::Pending
    }
}

impl Bell {
    fn belongs_to(&self, waker: &Waker) {
        let mut task = self.task.lock().unwrap_or_else(PoisonError::into_inner);
        if !task.as_ref().is_some_and(|known| known.will_wake(waker)) {
            *task = Some(waker.clone());
        }
    }
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        let noted = self
            .state
            .fetch_update(Ordering::AcqRel, Ordering::Acquire, |state| {
                (state == POLLED).then_some(RUNG)
            });
        if noted == Err(RESTING) {
            let task = self.task.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(task) = &*task {
                task.wake_by_ref();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;
    use std::sync::atomic::AtomicUsize;
    use std::time::Duration;

    use super::*;

    /// Counts how often its task is woken.
    #[derive(Default)]
    struct Counter(AtomicUsize);

    impl Wake for Counter {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }

    #[test]
    fn who_wakes_itself_is_polled_again_without_the_scheduler() {
        let counter = Arc::new(Counter::default());
        let waker = Waker::from(Arc::clone(&counter));
        let context = &mut Context::from_waker(&waker);
        let mut left = 5;
        let mut future = Rewake::new(poll_fn(|context| {
            left -= 1;
            context.waker().wake_by_ref();
            if left == 0 {
                Poll::Ready(())
            } else {
                Poll::Pending
            }
        }));
        assert!(Pin::new(&mut future).poll(context).is_ready());
        assert_eq!(counter.0.load(Ordering::Relaxed), 0);
    }

    #[test]
    fn others_have_their_turn() {
        let counter = Arc::new(Counter::default());
        let waker = Waker::from(Arc::clone(&counter));
        let context = &mut Context::from_waker(&waker);
        let mut polls = 0;
        let mut future = Rewake::new(poll_fn(|context| {
            polls += 1;
            context.waker().wake_by_ref();
            Poll::<()>::Pending
        }));
        assert!(Pin::new(&mut future).poll(context).is_pending());
        drop(future);
        assert_eq!((polls, counter.0.load(Ordering::Relaxed)), (MOST, 1));
    }

    /// Wakes from other threads, at any moment, are never lost.
    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn no_wake_is_lost() {
        let (to, mut from) = tokio::sync::mpsc::channel(1);
        let sender = tokio::spawn(async move {
            for n in 0..20_000_u32 {
                to.send(n).await.unwrap();
            }
        });
        let received = tokio::spawn(Rewake::new(async move {
            let mut sum = 0_u64;
            while let Some(n) = from.recv().await {
                sum += u64::from(n);
            }
            sum
        }));
        let sum = tokio::time::timeout(Duration::from_secs(60), received).await;
        assert_eq!(sum.unwrap().unwrap(), 199_990_000);
        sender.await.unwrap();
    }
}
