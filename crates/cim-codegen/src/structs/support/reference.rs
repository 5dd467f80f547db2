/// A reference to instances of a class.
macro_rules! reference {
    ($doc:literal, $name:ident, $class:literal) => {
        #[doc = $doc]
        #[derive(Debug, Clone, PartialEq)]
        pub struct $name(pub ::cim_core::ObjectPath);

        impl $name {
            /// The class that it refers to, or a superclass of it.
            pub const CLASS: &'static str = $class;
        }

        impl From<::cim_core::ObjectPath> for $name {
            fn from(path: ::cim_core::ObjectPath) -> Self {
                Self(path)
            }
        }

        impl From<$name> for ::cim_core::ObjectPath {
            fn from(reference: $name) -> Self {
                reference.0
            }
        }

        impl super::value::Text for $name {
            fn to_text(&self) -> String {
                self.0.to_string()
            }

            fn from_text(text: String) -> Result<Self, String> {
                ::cim_core::ObjectPath::parse(&text)
                    .map(Self)
                    .map_err(|error| error.to_string())
            }
        }

        //DERIVES
    };
}
pub(crate) use reference;
