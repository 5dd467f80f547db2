//! Systems: made of the components that a template describes, operated and deleted as one
//! (DSP0263 5.13.1, 5.13.4).
//!
//! All components of a new system stand in one unit, so that a request that cannot be carried out leaves
//! nothing. What takes time is a nested job for each component; if one fails, the job of the system removes
//! all of them.

use std::collections::{BTreeMap, BTreeSet};

use cim_core::{
    CimError, ClassDescriptor, ErrorKind, Instance, MethodDescriptor, PropertyDescriptor, Value,
};
use cimi_model::classes::{
    cimi_component_descriptor as descriptor, cimi_machine as machine, cimi_system as system,
    cimi_system_template as system_template,
};

use super::cloud::{self, property};
use super::create::{Made, Making};
use super::jobs::Plan;
use super::keys;
use super::lifecycle::{self, CREATING, DELETING};
use super::model::{self, Creates, Kind, names};
use super::observed;
use super::rules::{attached_to, wrong_state};
use super::unit::Unit;
use super::validate::missing;
use super::work::Effect;
use crate::OperationContext;

/// What a symbolic reference to another component starts with.
const SYMBOL: char = '#';

/// Systems inside systems that one template may make.
const MAX_DEPTH: usize = 8;

/// A component descriptor that was understood.
pub(crate) struct Component<'t> {
    descriptor: &'t Instance,
    /// What it makes, and of what.
    creates: Creates,
    /// The property with the template.
    pub(crate) property: &'static PropertyDescriptor,
    /// The template.
    pub(crate) template: &'t Value,
    /// The names of the components that it stands for.
    pub(crate) names: Vec<String>,
}

impl Component<'_> {
    /// The class of its template.
    pub(crate) fn class_of_template(&self) -> &'static ClassDescriptor {
        self.creates.template_class
    }
}

/// Where a descriptor stands, for messages.
fn place(at: usize) -> String {
    let property = property(
        &system_template::CLASS,
        system_template::at::COMPONENT_DESCRIPTORS,
    );
    format!("{}[{at}]", property.name)
}

fn wrong(at: usize, why: &str) -> CimError {
    let place = place(at);
    CimError::new(ErrorKind::InvalidParameter, format!("{place}: {why}")).with_subject(place)
}

/// Reads the component descriptors of a system template.
///
/// # Errors
/// A type is no type of component, there is not exactly one template, that of the type, two components have
/// the same name, or a symbolic reference names none.
fn components<'t>(
    model: &model::Model,
    template: &'t Instance,
    max: usize,
) -> Result<Vec<Component<'t>>, CimError> {
    let mut found = Vec::new();
    let mut all_names = BTreeSet::new();
    let mut total = 0_usize;
    let given = template
        .at(system_template::at::COMPONENT_DESCRIPTORS)
        .map_or(&[][..], Value::elements);
    for (at, descriptor) in given.iter().enumerate() {
        let Some(descriptor) = descriptor.as_instance() else {
            continue;
        };
        let text = |at: usize| descriptor.at(at).and_then(Value::as_str);
        let templates: Vec<_> = descriptor
            .present()
            .filter(|(property, value)| property.reference_class.is_some() && !value.is_null())
            .collect();
        let [(property, value)] = templates.as_slice() else {
            let why = match templates.len() {
                0 => "it has no template to make the component from.".to_owned(),
                _ => format!(
                    "it has several templates ({}); a component is made from one.",
                    templates
                        .iter()
                        .map(|(property, _)| property.name)
                        .collect::<Vec<_>>()
                        .join(", ")
                ),
            };
            return Err(wrong(at, &why));
        };
        let creates = model
            .created_from(property.reference_class.unwrap_or_default())
            .ok_or_else(|| CimError::internal(format!("{} makes nothing", property.name)))?;
        let expected = model::type_uri(creates.class).unwrap_or_default();
        match text(descriptor::at::TYPE) {
            Some(given) if given == expected => {}
            Some(given) => {
                return Err(wrong(
                    at,
                    &format!(
                        "its type is `{given}`, but {} makes a `{expected}`.",
                        property.name
                    ),
                ));
            }
            None => {
                let name = cloud::property(&descriptor::CLASS, descriptor::at::TYPE).name;
                return Err(missing(&place(at), name));
            }
        }
        let quantity = descriptor
            .at(descriptor::at::QUANTITY)
            .and_then(Value::as_u64)
            .unwrap_or(1);
        let quantity = usize::try_from(quantity).unwrap_or(usize::MAX);
        total = total.saturating_add(quantity);
        if quantity == 0 || total > max {
            return Err(wrong(
                at,
                &format!(
                    "{quantity} of it would make {total} components; a system has 1 to {max} of them."
                ),
            ));
        }
        let name = text(descriptor::at::NAME).unwrap_or_default();
        let component_names: Vec<String> = if quantity == 1 {
            vec![name.to_owned()]
        } else {
            (1..=quantity).map(|n| format!("{name}{n}")).collect()
        };
        if !name.is_empty() {
            for name in &component_names {
                if !all_names.insert(name.clone()) {
                    return Err(wrong(
                        at,
                        &format!("there is another component with the name `{name}`."),
                    ));
                }
            }
        }
        found.push(Component {
            descriptor,
            creates,
            property,
            template: value,
            names: component_names,
        });
    }
    for (at, component) in found.iter().enumerate() {
        let mut symbols = BTreeSet::new();
        gather(component.template, true, &mut symbols);
        for symbol in symbols {
            if !all_names.contains(&symbol) {
                let known: Vec<_> = all_names.iter().map(String::as_str).collect();
                return Err(wrong(
                    at,
                    &format!(
                        "`{SYMBOL}{symbol}` is no component of this template; it has {}.",
                        known.join(", ")
                    ),
                ));
            }
        }
    }
    Ok(found)
}

/// What a system template describes.
pub(crate) fn described<'t>(
    unit: &Unit<'_>,
    template: &'t Instance,
) -> Result<Vec<Component<'t>>, CimError> {
    let core = unit.core;
    components(&core.model, template, core.config.max_components)
}

/// Refuses a system template that could not be made, whatever is there.
pub(crate) fn check_template(unit: &Unit<'_>, template: &Instance) -> Result<(), CimError> {
    if !template.class().is_a(system_template::CLASS.name) {
        return Ok(());
    }
    let core = unit.core;
    in_order(components(
        &core.model,
        template,
        core.config.max_components,
    )?)
    .map(drop)
}

/// Whether a reference in a component descriptor is one to another component.
pub(crate) fn is_symbol(id: &str) -> bool {
    id.starts_with(SYMBOL)
}

/// Whether symbolic references under this property belong to another template.
fn is_another_scope(property: &PropertyDescriptor) -> bool {
    cloud::property(
        &system_template::CLASS,
        system_template::at::COMPONENT_DESCRIPTORS,
    )
    .name
        == property.name
}

/// The names of components that a value refers to.
fn gather(value: &Value, is_reference: bool, symbols: &mut BTreeSet<String>) {
    for value in value.elements() {
        match value {
            Value::String(id) if is_reference => {
                symbols.extend(id.strip_prefix(SYMBOL).map(str::to_owned));
            }
            Value::Instance(inner) => {
                let id = inner.text(names::ID).and_then(|id| id.strip_prefix(SYMBOL));
                symbols.extend(id.map(str::to_owned));
                for (property, value) in inner.present() {
                    if !is_another_scope(property) {
                        gather(value, property.reference_class.is_some(), symbols);
                    }
                }
            }
            _ => {}
        }
    }
}

/// A value with references to resources in place of those to components.
fn substitute(value: &Value, is_reference: bool, made: &BTreeMap<String, String>) -> Value {
    let real = |id: &str| id.strip_prefix(SYMBOL).and_then(|name| made.get(name));
    match value {
        Value::String(id) if is_reference => match real(id) {
            Some(id) => Value::from(id.as_str()),
            None => value.clone(),
        },
        Value::Instance(inner) => {
            let mut inner = inner.clone();
            if let Some(id) = inner.text(names::ID).and_then(real) {
                inner.set(names::ID, id.as_str());
            }
            for (at, property) in inner.class().properties.iter().enumerate() {
                if let Some(value) = inner.at(at)
                    && !is_another_scope(property)
                {
                    let value = substitute(value, property.reference_class.is_some(), made);
                    inner.set_at(at, value);
                }
            }
            Value::Instance(inner)
        }
        Value::Array(items) => Value::Array(
            items
                .iter()
                .map(|item| substitute(item, is_reference, made))
                .collect(),
        ),
        other => other.clone(),
    }
}

/// The components in an order in which none refers to one behind it.
fn in_order(components: Vec<Component<'_>>) -> Result<Vec<Component<'_>>, CimError> {
    let mut waiting: Vec<(Component<'_>, BTreeSet<String>)> = components
        .into_iter()
        .map(|component| {
            let mut symbols = BTreeSet::new();
            gather(component.template, true, &mut symbols);
            (component, symbols)
        })
        .collect();
    let mut ordered = Vec::new();
    while !waiting.is_empty() {
        let next = waiting.iter().position(|(_, symbols)| symbols.is_empty());
        let Some(next) = next else {
            let circle: Vec<_> = waiting
                .iter()
                .flat_map(|(component, _)| component.names.iter().map(String::as_str))
                .collect();
            let name = place(0);
            return Err(CimError::new(
                ErrorKind::InvalidParameter,
                format!(
                    "The components {} refer to each other in a circle.",
                    circle.join(", ")
                ),
            )
            .with_subject(name));
        };
        let (component, _) = waiting.remove(next);
        for (_, symbols) in &mut waiting {
            for name in &component.names {
                symbols.remove(name);
            }
        }
        ordered.push(component);
    }
    Ok(ordered)
}

/// Makes a system with its components.
pub(crate) async fn make(
    making: &mut Making<'_, '_>,
    collection: &str,
    mut new: Instance,
    template: &Instance,
) -> Result<Made, CimError> {
    if making.depth >= MAX_DEPTH {
        return Err(CimError::new(
            ErrorKind::InvalidParameter,
            format!("Systems are nested deeper than {MAX_DEPTH} in this template."),
        ));
    }
    making.depth += 1;
    let max = making.unit.core.config.max_components;
    let components = in_order(components(
        &making.unit.core.model,
        template,
        max.saturating_sub(making.components),
    )?)?;
    new.set_at(system::at::STATE, Value::from(CREATING));
    let id = making.insert(collection, new)?;
    let mut made = Made {
        steps: vec![
            making
                .unit
                .step(CREATING, vec![Effect::Derive { id: id.clone() }]),
        ],
        undo: Some(vec![Effect::Remove { id: id.clone() }]),
        works_on: vec![id.clone()],
        atomic: true,
        id: id.clone(),
        ..Made::default()
    };
    observed::attach(making, &id, template, &mut made).await?;
    let mut ids: BTreeMap<String, String> = BTreeMap::new();
    for component in &components {
        let template = substitute(component.template, true, &ids);
        for name in &component.names {
            making.components += 1;
            let part = Box::pin(make_component(making, &id, component, name, &template)).await?;
            if !name.is_empty() {
                ids.insert(name.clone(), part.1.id.clone());
            }
            made.affected.push(part.1.id.clone());
            made.nested.push(part);
        }
    }
    making.depth -= 1;
    Ok(made)
}

async fn make_component(
    making: &mut Making<'_, '_>,
    system: &str,
    component: &Component<'_>,
    name: &str,
    template: &Value,
) -> Result<(String, Made), CimError> {
    let Creates {
        class,
        template_class,
        ..
    } = component.creates;
    let mut template = making
        .resolve(component.property, template_class, template)
        .await?;
    // What measures or logs nothing else is about the system.
    let of_system = observed::TARGET;
    if template_class.property(of_system).is_some() && template.value(of_system).is_null() {
        template.set(of_system, system);
    }
    let mut common = Instance::new(class);
    if !name.is_empty() {
        common.set(names::NAME, name);
    }
    for (from, to) in [
        (descriptor::at::DESCRIPTION, names::DESCRIPTION),
        (descriptor::at::PROPERTIES, names::PROPERTIES),
    ] {
        if let Some(value) = component.descriptor.at(from) {
            common.set(to, value.clone());
        }
    }
    let collection = making
        .unit
        .core
        .model
        .collection(class)
        .unwrap_or(class.name);
    let made = cloud::from_template(making, collection, common, &template).await?;
    let joins = making.unit.core.model.associations.iter().find(|a| {
        matches!(a.kind, Kind::Membership)
            && a.one.class.name == system::CLASS.name
            && class.is_a(a.other.class.name)
    });
    if let Some(association) = joins.copied() {
        making.join(&association, system, &made.id).await?;
    }
    making
        .unit
        .put(keys::made_together(system, &made.id), Vec::new());
    Ok((collection.to_owned(), made))
}

/// Whether a method of a system is done to every machine in it.
pub(crate) fn is_for_machines(class: &ClassDescriptor, method: &MethodDescriptor) -> bool {
    class.is_a(system::CLASS.name)
        && machine::CLASS
            .method(method.name)
            .is_some_and(|of_machine| lifecycle::is_transition(&machine::CLASS, of_machine))
}

/// What a method of a system does: the same to each of its machines, with a nested job for each. Those that
/// are where it leads to are left out; one where it is not possible stays as it is, and is told.
pub(crate) async fn plan_for_machines(
    unit: &mut Unit<'_>,
    context: &OperationContext,
    id: &str,
    method: &MethodDescriptor,
    force: bool,
) -> Result<Plan, CimError> {
    let mut plan = Plan {
        action: model::action_uri(method).unwrap_or(method.name).to_owned(),
        target: id.to_owned(),
        tenant: unit.row(id).and_then(|row| row.tenant.clone()),
        undo: Some(Vec::new()),
        ..Plan::default()
    };
    for machine in unit.machines_of(id).await? {
        let nested = match of_machine(unit, context, &machine, method, force).await {
            Ok(None) => continue,
            Ok(Some(nested)) => nested,
            Err(error) => Plan {
                action: plan.action.clone(),
                target: machine.clone(),
                tenant: plan.tenant.clone(),
                refused: Some(error.message().to_owned()),
                ..Plan::default()
            },
        };
        plan.affected.push(machine);
        plan.nested.push(nested);
    }
    Ok(plan)
}

async fn of_machine(
    unit: &mut Unit<'_>,
    context: &OperationContext,
    id: &str,
    method: &MethodDescriptor,
    force: bool,
) -> Result<Option<Plan>, CimError> {
    let row = unit.load_to_write(context, machine::CLASS.name, id).await?;
    let class = row.instance.class();
    let state = row
        .instance
        .text(names::STATE)
        .unwrap_or_default()
        .to_owned();
    let method = class
        .method(method.name)
        .ok_or_else(|| CimError::not_found(method.name))?;
    let transition = lifecycle::transition(class, method, &state);
    if let Some(states) = model::from_states(method)
        && !states.contains(&state.as_str())
    {
        return match transition {
            Some(transition) if transition.to == state => Ok(None),
            _ => Err(wrong_state(
                &format!("{} of {id}", method.name),
                &state,
                states,
            )),
        };
    }
    let transition =
        transition.ok_or_else(|| wrong_state(method.name, &state, lifecycle::AT_REST))?;
    super::write::transition_plan(unit, id, method, transition, force, None)
        .await
        .map(Some)
}

/// The components that end with a system, those of systems in it included.
async fn made_with(unit: &Unit<'_>, id: &str) -> Result<BTreeSet<String>, CimError> {
    let mut components = BTreeSet::new();
    let mut waiting = vec![id.to_owned()];
    while let Some(system) = waiting.pop() {
        let prefix = keys::made_with(&system);
        for key in unit.keys(&prefix).await? {
            if let Some([component]) = keys::parts(&key, &prefix)
                && components.insert(component.to_owned())
            {
                waiting.push(component.to_owned());
            }
        }
    }
    Ok(components)
}

/// Lets the components of a system that is being deleted show that, too; returns those that do.
///
/// # Errors
/// `InUse` if a machine of somebody else has one of its volumes.
pub(crate) async fn let_components_go(
    unit: &mut Unit<'_>,
    id: &str,
) -> Result<Vec<String>, CimError> {
    let components = made_with(unit, id).await?;
    let mut going = Vec::new();
    for component in &components {
        if !unit.load(component).await? {
            continue;
        }
        let Some(class) = unit.row(component).map(|row| row.instance.class()) else {
            continue;
        };
        unit.expect_no_new_reference(component).await?;
        if let Some((membership, machine)) = attached_to(unit, component).await?
            && !components.contains(&machine)
        {
            return Err(CimError::new(
                ErrorKind::InUse,
                format!(
                    "{component}, a part of {id}, is attached to {machine}, which is none; delete \
                     {membership} first."
                ),
            ));
        }
        if lifecycle::is_deleted_by_job(class) {
            unit.supersede(component, None).await?;
            if let Some(row) = unit.row_mut(component) {
                row.instance.set(names::STATE, DELETING);
            }
            going.push(component.clone());
        }
    }
    Ok(going)
}

/// Refuses to put a system into one that is in it.
pub(crate) async fn check_no_circle(
    unit: &Unit<'_>,
    outer: &str,
    inner: &str,
) -> Result<(), CimError> {
    let mut waiting = vec![inner.to_owned()];
    let mut seen = BTreeSet::new();
    while let Some(system) = waiting.pop() {
        if system == outer {
            return Err(CimError::new(
                ErrorKind::InvalidParameter,
                format!("{outer} is in {inner}, or is the same: a system cannot be in itself."),
            ));
        }
        if seen.insert(system.clone()) {
            waiting.extend(
                unit.members_of(&system, cimi_model::classes::cimi_system_system::CLASS.name)
                    .await?,
            );
        }
    }
    Ok(())
}
