//! Descriptor tables: one Rust module a class, one static descriptor in each.
//!
//! A property or method stands in the module of the class that declares it, once; subclasses name it
//! there. The generated crate has a module `table` with the words that are used here (`crates/cimi-model`).

use std::collections::BTreeMap;

use cim_core::{
    CimType, ClassDescriptor, Embedded, MethodDescriptor, ParameterDescriptor, PropertyDescriptor,
    Qualifier, QualifierFlavor, QualifierValue, ValueMap,
};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use crate::file::File;
use crate::name::{distinct, ident, screaming, snake};

/// The tables of these classes, superclasses before subclasses: `mod.rs`, `qualifiers.rs` and a file for
/// each class.
pub(crate) fn tables(classes: &[&'static ClassDescriptor]) -> Vec<File> {
    let modules = distinct(classes.iter().map(|c| c.name), snake);
    let generator = Tables {
        module_of: classes
            .iter()
            .map(|c| c.name)
            .zip(modules.iter().cloned())
            .collect(),
        constructors: constructors(classes),
    };
    let mut files = vec![
        root(classes, &modules),
        File::rust("qualifiers.rs", &generator.qualifier_module()),
    ];
    for (class, module) in classes.iter().zip(&modules) {
        let name = module.to_string();
        let path = format!("{}.rs", name.trim_start_matches("r#"));
        files.push(File::rust(path, &generator.class(class, classes)));
    }
    files
}

fn root(classes: &[&'static ClassDescriptor], modules: &[Ident]) -> File {
    let docs = classes.iter().map(|c| format!(" `{}`", c.name));
    File::rust(
        "mod.rs",
        &quote! {
            //! The classes of the model, a module for each.

            #![allow(unused_imports, reason = "not every class needs every word")]

            mod qualifiers;
            #( #[doc = #docs] pub mod #modules; )*

            /// Every class, superclasses before subclasses.
            pub(crate) static CLASSES: &[&cim_core::ClassDescriptor] = &[ #( &#modules::CLASS ),* ];
        },
    )
}

/// A qualifier name with its flavor, which is nearly always that of its declaration: one constructor
/// function each.
type Constructors = BTreeMap<(&'static str, [bool; 3]), Ident>;

fn flavor_key(flavor: QualifierFlavor) -> [bool; 3] {
    [flavor.to_subclass, flavor.overridable, flavor.translatable]
}

fn constructors(classes: &[&'static ClassDescriptor]) -> Constructors {
    let mut found: Constructors = BTreeMap::new();
    let mut add = |qualifiers: &'static [Qualifier]| {
        for qualifier in qualifiers {
            found.insert((qualifier.name, flavor_key(qualifier.flavor)), ident("x"));
        }
    };
    for class in classes {
        add(class.qualifiers);
        for property in class.properties {
            add(property.qualifiers);
        }
        for method in class.methods {
            add(method.qualifiers);
            for parameter in method.parameters {
                add(parameter.value.qualifiers);
            }
        }
    }
    let names = distinct(found.keys().map(|(name, _)| *name), snake);
    for (slot, name) in found.values_mut().zip(names) {
        *slot = name;
    }
    found
}

struct Tables {
    module_of: BTreeMap<&'static str, Ident>,
    constructors: Constructors,
}

impl Tables {
    fn qualifier_module(&self) -> TokenStream {
        let functions = self.constructors.iter().map(|((name, flavor), function)| {
            let [to_subclass, overridable, translatable] = *flavor;
            quote! {
                pub(super) const fn #function(value: QualifierValue) -> Qualifier {
                    Qualifier {
                        name: #name,
                        value,
                        flavor: QualifierFlavor {
                            to_subclass: #to_subclass,
                            overridable: #overridable,
                            translatable: #translatable,
                        },
                        propagated: false,
                    }
                }
            }
        });
        quote! {
            //! A constructor for each qualifier that the model uses.

            use cim_core::{Qualifier, QualifierFlavor, QualifierValue};

            #( #functions )*
        }
    }

    fn class(
        &self,
        class: &'static ClassDescriptor,
        all: &[&'static ClassDescriptor],
    ) -> TokenStream {
        let parent = class
            .superclass
            .and_then(|name| all.iter().find(|c| c.name == name));
        let positions = distinct(class.properties.iter().map(|p| p.name), screaming);
        let method_names = distinct(class.methods.iter().map(|m| m.name), screaming);

        let own_properties = class
            .properties
            .iter()
            .zip(&positions)
            .filter(|(p, _)| !inherited_property(p, parent));
        let own_properties: Vec<TokenStream> = own_properties
            .map(|(p, name)| {
                let value = self.property(p);
                quote! { pub(in super::super) const #name: PropertyDescriptor = #value; }
            })
            .collect();
        let properties: Vec<TokenStream> = class
            .properties
            .iter()
            .zip(&positions)
            .map(|(p, name)| {
                let place = self.home(class, all, |c, above| {
                    c.properties
                        .iter()
                        .any(|q| q.name == p.name && !inherited_property(q, above))
                });
                quote! { #place property::#name }
            })
            .collect();

        let own_methods: Vec<TokenStream> = class
            .methods
            .iter()
            .zip(&method_names)
            .filter(|(m, _)| !inherited_method(m, parent))
            .map(|(m, name)| {
                let value = self.method(m);
                quote! { pub(in super::super) const #name: MethodDescriptor = #value; }
            })
            .collect();
        let methods: Vec<TokenStream> = class
            .methods
            .iter()
            .zip(&method_names)
            .map(|(m, name)| {
                let place = self.home(class, all, |c, above| {
                    c.methods
                        .iter()
                        .any(|n| n.name == m.name && !inherited_method(n, above))
                });
                quote! { #place method::#name }
            })
            .collect();

        let name = class.name;
        let superclass = option(class.superclass.map(|s| quote!(#s)));
        let ancestors = class.ancestors;
        let flags = class.flags;
        let (is_abstract, is_association, is_indication, is_structure) = (
            flags.is_abstract,
            flags.is_association,
            flags.is_indication,
            flags.is_structure,
        );
        let position = |at: &u16| Literal::u16_unsuffixed(*at);
        let alphabetical = class.alphabetical.iter().map(position);
        let keys = class.keys.iter().map(position);
        let qualifiers = self.qualifiers(class.qualifiers);
        let title = format!(" `{name}`: its table.");
        let doc = doc(class.qualifiers);
        let position_docs = class.properties.iter().map(|p| format!(" `{}`", p.name));
        let numbers = (0..class.properties.len()).map(Literal::usize_unsuffixed);
        let own_properties = module(&quote!(property), &own_properties);
        let own_methods = module(&quote!(method), &own_methods);
        quote! {
            #![doc = #title]

            use super::qualifiers as q;
            use crate::table::*;

            #( #[doc = #doc] )*
            pub static CLASS: ClassDescriptor = ClassDescriptor {
                name: #name,
                superclass: #superclass,
                ancestors: &[ #( #ancestors ),* ],
                flags: ClassFlags {
                    is_abstract: #is_abstract,
                    is_association: #is_association,
                    is_indication: #is_indication,
                    is_structure: #is_structure,
                },
                properties: &[ #( #properties ),* ],
                alphabetical: &[ #( #alphabetical ),* ],
                keys: &[ #( #keys ),* ],
                methods: &[ #( #methods ),* ],
                qualifiers: #qualifiers,
            };

            /// Positions of the properties, for `Instance::at`.
            pub mod at {
                #( #[doc = #position_docs] pub const #positions: usize = #numbers; )*
            }

            #own_properties
            #own_methods
        }
    }

    /// The path of the class in whose module a feature stands: this class or the nearest one above it
    /// that declares it.
    fn home(
        &self,
        class: &'static ClassDescriptor,
        all: &[&'static ClassDescriptor],
        declares: impl Fn(&ClassDescriptor, Option<&&'static ClassDescriptor>) -> bool,
    ) -> TokenStream {
        let find = |name: &str| all.iter().find(|c| c.name == name);
        for name in std::iter::once(&class.name).chain(class.ancestors) {
            let Some(candidate) = find(name) else {
                continue;
            };
            if declares(candidate, candidate.superclass.and_then(find)) {
                if candidate.name == class.name {
                    return quote!();
                }
                let module = self.module_of.get(candidate.name);
                return quote!(super::#module::);
            }
        }
        quote!()
    }

    fn property(&self, property: &PropertyDescriptor) -> TokenStream {
        let name = property.name;
        let ty = cim_type(property.ty);
        let class_origin = property.class_origin;
        let qualifiers = self.qualifiers(property.qualifiers);
        let mut rest = Vec::new();
        if property.is_array {
            rest.push(quote!(is_array: true));
        }
        if let Some(size) = property.array_size {
            rest.push(quote!(array_size: Some(#size)));
        }
        if let Some(class) = property.reference_class {
            rest.push(quote!(reference_class: Some(#class)));
        }
        match property.embedded {
            Embedded::No => {}
            Embedded::Instance(class) => rest.push(quote!(embedded: Embedded::Instance(#class))),
            Embedded::Object => rest.push(quote!(embedded: Embedded::Object)),
        }
        let mut flags = Vec::new();
        if property.flags.key {
            flags.push(quote!(key: true));
        }
        if property.flags.required {
            flags.push(quote!(required: true));
        }
        if !property.flags.read {
            flags.push(quote!(read: false));
        }
        if property.flags.write {
            flags.push(quote!(write: true));
        }
        if property.flags.octet_string {
            flags.push(quote!(octet_string: true));
        }
        if !flags.is_empty() {
            rest.push(quote!(flags: PropertyFlags { #( #flags, )* ..FLAGS }));
        }
        if let Some(map) = property.value_map {
            let map = value_map(map);
            rest.push(quote!(value_map: Some(#map)));
        }
        if let Some(n) = property.max_len {
            rest.push(quote!(max_len: Some(#n)));
        }
        if let Some(n) = property.min_value {
            rest.push(quote!(min_value: Some(#n)));
        }
        if let Some(n) = property.max_value {
            rest.push(quote!(max_value: Some(#n)));
        }
        if property.default != QualifierValue::Null {
            let value = qualifier_value(property.default);
            rest.push(quote!(default: #value));
        }
        quote! {
            PropertyDescriptor {
                name: #name,
                ty: #ty,
                #( #rest, )*
                class_origin: #class_origin,
                qualifiers: #qualifiers,
                ..PROPERTY
            }
        }
    }

    fn method(&self, method: &MethodDescriptor) -> TokenStream {
        let name = method.name;
        let returns = option(method.returns.map(cim_type));
        let value_map = option(method.value_map.map(value_map));
        let is_static = method.is_static;
        let class_origin = method.class_origin;
        let qualifiers = self.qualifiers(method.qualifiers);
        let parameters = method.parameters.iter().map(|p: &ParameterDescriptor| {
            let value = self.property(&p.value);
            let (input, output) = (p.input, p.output);
            quote!(ParameterDescriptor { value: #value, input: #input, output: #output })
        });
        quote! {
            MethodDescriptor {
                name: #name,
                returns: #returns,
                value_map: #value_map,
                parameters: &[ #( #parameters ),* ],
                is_static: #is_static,
                class_origin: #class_origin,
                qualifiers: #qualifiers,
            }
        }
    }

    fn qualifiers(&self, qualifiers: &[Qualifier]) -> TokenStream {
        let items = qualifiers.iter().map(|qualifier| {
            let constructor = self
                .constructors
                .get(&(qualifier.name, flavor_key(qualifier.flavor)));
            let value = qualifier_value(qualifier.value);
            let made = quote!(q::#constructor(#value));
            if qualifier.propagated {
                quote!(propagated(#made))
            } else {
                made
            }
        });
        quote!(&[ #( #items ),* ])
    }
}

/// Whether the superclass has the same property, unchanged: an overriding one has at least `Override`.
fn inherited_property(
    property: &PropertyDescriptor,
    parent: Option<&&'static ClassDescriptor>,
) -> bool {
    parent
        .and_then(|parent| parent.property(property.name))
        .is_some_and(|(_, above)| format!("{above:?}") == format!("{property:?}"))
}

fn inherited_method(method: &MethodDescriptor, parent: Option<&&'static ClassDescriptor>) -> bool {
    parent
        .and_then(|parent| parent.method(method.name))
        .is_some_and(|above| format!("{above:?}") == format!("{method:?}"))
}

/// The module of the features that a class declares itself.
fn module(name: &TokenStream, items: &[TokenStream]) -> TokenStream {
    if items.is_empty() {
        return quote!();
    }
    quote! {
        pub(super) mod #name {
            use super::super::qualifiers as q;
            use crate::table::*;

            #( #items )*
        }
    }
}

/// The Description as lines of a doc comment.
pub(crate) fn doc(qualifiers: &[Qualifier]) -> Vec<String> {
    let text = qualifiers
        .iter()
        .find(|q| q.name.eq_ignore_ascii_case("Description"))
        .and_then(|q| q.value.as_str())
        .unwrap_or("(The MOF does not describe it.)");
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '[' | ']' | '<' | '>' | '`' | '*' | '\\') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped.lines().map(|line| format!(" {line}")).collect()
}

pub(crate) fn option(tokens: Option<TokenStream>) -> TokenStream {
    match tokens {
        Some(tokens) => quote!(Some(#tokens)),
        None => quote!(None),
    }
}

fn cim_type(ty: CimType) -> TokenStream {
    let name = ident(&format!("{ty:?}"));
    quote!(CimType::#name)
}

fn value_map(map: ValueMap) -> TokenStream {
    let (values, names) = (map.values, map.names);
    quote!(ValueMap { values: &[ #( #values ),* ], names: &[ #( #names ),* ] })
}

fn qualifier_value(value: QualifierValue) -> TokenStream {
    match value {
        QualifierValue::Null => quote!(QualifierValue::Null),
        QualifierValue::Boolean(b) => quote!(QualifierValue::Boolean(#b)),
        QualifierValue::Unsigned(n) => quote!(QualifierValue::Unsigned(#n)),
        QualifierValue::Signed(n) => quote!(QualifierValue::Signed(#n)),
        QualifierValue::Real(n) => quote!(QualifierValue::Real(#n)),
        QualifierValue::String(text) => quote!(QualifierValue::String(#text)),
        QualifierValue::Strings(items) => quote!(QualifierValue::Strings(&[ #( #items ),* ])),
        QualifierValue::Integers(items) => quote!(QualifierValue::Integers(&[ #( #items ),* ])),
        QualifierValue::Booleans(items) => quote!(QualifierValue::Booleans(&[ #( #items ),* ])),
    }
}
