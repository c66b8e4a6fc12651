//! Where the package takes its memory from. Rows are strings by the thousand, made and dropped on every thread. It is the package's
//! own: Python and its other packages keep theirs. The test that counts bytes brings its own.

#[cfg(not(feature = "steps"))]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Keeps what was given back for half a second before the system has it again, unless the environment says otherwise
/// (`MIMALLOC_PURGE_DELAY`): what one part of the reports gave back is taken by the next, and a page fetched anew takes as long as a
/// hundred words are read in.
pub fn keep() {
    #[cfg(not(feature = "steps"))]
    {
        use std::ffi::{c_int, c_long};

        /// `mi_option_purge_delay` of mimalloc 2, in milliseconds.
        const PURGE_DELAY: c_int = 15;

        unsafe extern "C" {
            fn mi_option_set_default(option: c_int, value: c_long);
        }
        // SAFETY: a function of mimalloc, which is linked in; it takes two numbers, and knows that option.
        unsafe { mi_option_set_default(PURGE_DELAY, 500) }
    }
}
