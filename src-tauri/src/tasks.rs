//! Work that takes time, by the names that the window gave it, so that it can be cancelled.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use tenantry_engine::error::AppError;

#[derive(Default)]
pub struct Tasks {
    running: Arc<Mutex<HashMap<Uuid, CancellationToken>>>,
}

/// A task under way; it leaves the list when this is dropped.
pub struct Task {
    id: Uuid,
    running: Arc<Mutex<HashMap<Uuid, CancellationToken>>>,
    pub token: CancellationToken,
}

impl Tasks {
    pub fn start(&self, id: Uuid) -> Result<Task, AppError> {
        let token = CancellationToken::new();
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if running.contains_key(&id) {
            return Err(AppError::TaskBusy);
        }
        running.insert(id, token.clone());
        Ok(Task { id, running: Arc::clone(&self.running), token })
    }

    /// `false` where no task of that name is under way.
    pub fn cancel(&self, id: Uuid) -> bool {
        let running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        running.get(&id).map(CancellationToken::cancel).is_some()
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        self.running.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_can_be_cancelled_while_it_runs_and_only_then() {
        let tasks = Tasks::default();
        let id = Uuid::from_u128(1);
        let task = tasks.start(id).expect("a new task starts");
        assert!(matches!(tasks.start(id), Err(AppError::TaskBusy)));
        assert!(!task.token.is_cancelled());
        assert!(tasks.cancel(id));
        assert!(task.token.is_cancelled());
        drop(task);
        assert!(!tasks.cancel(id));
    }
}
