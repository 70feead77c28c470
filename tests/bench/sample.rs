//! Measured values, in order.

use std::fmt;
use std::time::{Duration, Instant};

/// Milliseconds, or whatever else was measured.
#[derive(Debug, Default)]
pub struct Sample(Vec<f64>);

impl Sample {
    pub fn add(&mut self, value: f64) {
        let place = self.0.partition_point(|known| *known < value);
        self.0.insert(place, value);
    }

    pub fn add_time(&mut self, time: Duration) {
        self.add(time.as_secs_f64() * 1000.0);
    }

    pub fn median(&self) -> f64 {
        self.quantile(2)
    }

    /// Quarters of the way through the values, between two of them where it falls there.
    fn quantile(&self, quarters: usize) -> f64 {
        let steps = self.0.len().saturating_sub(1) * quarters;
        let (below, part) = (steps / 4, [0.0, 0.25, 0.5, 0.75][steps % 4]);
        let Some(low) = self.0.get(below) else { return f64::NAN };
        let high = self.0.get(below + 1).unwrap_or(low);
        low + (high - low) * part
    }
}

/// The median and the quartiles.
impl fmt::Display for Sample {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = match self.median() {
            small if small < 10.0 => 2,
            middling if middling < 100.0 => 1,
            _ => 0,
        };
        let [low, middle, high] = [1, 2, 3].map(|quarters| self.quantile(quarters));
        write!(f, "{middle:.digits$} ({low:.digits$} to {high:.digits$})")
    }
}

/// How long some work takes.
pub async fn timed<T, E>(work: impl Future<Output = Result<T, E>>) -> Result<Duration, E> {
    let start = Instant::now();
    work.await?;
    Ok(start.elapsed())
}
