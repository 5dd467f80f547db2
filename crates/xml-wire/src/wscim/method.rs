//! Method parameters: `<Method>_INPUT` and `<Method>_OUTPUT` (DSP0230 8, DSP0227 10).

use cim_core::{
    CimError, CimType, ClassDescriptor, Embedded, ErrorKind, MethodDescriptor, ParameterDescriptor,
    PropertyDescriptor, PropertyFlags, QualifierValue, Value, nearest,
};

use super::read::{self, ReadContext};
use super::reference::shown;
use super::write::{Property, WriteContext};
use super::{Nil, WsCimError, is_class_namespace};
use crate::{Element, Reader, Writer};

/// Parameters that were read: the names in the schema's spelling, in the order of the MOF.
pub type ReadParameters = Vec<(String, Value)>;

/// The name of the element that carries a return value.
const RETURN_VALUE: &str = "ReturnValue";
const CLASS_PREFIX: &str = "p";

#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    Input,
    Output,
}

impl Direction {
    const fn suffix(self) -> &'static str {
        match self {
            Self::Input => "_INPUT",
            Self::Output => "_OUTPUT",
        }
    }

    const fn has(self, parameter: &ParameterDescriptor) -> bool {
        match self {
            Self::Input => parameter.input,
            Self::Output => parameter.output,
        }
    }
}

/// Reads the innermost open element, `element`, as the input parameters of a method. Parameters that
/// are absent are left out, those with `xsi:nil` are NULL.
///
/// # Errors
/// Another element than `<Method>_INPUT`; a parameter that the method does not take
/// (`NoSuchProperty`); values as for [`super::read_instance`].
pub fn read_input(
    reader: &mut Reader<'_>,
    element: &Element<'_>,
    method: &'static MethodDescriptor,
    context: &ReadContext<'_>,
) -> Result<ReadParameters, WsCimError> {
    read(reader, element, method, Direction::Input, context).map(|(parameters, _)| parameters)
}

/// Reads the innermost open element, `element`, as the output parameters and the return value of a
/// method; `Null` for a void method.
///
/// # Errors
/// As [`read_input`].
pub fn read_output(
    reader: &mut Reader<'_>,
    element: &Element<'_>,
    method: &'static MethodDescriptor,
    context: &ReadContext<'_>,
) -> Result<(ReadParameters, Value), WsCimError> {
    read(reader, element, method, Direction::Output, context)
}

fn read(
    reader: &mut Reader<'_>,
    element: &Element<'_>,
    method: &'static MethodDescriptor,
    direction: Direction,
    context: &ReadContext<'_>,
) -> Result<(ReadParameters, Value), WsCimError> {
    let expected = [method.name, direction.suffix()].concat();
    if !is_class_namespace(element.ns()) || !element.local().eq_ignore_ascii_case(&expected) {
        return Err(read::unexpected_element(reader, element, &expected));
    }
    let mut slots: Vec<Option<Value>> = method.parameters.iter().map(|_| None).collect();
    let mut return_value = None;
    while let Some(child) = reader.child()? {
        if child.ns() != element.ns() && !is_class_namespace(child.ns()) {
            reader.skip()?;
            continue;
        }
        let name = child.local();
        if direction == Direction::Output
            && name == RETURN_VALUE
            && let Some(ty) = method.returns
        {
            let property = return_property(ty);
            let value = read::read_property(reader, &child, &property, context)?;
            read::add(&mut return_value, &property, value)?;
            continue;
        }
        let found = method
            .parameters
            .iter()
            .position(|p| direction.has(p) && p.value.name.eq_ignore_ascii_case(name))
            .and_then(|at| Some((&method.parameters.get(at)?.value, slots.get_mut(at)?)));
        let Some((parameter, slot)) = found else {
            return Err(no_such_parameter(method, direction, name).into());
        };
        let value = if read::is_octets(parameter) && !child.is_nil() {
            Value::from(&*reader.trimmed_text()?)
        } else {
            read::read_property(reader, &child, parameter, context)?
        };
        read::add(slot, parameter, value)?;
    }
    let mut parameters = Vec::with_capacity(slots.len());
    for (parameter, mut slot) in method.parameters.iter().zip(slots) {
        if read::is_octets(&parameter.value) {
            read::join_octets(&mut slot, &parameter.value)?;
        }
        if let Some(value) = slot {
            parameters.push((parameter.value.name.to_owned(), value));
        }
    }
    Ok((parameters, return_value.unwrap_or(Value::Null)))
}

/// Writes `<Method>_INPUT` with the parameters that have a value; the class is the one addressed.
pub fn write_input(
    writer: &mut Writer<'_>,
    class: &ClassDescriptor,
    method: &MethodDescriptor,
    parameters: &[(String, Value)],
    context: &WriteContext<'_>,
) {
    start(writer, class, method, Direction::Input, context);
    write(writer, method, Direction::Input, parameters, context);
    writer.end();
}

/// Writes `<Method>_OUTPUT`: the output parameters that have a value, in the order of the MOF, then
/// `ReturnValue` unless the method is void.
pub fn write_output(
    writer: &mut Writer<'_>,
    class: &ClassDescriptor,
    method: &MethodDescriptor,
    parameters: &[(String, Value)],
    return_value: &Value,
    context: &WriteContext<'_>,
) {
    start(writer, class, method, Direction::Output, context);
    write(writer, method, Direction::Output, parameters, context);
    if let Some(ty) = method.returns {
        let property = return_property(ty);
        element(&property).write(writer, Some(return_value), context);
    }
    writer.end();
}

fn start(
    writer: &mut Writer<'_>,
    class: &ClassDescriptor,
    method: &MethodDescriptor,
    direction: Direction,
    context: &WriteContext<'_>,
) {
    let name = [method.name, direction.suffix()].concat();
    writer.start_prefixed(CLASS_PREFIX, &name);
    writer.class_namespace(CLASS_PREFIX, context.class_base, class.name);
}

fn write(
    writer: &mut Writer<'_>,
    method: &MethodDescriptor,
    direction: Direction,
    parameters: &[(String, Value)],
    context: &WriteContext<'_>,
) {
    let context = WriteContext {
        nil: Nil::Explicit,
        ..*context
    };
    for parameter in method.parameters.iter().filter(|p| direction.has(p)) {
        let value = parameters
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(parameter.value.name))
            .map(|(_, value)| value);
        element(&parameter.value).write(writer, value, &context);
    }
}

const fn element(property: &PropertyDescriptor) -> Property<'_> {
    Property {
        prefix: CLASS_PREFIX,
        property,
        depth: 0,
    }
}

/// The return value seen as a property.
const fn return_property(ty: CimType) -> PropertyDescriptor {
    PropertyDescriptor {
        name: RETURN_VALUE,
        ty,
        is_array: false,
        array_size: None,
        reference_class: None,
        embedded: Embedded::No,
        flags: PropertyFlags {
            key: false,
            required: false,
            read: true,
            write: false,
            octet_string: false,
        },
        value_map: None,
        max_len: None,
        min_value: None,
        max_value: None,
        default: QualifierValue::Null,
        class_origin: "",
        qualifiers: &[],
    }
}

fn no_such_parameter(method: &MethodDescriptor, direction: Direction, name: &str) -> CimError {
    let candidates = method
        .parameters
        .iter()
        .filter(|p| direction.has(p))
        .map(|p| p.value.name);
    let hint =
        nearest(name, candidates).map_or(String::new(), |near| format!(" Did you mean `{near}`?"));
    let kind = match direction {
        Direction::Input => "input",
        Direction::Output => "output",
    };
    let name = shown(name);
    CimError::new(
        ErrorKind::NoSuchProperty,
        format!(
            "Method {} has no {kind} parameter `{name}`.{hint}",
            method.name
        ),
    )
    .with_subject(name)
}
