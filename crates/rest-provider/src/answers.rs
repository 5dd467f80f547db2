//! What the answer to a change says about it: the job, the resource, or that nobody knows.

use bytes::Bytes;
use cim_core::{CimError, ErrorKind, ObjectPath, Value};
use cimi_rest::Format;
use http::{Response, StatusCode};
use provider::{OperationContext, Outcome};

use crate::cloud::{Cloud, Document, Found, ID};
use crate::jobs::is_transient;
use crate::site::Site;

impl Cloud {
    /// The new resource that a job tells of; some clouds name it nowhere else.
    pub(crate) async fn affected(
        &self,
        context: &OperationContext,
        job: Option<&ObjectPath>,
    ) -> Result<Option<String>, CimError> {
        let Some(id) = job.and_then(ObjectPath::instance_id) else {
            return Ok(None);
        };
        let job = self.fetch(context, self.model.job().class, id).await?;
        let job = job.resource.instance;
        let target = job.text("TargetResource");
        let affected = job.value("AffectedResources").elements().iter();
        let new = affected
            .rev()
            .filter_map(Value::as_str)
            .find(|id| Some(*id) != target);
        Ok(new.or(target).map(str::to_owned))
    }

    /// What is in the answer to a change, if it can be read. A page of somebody in between, or half a document, is no
    /// answer of the cloud: nobody knows what became of the change.
    fn read_of_write(
        &self,
        site: &Site,
        class: &'static cim_core::ClassDescriptor,
        answer: &Response<Bytes>,
    ) -> Result<Option<Found>, CimError> {
        let body = answer.body().trim_ascii();
        let is_markup = matches!(body.first(), Some(b'<' | b'{' | b'['));
        if !is_markup {
            return Ok(None);
        }
        let document = self.document(answer).map_err(|error| self.unsure(&error))?;
        if let Ok(found) = self.read(site, class, document.clone()) {
            return Ok(Some(found));
        }
        let Document { format, text } = document;
        let is_whole = match format {
            Format::Json => serde_json::from_str::<serde_json::Value>(&text).is_ok(),
            Format::Xml => is_well_formed(&text),
        };
        if is_whole {
            Ok(None)
        } else {
            Err(self.unsure(&self.wrong("its answer breaks off, or is no document")))
        }
    }

    /// The error of an answer to a change that says nothing about it.
    pub(crate) fn unsure(&self, error: &CimError) -> CimError {
        CimError::new(
            ErrorKind::OutcomeUnknown,
            format!(
                "{} The change was sent, and may or may not have been made; it is not sent again.",
                error.message()
            ),
        )
    }

    /// Lets the state of the resource tell of a change that goes on without a job.
    pub(crate) fn follow_on(
        &self,
        outcome: &mut Outcome,
        answer: &Response<Bytes>,
        action: &str,
        class: &cim_core::ClassDescriptor,
        id: &str,
    ) {
        let state = outcome
            .resource
            .as_ref()
            .and_then(|r| r.instance.text("State"));
        let begins = !matches!(action, cimi_rest::EDIT | cimi_rest::DELETE);
        let goes_on =
            answer.status() == StatusCode::ACCEPTED || begins && state.is_some_and(is_transient);
        if outcome.job.is_none() && goes_on {
            outcome.job = Some(self.follow(action, class, id));
            outcome.completed = false;
        }
    }

    /// How a change went. What is in the answer is of this class, unless it says that it is another.
    pub(crate) fn outcome(
        &self,
        context: &OperationContext,
        site: &Site,
        class: &'static cim_core::ClassDescriptor,
        answer: &Response<Bytes>,
    ) -> Result<Outcome, CimError> {
        let mut job = self.job(site, answer);
        let mut resource = None;
        // Some answer with a text or an empty page; what is there is only looked at.
        if let Some(found) = self.read_of_write(site, class, answer)?
            && let Ok(found) = self.owned(found, None)
            && let Some(id) = found.resource.instance.text(ID)
            && !id.is_empty()
        {
            let instance = &found.resource.instance;
            let caller = context.principal.name.as_str();
            self.memory
                .remember(caller, instance.class(), id, answer, &found);
            let is_job = std::ptr::eq(instance.class(), self.model.job().class);
            if is_job && job.is_none() {
                job = Some(instance.path());
            }
            if !is_job {
                resource = Some(found.resource);
            }
        }
        Ok(Outcome {
            completed: answer.status() != StatusCode::ACCEPTED || job.is_none(),
            job,
            resource,
        })
    }
}

fn is_well_formed(text: &str) -> bool {
    let limits = xml_wire::Limits::default();
    let read = || {
        let mut reader = xml_wire::Reader::new(text, &limits)?;
        reader.root()?;
        reader.skip()?;
        reader.finish()
    };
    read().is_ok()
}
