//! The actions of CIMI by name: what machines, systems, networks, meters and jobs can be told to do, and what
//! is more than one request.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use cimi_model::types::{Job, Machine, MachineImage};
use cimi_rest::client::{Action, ActionValue, Outcome, Page, Resource, Typed};

use crate::{Client, Error};

/// A type whose images are made of a resource, and which names that resource by a URI.
pub trait Image: Typed + Clone {
    /// The same, of the resource at that URI.
    #[must_use]
    fn of(&self, uri: &str) -> Self;
}

impl Image for MachineImage {
    fn of(&self, uri: &str) -> Self {
        Self {
            image_location: Some(uri.to_owned()),
            ..self.clone()
        }
    }
}

impl Image for cimi_model::types::VolumeImage {
    fn of(&self, uri: &str) -> Self {
        Self {
            image_location: Some(uri.to_owned()),
            ..self.clone()
        }
    }
}

/// An OVF package that is to be imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Package<'p> {
    /// It is where this URI says, and the service fetches it from there, if it may.
    At(&'p str),
    /// It travels in the request.
    Bytes(&'p [u8]),
}

/// Each of these needs the resource as it was read last: it does what that offers
/// ([`ClientError::NotOffered`](crate::ClientError::NotOffered) otherwise), and answers as soon as the service
/// has taken it on; [`Client::wait`] waits for the end, and tells of the progress.
impl Client {
    /// Starts a machine, system, network, network port or meter.
    ///
    /// # Errors
    /// The resource does not offer it, or the service refuses.
    pub async fn start<T>(&self, resource: &Resource<T>) -> Result<Outcome, Error> {
        self.act(resource, &Action::new("start")).await
    }

    /// Stops a machine, system, network, network port or meter in good order.
    ///
    /// # Errors
    /// As for [`Client::start`].
    pub async fn stop<T>(&self, resource: &Resource<T>) -> Result<Outcome, Error> {
        self.act(resource, &Action::new("stop")).await
    }

    /// Stops a machine or system at once, as pulling the plug does (capability MachineStopForce).
    ///
    /// # Errors
    /// As for [`Client::start`].
    pub async fn stop_by_force<T>(&self, resource: &Resource<T>) -> Result<Outcome, Error> {
        self.act(resource, &Action::new("stop").force()).await
    }

    /// Restarts a machine or system.
    ///
    /// # Errors
    /// As for [`Client::start`].
    pub async fn restart<T>(&self, resource: &Resource<T>) -> Result<Outcome, Error> {
        self.act(resource, &Action::new("restart")).await
    }

    /// Pauses a machine or system: it keeps its memory, and its processors.
    ///
    /// # Errors
    /// As for [`Client::start`].
    pub async fn pause<T>(&self, resource: &Resource<T>) -> Result<Outcome, Error> {
        self.act(resource, &Action::new("pause")).await
    }

    /// Suspends a machine or system: its memory is written to a disk.
    ///
    /// # Errors
    /// As for [`Client::start`].
    pub async fn suspend<T>(&self, resource: &Resource<T>) -> Result<Outcome, Error> {
        self.act(resource, &Action::new("suspend")).await
    }

    /// Makes an image of a machine; what of it is not said follows from the machine. The answer has its
    /// location; [`Client::made`] waits and reads it.
    ///
    /// # Errors
    /// As for [`Client::start`].
    pub async fn capture(
        &self,
        machine: &Resource<Machine>,
        image: &MachineImage,
    ) -> Result<Outcome, Error> {
        let at = &machine.operation("capture")?.href;
        self.create(at, &image.of(&machine.id)).await
    }

    /// Makes a snapshot of a machine, which [`Client::restore`] sets it back to.
    ///
    /// # Errors
    /// As for [`Client::start`].
    pub async fn snapshot(
        &self,
        machine: &Resource<Machine>,
        image: &MachineImage,
    ) -> Result<Outcome, Error> {
        let at = &machine.operation("snapshot")?.href;
        self.create(at, &image.of(&machine.id)).await
    }

    /// Sets a machine back to the snapshot at that URI.
    ///
    /// # Errors
    /// As for [`Client::start`].
    pub async fn restore(
        &self,
        machine: &Resource<Machine>,
        snapshot: &str,
    ) -> Result<Outcome, Error> {
        let image = ActionValue::Link(snapshot.to_owned());
        let action = Action::new("restore").with("image", image);
        self.act(machine, &action).await
    }

    /// Cancels what a job does (DSP0263 5.17.1: its action `stop`).
    ///
    /// # Errors
    /// As for [`Client::start`]: a job that has ended offers it no more.
    pub async fn cancel(&self, job: &Resource<Job>) -> Result<Outcome, Error> {
        self.stop(job).await
    }

    /// Adds to a collection, of the entry point or of a resource, wherever it says that new items go: a
    /// resource, a create request, or the membership of what there is already (`MachineVolume`).
    ///
    /// # Errors
    /// As for [`Client::adding`] and [`Client::create`].
    pub async fn add<T: Typed>(&self, collection: &str, body: &T) -> Result<Outcome, Error> {
        self.create(&self.adding(collection).await?, body).await
    }

    /// Takes a resource out of a collection; the resource itself stays. `membership` is the item of the
    /// collection (`MachineVolume`, `SystemMachine` ...).
    ///
    /// # Errors
    /// As for [`Client::delete`].
    pub async fn remove<T>(&self, membership: &Resource<T>) -> Result<Outcome, Error> {
        self.delete(membership).await
    }

    /// Makes a system or a system template of a package; `collection` is the one of systems or of templates.
    ///
    /// # Errors
    /// The collection does not offer it, or the service refuses.
    pub async fn import(&self, collection: &str, package: Package<'_>) -> Result<Outcome, Error> {
        let source = match package {
            Package::At(uri) => uri.to_owned(),
            Package::Bytes(bytes) => {
                format!("data:application/ovf;base64,{}", STANDARD.encode(bytes))
            }
        };
        let query = cimi_rest::client::Query::new().select(["id", "operations"]);
        // The type of the items does not matter where there are none.
        let page: Page<Job> = self.page(collection, &query).await?;
        let action = Action::new("import").with("source", ActionValue::Text(source));
        let request = self.service.act_at(page.operation("import")?, &action)?;
        Ok(self.service.outcome(&self.send(request).await?)?)
    }

    /// The package that a system or system template is exported as.
    ///
    /// # Errors
    /// As for [`Client::start`] and [`Client::wait`]; the service does not say where the package is.
    pub async fn export<T>(
        &self,
        resource: &Resource<T>,
        progress: impl FnMut(&Job),
    ) -> Result<Bytes, Error> {
        let outcome = self.act(resource, &Action::new("export")).await?;
        self.wait(&outcome, progress).await?;
        let uri = outcome.location.as_ref().ok_or(Error::NoLocation)?;
        let answer = self.send(self.service.package(uri)?).await?;
        Ok(self.service.bytes(&answer)?)
    }

    /// Has the package of a system or system template put to a URI, if the service may send it there.
    ///
    /// # Errors
    /// As for [`Client::start`].
    pub async fn export_to<T>(
        &self,
        resource: &Resource<T>,
        destination: &str,
    ) -> Result<Outcome, Error> {
        let destination = ActionValue::Text(destination.to_owned());
        let action = Action::new("export").with("destination", destination);
        self.act(resource, &action).await
    }
}
