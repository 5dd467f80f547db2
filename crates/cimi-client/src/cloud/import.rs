//! A cloud made again: each resource after those that it refers to, identifiers translated on the way.

use std::collections::{BTreeMap, BTreeSet};

use cim_core::{CimType, Instance, ObjectPath, Value};
use cimi_rest::client::{Action, common, links};
use cimi_rest::{
    Access, ClassModel, Context, Format, Links, Member, MemberKind, ResourceView, RestModel, Route,
    route, write_json, write_xml,
};

use super::{Cloud, id_of, links_of};
use crate::{Client, Error, Query};

/// What takes a new resource from its first state to the one that it had, action by action.
const STATES: [(&str, &[&str]); 3] = [
    ("STARTED", &["start"]),
    ("PAUSED", &["start", "pause"]),
    ("SUSPENDED", &["start", "suspend"]),
];

/// The type of what a service says of itself: of another service it would not be true.
const SELF_DESCRIPTION: &str = "ResourceMetadata";

/// What an import has done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// What was made, in this order.
    pub made: Vec<Made>,
    /// What could not be taken over of resources that were made: secrets, links that lead nowhere.
    pub notes: Vec<String>,
    /// What could not be made, and why.
    pub failed: Vec<String>,
}

/// A resource that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// Its identifier in the file.
    pub was: String,
    /// Its identifier now.
    pub is: String,
}

/// A resource that is still to be made.
struct Ahead<'a> {
    id: &'a str,
    owner: Option<String>,
    collection: &'a str,
    class: &'a ClassModel,
    instance: &'a Instance,
    needs: BTreeSet<&'a str>,
}

/// Makes everything of a cloud that clients can make. What only a service makes (jobs, events, samples) or
/// says of itself (ResourceMetadata) is left out. One failure does not end it: what needs the missing resource is made without it where
/// that is possible.
///
/// # Errors
/// The service cannot be reached or read at all.
pub async fn import(
    client: &Client,
    model: &RestModel,
    cloud: &Cloud,
    mut progress: impl FnMut(&str),
) -> Result<Report, Error> {
    let entry = client.entry_point();
    let base = entry.value.base_uri.as_deref().unwrap_or_default();
    let mut import = Import {
        client,
        model,
        links: links_of(base)?,
        now: BTreeMap::new(),
        uris: BTreeMap::new(),
        report: Report::default(),
    };
    let mut ahead = plan(model, cloud);
    while !ahead.is_empty() {
        // The first that needs nothing that is still to come; in a circle, the first one.
        let waiting: BTreeSet<&str> = ahead.iter().map(|a| a.id).collect();
        let at = ahead
            .iter()
            .position(|a| a.needs.iter().all(|need| !waiting.contains(need)))
            .unwrap_or(0);
        let next = ahead.remove(at);
        progress(next.id);
        if let Err(error) = import.make(&next).await {
            if matches!(error, Error::Connection(_)) {
                return Err(error);
            }
            import.report.failed.push(format!("{}: {error}", next.id));
        }
    }
    Ok(import.report)
}

/// What is to be made, with what each resource needs.
fn plan<'a>(model: &'a RestModel, cloud: &'a Cloud) -> Vec<Ahead<'a>> {
    let mut seen = BTreeSet::new();
    let mut ahead = Vec::new();
    for collection in &cloud.collections {
        let Some(Route::Collection {
            owner,
            collection: of,
            ..
        }) = route(model, &collection.id)
        else {
            continue;
        };
        let class = model.class(of.item);
        if !class.crud.create || class.type_name == SELF_DESCRIPTION {
            continue;
        }
        for instance in &collection.items {
            let Some(id) = id_of(model, instance).filter(|id| seen.insert(*id)) else {
                continue;
            };
            let mut needs = BTreeSet::new();
            add_needs(model, class, instance, &mut needs);
            needs.remove(id);
            ahead.push(Ahead {
                id,
                owner: owner.as_ref().map(|(_, owner)| owner.clone()),
                collection: &collection.id,
                class,
                instance,
                needs,
            });
        }
    }
    let ids: BTreeSet<&str> = ahead.iter().map(|a| a.id).collect();
    for item in &mut ahead {
        let owner = item.owner.as_deref().and_then(|owner| ids.get(owner));
        item.needs.extend(owner);
    }
    ahead
}

/// What a client may say of an instance. A structure has no access of its own: it is as what it stands in.
fn sent(class: &ClassModel, is_structure: bool) -> impl Iterator<Item = &Member> {
    class.shape.members.iter().filter(move |m| {
        (is_structure || m.access != Access::ReadOnly) && !matches!(m.kind, MemberKind::Identity)
    })
}

fn add_needs<'a>(
    model: &'a RestModel,
    class: &ClassModel,
    instance: &'a Instance,
    needs: &mut BTreeSet<&'a str>,
) {
    for member in sent(class, instance.class().flags.is_structure) {
        let Some(value) = instance.at(member.position) else {
            continue;
        };
        for one in value.elements() {
            match (&member.kind, one) {
                (MemberKind::Reference | MemberKind::References | MemberKind::ByValue(_), one)
                    if !matches!(one, Value::Instance(_)) =>
                {
                    needs.extend(target(one));
                }
                (_, Value::Instance(inner)) => {
                    needs.extend(id_of(model, inner));
                    add_needs(model, model.class(inner.class()), inner, needs);
                }
                _ => {}
            }
        }
    }
}

fn target(value: &Value) -> Option<&str> {
    match value {
        Value::Reference(path) => path.instance_id(),
        other => other.as_str(),
    }
}

struct Import<'a> {
    client: &'a Client,
    model: &'a RestModel,
    links: Links,
    /// Identifiers in the file to those that the resources have now.
    now: BTreeMap<String, String>,
    /// Where new items of a collection are sent, by the identifier of the collection in the file.
    uris: BTreeMap<String, String>,
    report: Report,
}

impl Import<'_> {
    async fn make(&mut self, item: &Ahead<'_>) -> Result<(), Error> {
        let add = self.adding(item).await?;
        let mut notes = Vec::new();
        let instance = self.translate(item.class, item.instance, "", &mut notes);
        let context = Context {
            model: self.model,
            links: &self.links,
            request: true,
        };
        let mut body = String::new();
        let view = ResourceView::whole(&instance);
        match self.client.format() {
            Format::Json => write_json(&mut body, &context, &view),
            Format::Xml => write_xml(&mut body, &context, &view),
        }
        let outcome = self.client.create_document(&add, body).await?;
        let uri = self.client.located(&outcome, |_| ()).await?;
        let id = self.links.instance_id(&uri).into_owned();
        self.now.insert(item.id.to_owned(), id.clone());
        self.report.made.push(Made {
            was: item.id.to_owned(),
            is: id,
        });
        let secrets: Vec<_> = item
            .class
            .shape
            .members
            .iter()
            .filter(|member| member.access == Access::WriteOnly)
            .map(|member| member.name)
            .collect();
        if !secrets.is_empty() {
            notes.push(format!(
                "{} never leave a service; set them anew",
                secrets.join(" and ")
            ));
        }
        if let Err(error) = self.bring_to_state(item, &uri).await {
            notes.push(format!("its state is another one now: {error}"));
        }
        let notes = notes.into_iter().map(|note| format!("{}: {note}", item.id));
        self.report.notes.extend(notes);
        Ok(())
    }

    /// Where the item is to be sent: to the collection of the same name of what its owner became.
    async fn adding(&mut self, item: &Ahead<'_>) -> Result<String, Error> {
        if let Some(uri) = self.uris.get(item.collection) {
            return Ok(uri.clone());
        }
        let owner = match &item.owner {
            None => self.client.entry_point().id.clone(),
            Some(owner) => match self.now.get(owner) {
                Some(now) => self.links.uri(now),
                None => return Err(Error::File(format!("its owner {owner} could not be made"))),
            },
        };
        let document = self.client.document(&owner, &Query::new()).await?;
        let name = item.collection.rsplit('/').next().unwrap_or_default();
        let links = links(document.format, &document.text)?;
        let uri = links
            .get(name)
            .ok_or_else(|| Error::File(format!("the service has no {name} there")))?;
        let add = self.client.adding(uri).await?;
        self.uris.insert(item.collection.to_owned(), add.clone());
        Ok(add)
    }

    /// What is sent of an instance, with the identifiers of this service.
    fn translate(
        &self,
        class: &ClassModel,
        instance: &Instance,
        path: &str,
        notes: &mut Vec<String>,
    ) -> Instance {
        let mut sent = Instance::new(instance.class());
        for member in self::sent(class, instance.class().flags.is_structure) {
            let Some(value) = instance.at(member.position).filter(|v| !v.is_null()) else {
                continue;
            };
            let path = format!("{path}{}", member.name);
            let is_array = matches!(value, Value::Array(_));
            let mut values: Vec<Value> = value
                .elements()
                .iter()
                .filter_map(|one| self.translate_one(member, one, &path, notes))
                .collect();
            match is_array {
                true if values.is_empty() => {}
                true => sent.set_at(member.position, Value::Array(values)),
                false => {
                    if let Some(value) = values.pop() {
                        sent.set_at(member.position, value);
                    }
                }
            }
        }
        if let Some(at) = class.shape.extensions
            && instance.at(at).is_some_and(|v| !v.elements().is_empty())
        {
            notes.push("attributes beyond the model are left out".to_owned());
        }
        sent
    }

    fn translate_one(
        &self,
        member: &Member,
        value: &Value,
        path: &str,
        notes: &mut Vec<String>,
    ) -> Option<Value> {
        if let Value::Instance(inner) = value {
            let class = self.model.class(inner.class());
            let mut sent = self.translate(class, inner, &format!("{path}."), notes);
            if let Some(id) = id_of(self.model, inner)
                && let Some(identity) = class.shape.member("id")
                && let Some(now) = self.translated(id, path, notes)
            {
                sent.set_at(identity.position, Value::from(now));
            }
            return Some(sent.into());
        }
        match member.kind {
            MemberKind::Reference | MemberKind::References | MemberKind::ByValue(_) => {
                let id = self.translated(target(value)?, path, notes)?;
                Some(match member.ty() {
                    CimType::Reference => {
                        ObjectPath::new(member.target().unwrap_or_default(), "InstanceID", &id)
                            .into()
                    }
                    _ => Value::from(id),
                })
            }
            _ => Some(value.clone()),
        }
    }

    fn translated(&self, id: &str, path: &str, notes: &mut Vec<String>) -> Option<String> {
        // The name of a component of the same template is as good there as here.
        if id.starts_with('#') {
            return Some(id.to_owned());
        }
        let now = self.now.get(id).cloned();
        if now.is_none() {
            notes.push(format!(
                "{path} leads to {id}, which is not here; it is left out"
            ));
        }
        now
    }

    /// Starts what was started.
    async fn bring_to_state(&self, item: &Ahead<'_>, uri: &str) -> Result<(), Error> {
        let Some(state) = item.class.shape.member("state") else {
            return Ok(());
        };
        let state = item.instance.at(state.position).and_then(Value::as_str);
        let Some((_, actions)) = STATES.iter().find(|(known, _)| Some(*known) == state) else {
            return Ok(());
        };
        if item.class.operation("start").is_none() {
            return Ok(());
        }
        for action in *actions {
            let document = self.client.document(uri, &Query::new()).await?;
            let resource = common(document.format, &document.text)?;
            let outcome = self.client.act(&resource, &Action::new(*action)).await?;
            self.client.wait(&outcome, |_| ()).await?;
        }
        Ok(())
    }
}
