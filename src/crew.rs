//! Work that some threads begin while the one that handed it out does something else, until it comes to help.
//!
//! Python's strings are read and made by the one thread that holds the interpreter's lock, and that takes it about as
//! long as normalizing them. So it hands a batch to a [`Crew`], reads the next and writes down the one before, and does
//! its share of what is left when it comes for the result.

use std::any::Any;
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};

use rayon::ThreadPool;

use crate::pool::{Pool, PoolError};

/// As many threads as a pool has, one of which is the caller's.
pub struct Crew<T, R> {
    shared: Arc<Shared<T, R>>,
    helpers: usize,
    pool: Option<Arc<ThreadPool>>,
}

struct Shared<T, R> {
    work: Box<dyn Fn(&T) -> R + Send + Sync>,
    queue: Mutex<Queue<T, R>>,
}

struct Queue<T, R> {
    tasks: VecDeque<Arc<Task<T, R>>>,
    /// How many threads of the pool are at it.
    active: usize,
}

/// Items and what was made of them.
pub struct Task<T, R> {
    items: Vec<T>,
    results: Vec<OnceLock<R>>,
    /// How many items somebody has begun.
    taken: AtomicUsize,
    left: Mutex<Left>,
    done: Condvar,
}

struct Left {
    items: usize,
    panic: Option<Box<dyn Any + Send>>,
}

impl<T, R> Crew<T, R>
where
    T: Send + Sync + 'static,
    R: Send + Sync + 'static,
{
    pub fn new(pool: &Pool, work: impl Fn(&T) -> R + Send + Sync + 'static) -> Result<Self, PoolError> {
        let helpers = pool.threads()? - 1;
        let queue = Mutex::new(Queue { tasks: VecDeque::new(), active: 0 });
        let shared = Arc::new(Shared { work: Box::new(work), queue });
        let pool = if helpers > 0 { Some(pool.started()?) } else { None };
        Ok(Crew { shared, helpers, pool })
    }

    /// How many batches are worth having under way.
    pub fn depth(&self) -> usize {
        1 + self.helpers.min(2)
    }

    /// Hands out items; whoever has time begins with them.
    pub fn start(&self, items: Vec<T>) -> Arc<Task<T, R>> {
        let count = items.len();
        let task = Arc::new(Task {
            items,
            results: (0..count).map(|_| OnceLock::new()).collect(),
            taken: AtomicUsize::new(0),
            left: Mutex::new(Left { items: count, panic: None }),
            done: Condvar::new(),
        });
        // One item is not worth waking anybody.
        if let Some(pool) = self.pool.as_ref().filter(|_| count > 1) {
            let mut queue = lock(&self.shared.queue);
            queue.tasks.push_back(task.clone());
            while queue.active < self.helpers.min(count - 1) {
                queue.active += 1;
                let shared = self.shared.clone();
                pool.spawn(move || shared.help());
            }
        }
        task
    }

    /// Does what is left of a task; panics if any of it did.
    pub fn finish(&self, task: &Task<T, R>) {
        task.pull(&self.shared.work);
        let mut left = lock(&task.left);
        while left.items > 0 {
            left = task.done.wait(left).unwrap_or_else(PoisonError::into_inner);
        }
        if let Some(panic) = left.panic.take() {
            resume_unwind(panic);
        }
    }
}

impl<T, R> Shared<T, R> {
    /// Goes through the tasks until there is none.
    fn help(&self) {
        let mut queue = lock(&self.queue);
        while let Some(task) = queue.tasks.front().cloned() {
            drop(queue);
            task.pull(&self.work);
            queue = lock(&self.queue);
            if queue.tasks.front().is_some_and(|front| Arc::ptr_eq(front, &task)) {
                queue.tasks.pop_front();
            }
        }
        queue.active -= 1;
    }
}

impl<T, R> Task<T, R> {
    /// What was made of each item; once the task is finished all are there.
    pub fn results(&self) -> impl Iterator<Item = (&T, &R)> {
        self.items.iter().zip(&self.results).filter_map(|(item, result)| Some((item, result.get()?)))
    }

    fn pull(&self, work: &dyn Fn(&T) -> R) {
        let share = (self.items.len() / 64).max(1);
        loop {
            let start = self.taken.fetch_add(share, Ordering::Relaxed);
            if start >= self.items.len() {
                return;
            }
            let some = start..(start + share).min(self.items.len());
            let count = some.len();
            let failed = catch_unwind(AssertUnwindSafe(|| {
                for i in some {
                    self.results[i].get_or_init(|| work(&self.items[i]));
                }
            }));
            let mut left = lock(&self.left);
            left.items -= count;
            left.panic = left.panic.take().or(failed.err());
            if left.items == 0 {
                self.done.notify_all();
            }
        }
    }
}

/// Nothing is left half done under these locks.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroUsize;

    use super::*;

    #[test]
    fn each_item_is_done_once_and_in_its_place() {
        for threads in 1..4 {
            let crew = Crew::new(&Pool::new(NonZeroUsize::new(threads)), |n: &usize| n * n).unwrap();
            let tasks: Vec<_> = (0..5).map(|batch| crew.start((0..batch * 100).collect())).collect();
            for (batch, task) in tasks.iter().enumerate() {
                crew.finish(task);
                assert!(
                    task.results().eq((0..batch * 100)
                        .map(|n| (n, n * n))
                        .collect::<Vec<_>>()
                        .iter()
                        .map(|(a, b)| (a, b)))
                );
            }
        }
    }

    #[test]
    fn a_panic_reaches_whoever_waits() {
        for threads in 1..4 {
            let crew = Crew::new(&Pool::new(NonZeroUsize::new(threads)), |n: &usize| assert_ne!(*n, 70, "on purpose"))
                .unwrap();
            let (bad, good) = (crew.start((0..100).collect()), crew.start((0..50).collect()));
            assert!(catch_unwind(AssertUnwindSafe(|| crew.finish(&bad))).is_err());
            crew.finish(&good);
            assert_eq!(good.results().count(), 50);
        }
    }
}
