//! OVF packages (DSP0263 4.3, 5.13): an import is an action of a collection, and what an export has written is fetched
//! from where the cloud says that it is.

use cim_core::{CimError, ClassDescriptor, ErrorKind, MethodDescriptor, Value};
use cimi_rest::OperationModel;
use http::{Method, Response, header};
use provider::associations::Kind;
use provider::{Invoked, OperationContext, Parameters};

use crate::actions::{invoked, is_operation};
use crate::cloud::{Cloud, Sending, text_of};
use crate::site::Site;

/// The output of an export.
const PACKAGE: &str = "Package";
/// The parameter with the place that a package is put to.
const DESTINATION: &str = "Destination";

impl Cloud {
    /// Invokes a method of a class: an action of the collection of its instances.
    pub(crate) async fn invoke_on_class(
        &self,
        context: &OperationContext,
        class: &'static ClassDescriptor,
        method: &'static MethodDescriptor,
        parameters: Parameters,
    ) -> Result<Invoked, CimError> {
        let site = self.site(context).await?;
        let lacks = || {
            self.upstream.error(
                ErrorKind::NotSupported,
                format_args!("it offers no {} of {}", method.name, class.name),
            )
        };
        let operation = self.model.class(class).operations.iter();
        let mut operation = operation.filter(|o| o.method.name.eq_ignore_ascii_case(method.name));
        let operation: &OperationModel = operation.next().ok_or_else(lacks)?;
        let mut hosted = self.associations.associations.iter();
        let hosted =
            hosted.find(|a| matches!(a.kind, Kind::Hosted) && class.is_a(a.other.class.name));
        let collection = hosted
            .and_then(|a| a.collection)
            .and_then(|name| site.collection(name))
            .ok_or_else(lacks)?;
        let target = site.target(collection)?;
        let asked = format!("{target}?$select=id,operations&$last=1");
        let listing = self.list(context, class, asked).await?;
        let mut offered = listing.operations.iter();
        let (rel, href) = offered
            .find(|(rel, _)| is_operation(rel, operation))
            .ok_or_else(lacks)?;
        let at = site.links.instance_id(href);
        let sending = Sending {
            method: Method::POST,
            target: site.target(&at).map_err(|_| self.elsewhere())?,
            format: site.format,
            body: self.action_body(site, operation, rel, &parameters)?,
            if_match: None,
            if_none_match: None,
            accept: None,
        };
        let answer = self.send(context, sending).await?;
        let mut outcome = self.outcome(context, site, class, &answer)?;
        let made = text_of(&answer, header::LOCATION.as_str());
        let made = match (made, &outcome.resource) {
            (_, Some(_)) => None,
            (Some(uri), None) => Some(site.links.instance_id(&uri).into_owned()),
            (None, None) => self.affected(context, outcome.job.as_ref()).await?,
        };
        if let Some(id) = made {
            // It has been made: that it cannot be read does not undo that.
            let found = self.fetch(context, class, &id).await;
            outcome.resource = found.ok().map(|found| found.resource);
        }
        Ok(invoked(method, outcome))
    }

    /// The package that an export has written, if it was to go nowhere else and the cloud says where it is.
    pub(crate) async fn package(
        &self,
        context: &OperationContext,
        site: &Site,
        method: &MethodDescriptor,
        has_destination: bool,
        answer: &Response<bytes::Bytes>,
    ) -> Result<Option<(String, Value)>, CimError> {
        let writes = method.parameter(PACKAGE).is_some_and(|p| p.output);
        let Some(place) = text_of(answer, header::LOCATION.as_str()) else {
            return Ok(None);
        };
        if !writes || has_destination {
            return Ok(None);
        }
        let target = site
            .target(&site.links.instance_id(&place))
            .map_err(|_| self.wrong("its package is at another host, which is not asked for it"))?;
        let mut sending = Sending::get(target, site.format);
        sending.accept = Some(ovf::MEDIA_TYPE);
        let package = self.send(context, sending).await?;
        let text = std::str::from_utf8(package.body())
            .map_err(|_| self.wrong("its package is no descriptor, and cannot be passed on"))?;
        Ok(Some((PACKAGE.to_owned(), Value::from(text))))
    }
}

/// Whether a package goes elsewhere.
pub(crate) fn has_destination(parameters: &Parameters) -> bool {
    let mut all = parameters.iter();
    all.any(|(name, value)| name.eq_ignore_ascii_case(DESTINATION) && !value.is_null())
}
