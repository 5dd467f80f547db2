//! Methods (DSP0226 9, DSP0227 9): any action that is a class URI with a method behind it.

use cim_core::{ClassDescriptor, MethodDescriptor, ObjectPath};
use wsman::enumeration::Style;
use wsman::{Content, Detail, Doing, Fault, Headers, ResourceUri, Subcode};
use xml_wire::Writer;
use xml_wire::wscim::{read_input, write_output};

use super::exchange::{Exchange, refused};
use super::options;
use super::transfer::{fetch, locate, requested_epr, unreadable};

/// Invokes a method on an instance, or on the class if it is static.
pub(super) async fn invoke(
    x: &Exchange<'_>,
    headers: Headers,
    content: Option<Content<'_>>,
) -> Result<String, Fault> {
    options::style(&headers.options)?;
    let (action_class, method_name) = ResourceUri::of_method(&headers.action)
        .and_then(|(uri, method)| uri.class.map(|class| (class, method)))
        .ok_or_else(|| {
            Fault::new(Subcode::ActionNotSupported).because(format!(
                "`{}` is no action of WS-Management and no method of a class.",
                headers.action
            ))
        })?;
    let (class, family) = x
        .space()
        .one_class(&headers.resource_uri, &headers.selectors)?;
    if !related(x, class, action_class) {
        return Err(Fault::new(Subcode::ActionNotSupported)
            .detail(Detail::ActionMismatch)
            .because(format!(
                "The action is a method of {action_class}, the ResourceURI names {}.",
                class.name
            )));
    }
    // Nothing of the message may be left unchecked when the method runs, and no reader may live on
    // while it does: so the input is read before anything is awaited where the class knows the method.
    let known = class.method(method_name);
    let (path, method, parameters) = match known {
        Some(method) => {
            let parameters = read_parameters(x, content, method)?;
            let path = target(x, class, method, &headers.selectors).await?;
            (path, method, parameters)
        }
        None if headers.selectors.names_no_key() => {
            return Err(no_method(class, method_name));
        }
        None => {
            // The resource was addressed through a superclass of its class.
            let path = locate(x, class, &headers.selectors).await?;
            let instance = fetch(x, &path).await?.instance;
            let method = instance
                .class()
                .method(method_name)
                .ok_or_else(|| no_method(instance.class(), method_name))?;
            let parameters = read_parameters(x, content, method)?;
            (instance.path(), method, parameters)
        }
    };
    let invoked = x
        .provider()
        .invoke(&x.context, &path, method, parameters)
        .await
        .map_err(|e| refused(&e, Doing::Invoking))?;
    let mut answer = x.answer(&headers.action);
    if headers.request_epr {
        requested_epr(x, &mut answer, &path, family);
    }
    answer.body();
    write_output(
        &mut Writer::new(answer.text()),
        class,
        method,
        &invoked.outputs,
        &invoked.return_value,
        &x.write_context(family, Style::default()),
    );
    x.finish(answer, true)
}

/// Whether the class in an action is the addressed one, above or below it.
fn related(x: &Exchange<'_>, class: &ClassDescriptor, named: &str) -> bool {
    class.is_a(named) || x.schema().class(named).is_some_and(|n| n.is_a(class.name))
}

async fn target(
    x: &Exchange<'_>,
    class: &'static ClassDescriptor,
    method: &MethodDescriptor,
    selectors: &wsman::epr::SelectorSet,
) -> Result<ObjectPath, Fault> {
    if method.is_static && selectors.names_no_key() {
        return Ok(ObjectPath::of_class(class.name));
    }
    locate(x, class, selectors).await
}

fn read_parameters(
    x: &Exchange<'_>,
    content: Option<Content<'_>>,
    method: &'static MethodDescriptor,
) -> Result<provider::Parameters, Fault> {
    let Some(mut content) = content else {
        return Ok(Vec::new());
    };
    let (reader, element) = content.parts();
    let parameters = read_input(reader, element, method, &x.read_context())
        .map_err(|e| unreadable(e, Doing::Invoking))?;
    content.finish()?;
    Ok(parameters)
}

fn no_method(class: &ClassDescriptor, name: &str) -> Fault {
    let hint = cim_core::nearest(name, class.methods.iter().map(|m| m.name))
        .map(|near| format!(" Did you mean {near}?"))
        .unwrap_or_default();
    Fault::new(Subcode::ActionNotSupported)
        .because(format!("Class {} has no method {name}.{hint}", class.name))
}
