//! The threads that reports are read on.
//!
//! A rayon pool does not survive `fork`: the child has the pool's memory but none of its threads, so work handed to it is never
//! done. Python forks all the time (`multiprocessing`, data loaders), so a [`Pool`] belongs to the process that made it; another
//! process that finds it makes its own.

use std::cmp::Reverse;
use std::num::NonZeroUsize;
use std::panic::resume_unwind;
use std::process;
use std::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::Builder;

use rayon::{ThreadPool, ThreadPoolBuilder};

/// The variable that sets the number of threads where nothing else does.
pub const VARIABLE: &str = "KHABAR_NUM_THREADS";

#[derive(Debug, thiserror::Error)]
pub enum PoolError {
    #[error("{VARIABLE}={0:?}: a whole number above 0 is needed")]
    Variable(String),
    #[error("the threads could not be started: {0}")]
    Start(#[from] rayon::ThreadPoolBuildError),
}

/// A thread pool that is started at first use, and again in each process forked from this one.
pub struct Pool {
    /// 0: by the variable, else as many as the machine has cores.
    threads: AtomicUsize,
    slot: AtomicPtr<Slot>,
}

/// The pool of one process. The lock is per process too, so that a fork never inherits one that nobody will release.
struct Slot {
    process: u32,
    pool: Mutex<Option<Arc<ThreadPool>>>,
}

/// The pool that is used unless an extractor has its own.
pub static SHARED: Pool = Pool::new(None);

impl Pool {
    pub const fn new(threads: Option<NonZeroUsize>) -> Self {
        let threads = match threads {
            Some(n) => n.get(),
            None => 0,
        };
        Pool { threads: AtomicUsize::new(threads), slot: AtomicPtr::new(std::ptr::null_mut()) }
    }

    /// Changes the number of threads; work under way goes on on the old ones. `None`: by the variable or the machine.
    pub fn set_threads(&self, threads: Option<NonZeroUsize>) {
        self.threads.store(threads.map_or(0, NonZeroUsize::get), Ordering::Relaxed);
        *self.slot().pool.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// How many threads work is done on.
    pub fn threads(&self) -> Result<usize, PoolError> {
        match self.threads.load(Ordering::Relaxed) {
            0 => match std::env::var(VARIABLE) {
                Ok(set) if !set.trim().is_empty() => {
                    set.trim().parse().map(NonZeroUsize::get).map_err(|_| PoolError::Variable(set))
                }
                _ => Ok(std::thread::available_parallelism().map_or(1, NonZeroUsize::get)),
            },
            n => Ok(n),
        }
    }

    /// Runs `work` on the pool's threads.
    pub fn run<T: Send>(&self, work: impl FnOnce() -> T + Send) -> Result<T, PoolError> {
        Ok(self.started()?.install(work))
    }

    /// The threads of this process.
    pub(crate) fn started(&self) -> Result<Arc<ThreadPool>, PoolError> {
        let mut held = self.slot().pool.lock().unwrap_or_else(PoisonError::into_inner);
        match &*held {
            Some(pool) => Ok(pool.clone()),
            None => {
                let name = |i| format!("khabar-{i}");
                let pool = ThreadPoolBuilder::new().num_threads(self.threads()?).thread_name(name).build()?;
                Ok(held.insert(Arc::new(pool)).clone())
            }
        }
    }

    fn slot(&self) -> &Slot {
        let process = process::id();
        let mut seen = self.slot.load(Ordering::Acquire);
        loop {
            // SAFETY: a slot, once stored, is freed only by `drop`, which has the pool to itself.
            if let Some(slot) = unsafe { seen.as_ref() }.filter(|s| s.process == process) {
                return slot;
            }
            // The slot of the process that we were forked from stays where it is: its threads are not ours to end.
            let own = Box::into_raw(Box::new(Slot { process, pool: Mutex::new(None) }));
            match self.slot.compare_exchange(seen, own, Ordering::AcqRel, Ordering::Acquire) {
                // SAFETY: as above; we stored it just now.
                Ok(_) => return unsafe { &*own },
                Err(other) => {
                    // SAFETY: it was never shared.
                    drop(unsafe { Box::from_raw(own) });
                    seen = other;
                }
            }
        }
    }
}

/// Does two things at the same time, the first on a thread that ends with it: nothing is left for a fork to lose. One after
/// the other where reports are read on one thread, or no other can be had.
pub(crate) fn both<A: Send, B>(first: impl FnOnce() -> A + Send, second: impl FnOnce() -> B) -> (A, B) {
    let first = Mutex::new(Some(first));
    let begin = || first.lock().unwrap_or_else(PoisonError::into_inner).take().map(|work| work());
    std::thread::scope(|scope| {
        let helped = SHARED.threads().is_ok_and(|n| n > 1);
        let helper = helped.then(|| Builder::new().spawn_scoped(scope, begin).ok()).flatten();
        let second = second();
        let first = helper.and_then(|h| h.join().unwrap_or_else(|panic| resume_unwind(panic)));
        (first.or_else(begin).expect("only one of the two has begun"), second)
    })
}

/// Does the same with each item, two at a time, the heaviest first.
pub(crate) fn at_once<T: Sync, R: Send>(
    items: &[T],
    weight: impl Fn(&T) -> usize,
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    if items.len() < 2 {
        return items.iter().map(work).collect();
    }
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by_key(|i| Reverse(weight(&items[*i])));
    let taken = AtomicUsize::new(0);
    let some = || {
        let next = || order.get(taken.fetch_add(1, Ordering::Relaxed));
        std::iter::from_fn(next).map(|i| (*i, work(&items[*i]))).collect::<Vec<_>>()
    };
    let (mut done, others) = both(some, some);
    done.extend(others);
    done.sort_by_key(|(i, _)| *i);
    done.into_iter().map(|(_, result)| result).collect()
}

impl Drop for Pool {
    fn drop(&mut self) {
        let slot = *self.slot.get_mut();
        // SAFETY: we have the pool to ourselves, so nobody else looks at the slot.
        if unsafe { slot.as_ref() }.is_some_and(|s| s.process == process::id()) {
            // SAFETY: it came out of a box, in `slot`, and goes back into one only here.
            drop(unsafe { Box::from_raw(slot) });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_runs_on_as_many_threads_as_asked_for() {
        let pool = Pool::new(NonZeroUsize::new(3));
        assert_eq!(pool.run(rayon::current_num_threads).unwrap(), 3);
        pool.set_threads(NonZeroUsize::new(2));
        assert_eq!(pool.run(rayon::current_num_threads).unwrap(), 2);
    }
}
