//! How long to wait for a job before it is asked again (DSP0263 5.17: a client polls).

use std::time::Duration;

use cimi_model::types::{Job, JobState};

use super::ClientError;

/// Waits get longer from one to the other, up to the second.
const SHORTEST: Duration = Duration::from_millis(50);
const LONGEST: Duration = Duration::from_secs(2);

/// The state of waiting for one job. It measures no time itself.
#[derive(Debug, Clone)]
pub struct Waiting {
    next: Duration,
}

/// What to do after the job was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// It has succeeded.
    Done,
    /// It is still at it; read it again after that time.
    Wait(Duration),
}

impl Default for Waiting {
    fn default() -> Self {
        Self { next: SHORTEST }
    }
}

impl Waiting {
    /// Waiting begins.
    pub fn new() -> Self {
        Self::default()
    }

    /// What to do, given the job as it is now.
    ///
    /// # Errors
    /// [`ClientError::Job`] if it has failed or was stopped.
    pub fn step(&mut self, job: &Job) -> Result<Step, ClientError> {
        match &job.state {
            Some(JobState::Success) => Ok(Step::Done),
            Some(JobState::Failed | JobState::Stopped) => {
                Err(ClientError::Job(Box::new(job.clone())))
            }
            // An unknown state is none of the three last ones.
            _ => {
                let now = self.next;
                self.next = (now + now / 2).min(LONGEST);
                Ok(Step::Wait(now))
            }
        }
    }
}
