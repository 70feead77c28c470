//! The same work on two sides, in turns.

use crate::Outcome;
use crate::sample::{Sample, timed};

/// What is measured in one row: here by us, there by the floor.
#[derive(Default)]
pub struct Pair {
    pub ours: Sample,
    pub floor: Sample,
}

impl Pair {
    /// Each side gets the number of the pair. Which goes first is left to chance.
    pub async fn measure(
        &mut self,
        pairs: usize,
        mut ours: impl AsyncFnMut(usize) -> Outcome,
        mut floor: impl AsyncFnMut(usize) -> Outcome,
    ) -> Outcome {
        for number in 0..pairs {
            let ours_first = rand::random();
            if ours_first {
                self.ours.add_time(timed(ours(number)).await?);
            }
            self.floor.add_time(timed(floor(number)).await?);
            if !ours_first {
                self.ours.add_time(timed(ours(number)).await?);
            }
        }
        Ok(())
    }
}
