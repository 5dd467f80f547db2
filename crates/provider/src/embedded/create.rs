//! Create: from a template by reference, by value, or by reference with some attributes replaced
//! (DSP0263 4.2.1.1), or from the resource itself where it needs no template.

use std::sync::Arc;

use cim_core::{
    CimError, ClassDescriptor, Embedded, ErrorKind, Instance, PropertyDescriptor, Value,
};

use super::core::{Core, check_role, new_part};
use super::jobs::Plan;
use super::model::{self, Crud, ENTRY_POINT_ID, Kind, names};
use super::own_keys;
use super::row::Row;
use super::unit::{Retries, Unit};
use super::validate::{complete, missing, settable};
use super::work::{Effect, Step};
use super::{cloud, interfaces, observed, rules, systems, validate};
use crate::{Container, Created, OperationContext, Outcome, Role};

/// A create under way: whose it is, and what came of it so far.
pub(crate) struct Making<'m, 'c> {
    pub(crate) context: &'m OperationContext,
    pub(crate) unit: &'m mut Unit<'c>,
    /// Whose the new resource is.
    pub(crate) tenant: Option<Arc<str>>,
    /// Components of systems that were made so far.
    pub(crate) components: usize,
    /// Systems around what is being made.
    pub(crate) depth: usize,
}

/// What a create is going to do once its resources stand in the unit.
#[derive(Debug, Default)]
pub(crate) struct Made {
    /// The new resource.
    pub(crate) id: String,
    /// What else was made or changed.
    pub(crate) affected: Vec<String>,
    /// What a job still has to do; nothing if the resource is ready.
    pub(crate) steps: Vec<Step>,
    /// What undoes it.
    pub(crate) undo: Option<Vec<Effect>>,
    /// What the job works on, the new resource included.
    pub(crate) works_on: Vec<String>,
    /// Its components, and the collections that they are in.
    pub(crate) nested: Vec<(String, Self)>,
    /// Whether nothing of it is to be left if a component fails.
    pub(crate) atomic: bool,
}

impl Made {
    /// The job that carries it out.
    pub(crate) fn plan(self, action: &str, target: &str, tenant: Option<Arc<str>>) -> Plan {
        let nested = self.nested.into_iter();
        let mut affected = vec![self.id];
        affected.extend(self.affected);
        Plan {
            action: action.to_owned(),
            target: target.to_owned(),
            affected,
            steps: self.steps,
            undo: self.undo,
            works_on: self.works_on,
            nested: nested
                .map(|(collection, made)| made.plan("add", &collection, tenant.clone()))
                .collect(),
            tenant,
            atomic: self.atomic,
            refused: None,
        }
    }
}

impl Core {
    /// Creates a resource.
    pub(crate) async fn create(
        &self,
        context: &OperationContext,
        instance: &Instance,
        container: Option<&Container>,
    ) -> Result<Created, CimError> {
        check_role(context, Role::Operator)?;
        let mut retries = Retries::default();
        loop {
            let mut unit = Unit::for_caller(self, context);
            let (made, collection, tenant) = {
                let tenant = context.principal.tenant.as_deref().map(Arc::from);
                let mut making = Making::new(context, &mut unit, tenant);
                let (made, collection) = making.make(instance, container).await?;
                (made, collection, making.tenant)
            };
            if own_keys::has(instance.class()) {
                // Jobs are about resources.
                let Some(committed) = retries.commit(&mut unit).await? else {
                    continue;
                };
                return self.created(context, &unit, &made.id, committed, None, true);
            }
            let completed = made.steps.is_empty();
            let id = made.id.clone();
            let job = unit.start_job(made.plan("add", &collection, tenant));
            let Some(committed) = retries.commit(&mut unit).await? else {
                continue;
            };
            let job = Some(self.job_path(&job));
            return self.created(context, &unit, &id, committed, job, completed);
        }
    }

    fn created(
        &self,
        context: &OperationContext,
        unit: &Unit<'_>,
        id: &str,
        committed: store::Committed,
        job: Option<cim_core::ObjectPath>,
        completed: bool,
    ) -> Result<Created, CimError> {
        let resource = unit
            .seen(context, id, committed)
            .map(|seen| self.present(seen))
            .ok_or_else(|| CimError::internal("a new resource is not in its unit"))?;
        Ok(Created {
            path: resource.instance.path(),
            outcome: Outcome {
                job,
                completed,
                resource: Some(resource),
            },
        })
    }

    /// The path of a job.
    pub(crate) fn job_path(&self, id: &str) -> cim_core::ObjectPath {
        cim_core::ObjectPath::new(self.model.job.name, names::ID, id)
    }
}

impl<'m, 'c> Making<'m, 'c> {
    /// A create for this caller, of something that will be this tenant's.
    pub(crate) fn new(
        context: &'m OperationContext,
        unit: &'m mut Unit<'c>,
        tenant: Option<Arc<str>>,
    ) -> Self {
        Self {
            context,
            unit,
            tenant,
            components: 0,
            depth: 0,
        }
    }
}

impl Making<'_, '_> {
    fn core(&self) -> &Core {
        self.unit.core
    }

    /// Puts the new resource into the unit; returns the collection that it is in, too.
    async fn make(
        &mut self,
        instance: &Instance,
        container: Option<&Container>,
    ) -> Result<(Made, String), CimError> {
        let class = instance.class();
        if let Some(creates) = self.core().model.creates(class).copied() {
            let owner = self.owner_by_reference(creates.class, container).await?;
            if owner.is_none() {
                refuse_container(class, container)?;
            }
            let value = instance.value(creates.template.name);
            if value.is_null() {
                return Err(missing(class.name, creates.template.name));
            }
            validate::check_value(creates.template, value)?;
            let template = self
                .resolve(creates.template, creates.template_class, value)
                .await?;
            let mut common = Instance::new(creates.class);
            for name in [
                names::NAME,
                names::DESCRIPTION,
                names::PROPERTIES,
                names::EXTENSIONS,
            ] {
                if let (Some(value), Some((at, property))) =
                    (instance.get(name), creates.class.property(name))
                {
                    validate::check_value(property, value)?;
                    common.set_at(at, value.clone());
                }
            }
            if let Some((property, id)) = owner {
                common.set(property, id);
            }
            let collection = self.collection(creates.class)?;
            let made = cloud::from_template(self, collection, common, &template).await?;
            return Ok((made, collection.to_owned()));
        }
        if class.flags.is_abstract
            || class.flags.is_structure
            || !model::allows(class, Crud::Create)
        {
            return Err(CimError::new(
                ErrorKind::NotSupported,
                format!("Clients cannot create a {}.", class.name),
            ));
        }
        let mut given = settable(instance)?;
        let association = self.core().model.association(class.name).copied();
        if let Some(association) = association {
            return self.make_membership(&association, given, container).await;
        }
        let owner = self.owner_by_reference(class, container).await?;
        if let Some((property, id)) = &owner {
            given.set(property, id.as_str());
        }
        self.check_references(&given).await?;
        systems::check_template(self.unit, &given)?;
        if own_keys::has(class) {
            return self.make_own(given, container).await;
        }
        if let Some(collection) = self.core().model.collection(class) {
            if owner.is_none() {
                refuse_container(class, container)?;
            }
            let made = cloud::from_itself(self, collection, given).await?;
            return Ok((made, collection.to_owned()));
        }
        self.make_part(given, container).await
    }

    /// The owner that a new resource refers to, and by which property, where that makes it a part of the
    /// container.
    async fn owner_by_reference(
        &mut self,
        class: &ClassDescriptor,
        container: Option<&Container>,
    ) -> Result<Option<(&'static str, String)>, CimError> {
        let Some(container) = container else {
            return Ok(None);
        };
        let association = self.core().model.association(container.association.name);
        let Some((association, source)) = association.and_then(|a| match a.kind {
            Kind::Reference(source) if class.is_a(a.other.class.name) => Some((*a, source)),
            _ => None,
        }) else {
            return Ok(None);
        };
        let (_, owner) = self.core().target(&container.owner)?;
        let owner = owner.into_owned();
        let row = self
            .unit
            .load_to_write(self.context, association.one.class.name, &owner)
            .await?;
        rules::check_may_gain(&owner, row, association.other.class)?;
        self.tenant.clone_from(&row.tenant);
        Ok(Some((source.property.name, owner)))
    }

    /// A membership of two resources that stand in the unit; returns its InstanceID.
    pub(crate) async fn join(
        &mut self,
        association: &model::AssociationClass,
        one: &str,
        other: &str,
    ) -> Result<String, CimError> {
        let mut membership = Instance::new(association.class);
        for (end, id) in [(association.one, one), (association.other, other)] {
            if let Some(row) = self.unit.row(id) {
                let path = row.instance.path();
                membership.set(end.role, path);
            }
        }
        let number = self.unit.next_number(one).await?;
        self.insert_part(one, association, number, membership)
    }

    fn collection(&self, class: &'static ClassDescriptor) -> Result<&'static str, CimError> {
        self.core().model.collection(class).ok_or_else(|| {
            CimError::internal(format!(
                "{} is in no collection of the entry point",
                class.name
            ))
        })
    }

    /// A new resource in a collection of the entry point; returns its InstanceID.
    pub(crate) fn insert(
        &mut self,
        collection: &str,
        mut instance: Instance,
    ) -> Result<String, CimError> {
        complete(&mut instance)?;
        let id = self.unit.new_id(collection);
        let tenant = observed::tenant_of(self, &instance).or_else(|| self.tenant.clone());
        self.unit.insert(
            &id,
            Row {
                tenant,
                owner: None,
                instance,
            },
        );
        Ok(id)
    }

    /// A new resource in a collection of another one; returns its InstanceID.
    pub(crate) fn insert_part(
        &mut self,
        owner: &str,
        association: &model::AssociationClass,
        number: u64,
        mut instance: Instance,
    ) -> Result<String, CimError> {
        complete(&mut instance)?;
        let tenant = match self.unit.row(owner) {
            Some(row) => row.tenant.clone(),
            None => self.tenant.clone(),
        };
        let (id, row) = new_part(owner, association, number, tenant, instance);
        self.unit.insert(&id, row);
        Ok(id)
    }

    /// An instance of a class with keys of its own, which the client gives.
    async fn make_own(
        &mut self,
        mut given: Instance,
        container: Option<&Container>,
    ) -> Result<(Made, String), CimError> {
        let class = given.class();
        refuse_container(class, container)?;
        complete(&mut given)?;
        for key in class.key_properties() {
            if given.value(key.name).is_null() {
                return Err(missing(class.name, key.name));
            }
        }
        let id = own_keys::id(&self.core().model.schema, class, &given.path())?;
        if self.unit.load(&id).await? {
            return Err(CimError::new(
                ErrorKind::AlreadyExists,
                format!("There is a {} with these keys already.", class.name),
            ));
        }
        self.unit.insert(
            &id,
            Row {
                tenant: self.tenant.clone(),
                owner: None,
                instance: given,
            },
        );
        let made = Made {
            id,
            ..Made::default()
        };
        Ok((made, class.name.to_owned()))
    }

    /// A part of another resource, such as a disk of a machine.
    async fn make_part(
        &mut self,
        given: Instance,
        container: Option<&Container>,
    ) -> Result<(Made, String), CimError> {
        let class = given.class();
        let associations: Vec<_> = self
            .core()
            .model
            .associations
            .iter()
            .filter(|a| matches!(a.kind, Kind::Containment) && class.is_a(a.other.class.name))
            .copied()
            .collect();
        let Some(container) = container else {
            let ways: Vec<_> = associations.iter().map(|a| a.class.name).collect();
            return Err(CimError::new(
                ErrorKind::MissingValue,
                format!(
                    "A {} is made in its owner, through {}; no owner was named.",
                    class.name,
                    ways.join(" or ")
                ),
            )
            .with_subject(names::GROUP));
        };
        let Some(association) = associations
            .into_iter()
            .find(|a| a.class.name == container.association.name)
        else {
            return Err(CimError::new(
                ErrorKind::InvalidParameter,
                format!("{} holds no {}.", container.association.name, class.name),
            ));
        };
        let (_, owner) = self.core().target(&container.owner)?;
        let owner = &*owner;
        let row = self
            .unit
            .load_to_write(self.context, association.one.class.name, owner)
            .await?;
        rules::check_may_gain(owner, row, class)?;
        self.tenant.clone_from(&row.tenant);
        let mut given = given;
        interfaces::complete(self.unit, &mut given)?;
        let number = self.unit.next_number(owner).await?;
        let id = self.insert_part(owner, &association, number, given)?;
        let collection = collection_of(&id);
        Ok((
            Made {
                id,
                ..Made::default()
            },
            collection,
        ))
    }

    /// A membership: it names both ends, or the container is the one.
    async fn make_membership(
        &mut self,
        association: &model::AssociationClass,
        mut given: Instance,
        container: Option<&Container>,
    ) -> Result<(Made, String), CimError> {
        let class = association.class;
        if let Some(container) = container {
            if container.association.name != class.name {
                return Err(CimError::new(
                    ErrorKind::InvalidParameter,
                    format!("{} holds no {}.", container.association.name, class.name),
                ));
            }
            given.set(association.one.role, container.owner.clone());
        }
        let mut ends = Vec::new();
        for end in [association.one, association.other] {
            let path = given
                .value(end.role)
                .as_reference()
                .ok_or_else(|| missing(class.name, end.role))?;
            let id = path.instance_id().unwrap_or_default().to_owned();
            let found = self
                .unit
                .load_visible(self.context, end.class.name, &id)
                .await?;
            if !found {
                return Err(no_such(end.role, end.class, &id));
            }
            ends.push(id);
        }
        let [one, other] = ends.as_slice() else {
            return Err(CimError::internal("an association has two ends"));
        };
        let row = self
            .unit
            .load_to_write(self.context, association.one.class.name, one)
            .await?;
        rules::check_may_gain(one, row, class)?;
        self.tenant.clone_from(&row.tenant);
        rules::check_may_join(self, association, one, other).await?;
        // The real classes of both ends, and no namespace.
        for (end, id) in [(association.one, one), (association.other, other)] {
            if let Some(row) = self.unit.row(id) {
                let path = row.instance.path();
                given.set(end.role, path);
            }
        }
        let number = self.unit.next_number(one).await?;
        let id = self.insert_part(one, association, number, given)?;
        let collection = collection_of(&id);
        Ok((
            Made {
                id,
                affected: vec![one.clone(), other.clone()],
                ..Made::default()
            },
            collection,
        ))
    }

    /// A template, or something in one, as the client means it.
    pub(crate) async fn resolve(
        &mut self,
        property: &PropertyDescriptor,
        class: &'static ClassDescriptor,
        value: &Value,
    ) -> Result<Instance, CimError> {
        let given = match value {
            Value::String(id) => return self.referenced(property.name, class, id).await,
            Value::Instance(given) => given,
            other => {
                return Err(CimError::new(
                    ErrorKind::TypeMismatch,
                    format!(
                        "{} is a reference or an embedded {}, not {}.",
                        property.name,
                        class.name,
                        other.kind()
                    ),
                )
                .with_subject(property.name));
            }
        };
        let Some(id) = given.text(names::ID).filter(|id| !id.is_empty()) else {
            return Ok((**given).clone());
        };
        let mut resolved = self.referenced(property.name, class, id).await?;
        for (property, value) in given.present() {
            if property.name == names::ID {
                continue;
            }
            // Every attribute that is given replaces the template's as a whole; NULL erases it.
            if value.is_null() {
                resolved.unset(property.name);
            } else {
                resolved.set(property.name, value.clone());
            }
        }
        Ok(resolved)
    }

    async fn referenced(
        &mut self,
        property: &str,
        class: &'static ClassDescriptor,
        id: &str,
    ) -> Result<Instance, CimError> {
        if !self.unit.load_visible(self.context, class.name, id).await? {
            return Err(no_such(property, class, id));
        }
        self.unit
            .row(id)
            .map(|row| row.instance.clone())
            .ok_or_else(|| no_such(property, class, id))
    }

    /// Refuses references to what is not there.
    async fn check_references(&mut self, instance: &Instance) -> Result<(), CimError> {
        check_references(self.unit, self.context, instance).await
    }
}

/// Refuses references of an instance, at every depth, to what the caller does not see.
pub(crate) async fn check_references(
    unit: &mut Unit<'_>,
    context: &OperationContext,
    instance: &Instance,
) -> Result<(), CimError> {
    check_targets(unit, Some(context), instance).await
}

/// Refuses references of an instance, at every depth, to what is not there.
pub(crate) async fn check_references_of(
    unit: &mut Unit<'_>,
    instance: &Instance,
) -> Result<(), CimError> {
    check_targets(unit, None, instance).await
}

async fn check_targets(
    unit: &mut Unit<'_>,
    context: Option<&OperationContext>,
    instance: &Instance,
) -> Result<(), CimError> {
    let mut wanted = Vec::new();
    gather(unit.core, &mut wanted, "", instance)?;
    for (path, class, id) in wanted {
        // Names of components, which `systems` looks at.
        if systems::is_symbol(&id) && path.starts_with("ComponentDescriptors.") {
            continue;
        }
        let is_there = match context {
            Some(context) => unit.load_visible(context, class, &id).await?,
            None => {
                unit.load(&id).await?
                    && unit
                        .row(&id)
                        .is_some_and(|row| row.instance.class().is_a(class))
            }
        };
        if !is_there {
            let class = unit.core.class(class)?;
            return Err(no_such(&path, class, &id));
        }
    }
    Ok(())
}

/// References of an instance: where they stand, the class that they refer to, and what the store knows the
/// target by.
fn gather(
    core: &Core,
    wanted: &mut Vec<(String, &'static str, String)>,
    front: &str,
    instance: &Instance,
) -> Result<(), CimError> {
    for (property, value) in instance.present() {
        let path = format!("{front}{}", property.name);
        for value in value.elements() {
            match (value, property.reference_class) {
                (Value::String(id), Some(class)) => {
                    wanted.push((path.clone(), class, id.to_string()));
                }
                (Value::Reference(target), Some(class)) => {
                    let id = match core.class(&target.class).ok().filter(|c| own_keys::has(c)) {
                        Some(own) => own_keys::id(&core.model.schema, own, target)?,
                        None => target.instance_id().unwrap_or_default().to_owned(),
                    };
                    wanted.push((path.clone(), class, id));
                }
                (Value::Instance(inner), _) => {
                    if let (Some(id), Embedded::Instance(class)) =
                        (inner.text(names::ID), property.embedded)
                    {
                        wanted.push((path.clone(), class, id.to_owned()));
                    }
                    gather(core, wanted, &format!("{path}."), inner)?;
                }
                _ => {}
            }
        }
    }
    Ok(())
}

fn no_such(property: &str, class: &ClassDescriptor, id: &str) -> CimError {
    CimError::new(
        ErrorKind::InvalidParameter,
        format!("{property}: there is no {} {id}.", class.name),
    )
    .with_subject(property)
}

/// Resources of the entry point's collections may name the entry point as their container, nothing
/// else.
fn refuse_container(
    class: &ClassDescriptor,
    container: Option<&Container>,
) -> Result<(), CimError> {
    match container {
        Some(container) if container.owner.instance_id() != Some(ENTRY_POINT_ID) => {
            Err(CimError::new(
                ErrorKind::InvalidParameter,
                format!("A {} belongs to the entry point only.", class.name),
            ))
        }
        _ => Ok(()),
    }
}

/// The collection that a part is in.
fn collection_of(id: &str) -> String {
    id.rsplit_once('/')
        .map_or(id, |(collection, _)| collection)
        .to_owned()
}
