//! Methods with parameters of every kind, in whole messages, on instances and on classes.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use cim_core::{CimError, ErrorKind, Etag, Instance, MethodDescriptor, ObjectPath, Schema, Value};
use cim_query::Query;
use expect_test::{Expect, expect};
use provider::{
    Bookmark, Change, Container, Created, EventPage, IfMatch, Invoked, OperationContext, Outcome,
    Page, PageRequest, Parameters, Provider, Resource,
};

use super::service::{CIM, Service, content, invoke, message};
use crate::wsman::{Settings, WsmanBinding};

const MOF: &str = r#"
class XYZ_Point { uint32 X; uint32 Y; };
class XYZ_Thing {
    [Key] string InstanceID;
    uint32 Mix(
        [In] string Words[],
        [In] XYZ_Thing REF Other,
        [In] XYZ_Thing REF Others[],
        [In, EmbeddedInstance("XYZ_Point")] string Place,
        [In, EmbeddedInstance("XYZ_Point")] string Places[],
        [In] datetime When,
        [In, Out] uint16 Number,
        [In(false), Out] string Said[],
        [In(false), Out] XYZ_Thing REF Found,
        [In(false), Out, EmbeddedInstance("XYZ_Point")] string Center,
        [In(false), Out, EmbeddedInstance("XYZ_Point")] string Corners[],
        [In(false), Out] string Nothing);
    [Static] string Name([In] XYZ_Thing REF Other);
};
"#;

/// A provider that says what it was told: each output is the input of its kind.
struct Echo {
    schema: Arc<Schema>,
    heard: Mutex<String>,
}

impl Echo {
    fn new() -> Arc<Self> {
        let text = [include_str!("../../../../../mof/qualifiers.mof"), MOF].concat();
        let classes = cim_mof::compile_text("methods.mof", &text).lower();
        Arc::new(Self {
            schema: Arc::new(Schema::new(classes)),
            heard: Mutex::default(),
        })
    }
}

fn no<T>() -> Result<T, CimError> {
    Err(CimError::new(ErrorKind::NotSupported, "Only methods."))
}

#[async_trait]
impl Provider for Echo {
    fn schema(&self) -> &Arc<Schema> {
        &self.schema
    }
    async fn get(&self, _: &OperationContext, path: &ObjectPath) -> Result<Resource, CimError> {
        let class = self.schema.class(&path.class).unwrap();
        Ok(Resource {
            instance: Instance::new(class).with("InstanceID", "a"),
            etag: Etag("1".to_owned()),
        })
    }
    async fn query(
        &self,
        _: &OperationContext,
        _: &Query,
        _: PageRequest<'_>,
    ) -> Result<Page, CimError> {
        no()
    }
    async fn create(
        &self,
        _: &OperationContext,
        _: Instance,
        _: Option<Container>,
    ) -> Result<Created, CimError> {
        no()
    }
    async fn modify(
        &self,
        _: &OperationContext,
        _: &ObjectPath,
        _: Vec<Change>,
        _: IfMatch<'_>,
    ) -> Result<Outcome, CimError> {
        no()
    }
    async fn delete(
        &self,
        _: &OperationContext,
        _: &ObjectPath,
        _: IfMatch<'_>,
    ) -> Result<Outcome, CimError> {
        no()
    }
    async fn invoke(
        &self,
        _: &OperationContext,
        path: &ObjectPath,
        method: &'static MethodDescriptor,
        parameters: Parameters,
    ) -> Result<Invoked, CimError> {
        let mut heard = format!("{path} {}\n", method.name);
        for (name, value) in &parameters {
            let _ = writeln!(heard, "{name} = {value:?}");
        }
        *self.heard.lock().unwrap() = heard;
        let echoed = [
            ("Number", "Number"),
            ("Words", "Said"),
            ("Other", "Found"),
            ("Place", "Center"),
            ("Places", "Corners"),
        ];
        let outputs = echoed.iter().filter_map(|(from, to)| {
            let (_, value) = parameters.iter().find(|(name, _)| name == from)?;
            Some(((*to).to_owned(), value.clone()))
        });
        Ok(Invoked {
            return_value: if method.is_static {
                Value::from("named")
            } else {
                Value::Unsigned(0)
            },
            outputs: outputs.collect(),
            outcome: Outcome {
                job: None,
                completed: true,
                resource: None,
            },
        })
    }
    async fn watch(
        &self,
        _: &OperationContext,
        _: Bookmark,
        _: usize,
        _: Option<std::time::Instant>,
    ) -> Result<EventPage, CimError> {
        no()
    }
}

struct Case {
    service: Service,
    echo: Arc<Echo>,
}

impl Case {
    async fn start() -> Self {
        let service = Service::start().await;
        let echo = Echo::new();
        let binding = WsmanBinding::new(
            Arc::clone(&echo) as _,
            Arc::clone(&service.seal) as _,
            Settings::default(),
        );
        let service = Service { binding, ..service };
        Self { service, echo }
    }

    /// What the provider hears, and the body of the answer with one element a line.
    async fn says(&self, text: &str, heard: Expect, answered: Expect) {
        let answer = self.service.ok(text).await;
        heard.assert_eq(&self.echo.heard.lock().unwrap());
        let body = content(&answer, "Body").unwrap().replace("><", ">\n<");
        answered.assert_eq(&(body + "\n"));
    }
}

fn reference(id: &str) -> String {
    format!(
        "<wsa:Address>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</wsa:Address><wsa:ReferenceParameters>\
         <wsman:ResourceURI>{CIM}XYZ_Thing</wsman:ResourceURI><wsman:SelectorSet><wsman:Selector Name=\"InstanceID\">{id}</wsman:Selector>\
         </wsman:SelectorSet></wsa:ReferenceParameters>"
    )
}

/// Proves 5 methods with array, reference, embedded and NULL parameters, both ways.
#[tokio::test]
async fn parameters_of_every_kind() {
    let case = Case::start().await;
    let point = |x: u32| {
        format!(
            "xmlns:q=\"{CIM}XYZ_Point\" xsi:type=\"q:XYZ_Point_Type\"><q:X>{x}</q:X><q:Y>2</q:Y>"
        )
    };
    // Not in the order of the class; a reference with and without the wrapper that some write.
    let input = format!(
        "<p:Number>7</p:Number><p:Words>a</p:Words><p:Words></p:Words><p:Words>c</p:Words>\
         <p:Other>{}</p:Other><p:Others><wsa:EndpointReference>{}</wsa:EndpointReference></p:Others><p:Others>{}</p:Others>\
         <p:Place {}</p:Place><p:Places {}</p:Places><p:Places {}</p:Places>\
         <p:When><cim:Datetime xmlns:cim=\"http://schemas.dmtf.org/wbem/wscim/1/common\">2026-11-24T10:00:00Z</cim:Datetime></p:When>",
        reference("b"),
        reference("c"),
        reference("d"),
        point(1),
        point(3),
        point(4),
    );
    case.says(
        &invoke("XYZ_Thing", "a", "Mix", &input),
        expect![[r#"
            XYZ_Thing.InstanceID="a" Mix
            Words = Array([String("a"), String(""), String("c")])
            Other = Reference(ObjectPath { namespace: None, class: "XYZ_Thing", keys: [("InstanceID", String("b"))] })
            Others = Array([Reference(ObjectPath { namespace: None, class: "XYZ_Thing", keys: [("InstanceID", String("c"))] }), Reference(ObjectPath { namespace: None, class: "XYZ_Thing", keys: [("InstanceID", String("d"))] })])
            Place = Instance(XYZ_Point { X: Unsigned(1), Y: Unsigned(2) })
            Places = Array([Instance(XYZ_Point { X: Unsigned(3), Y: Unsigned(2) }), Instance(XYZ_Point { X: Unsigned(4), Y: Unsigned(2) })])
            When = DateTime(Timestamp { micros: 1795514400000000, offset: 0, precision: 20 })
            Number = Unsigned(7)
        "#]],
        expect![[r#"
            <p:Mix_OUTPUT xmlns:p="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/XYZ_Thing">
            <p:Number>7</p:Number>
            <p:Said>a</p:Said>
            <p:Said />
            <p:Said>c</p:Said>
            <p:Found>
            <wsa:Address>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</wsa:Address>
            <wsa:ReferenceParameters>
            <wsman:ResourceURI>http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/XYZ_Thing</wsman:ResourceURI>
            <wsman:SelectorSet>
            <wsman:Selector Name="__cimnamespace">root/cimi</wsman:Selector>
            <wsman:Selector Name="InstanceID">b</wsman:Selector>
            </wsman:SelectorSet>
            </wsa:ReferenceParameters>
            </p:Found>
            <p:Center xmlns:e="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/XYZ_Point" xsi:type="e:XYZ_Point_Type">
            <e:X>1</e:X>
            <e:Y>2</e:Y>
            </p:Center>
            <p:Corners xmlns:e="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/XYZ_Point" xsi:type="e:XYZ_Point_Type">
            <e:X>3</e:X>
            <e:Y>2</e:Y>
            </p:Corners>
            <p:Corners xmlns:e="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/XYZ_Point" xsi:type="e:XYZ_Point_Type">
            <e:X>4</e:X>
            <e:Y>2</e:Y>
            </p:Corners>
            <p:ReturnValue>0</p:ReturnValue>
            </p:Mix_OUTPUT>
        "#]],
    )
    .await;
}

/// Proves 5 methods with array, reference, embedded and NULL parameters, both ways.
#[tokio::test]
async fn parameters_that_are_null_or_absent() {
    let case = Case::start().await;
    let nil = ["Words", "Other", "Place", "Places", "When", "Number"]
        .map(|name| format!("<p:{name} xsi:nil=\"true\"/>"))
        .concat();
    case.says(
        &invoke("XYZ_Thing", "a", "Mix", &nil),
        expect![[r#"
            XYZ_Thing.InstanceID="a" Mix
            Words = Null
            Other = Null
            Place = Null
            Places = Null
            When = Null
            Number = Null
        "#]],
        expect![[r#"
            <p:Mix_OUTPUT xmlns:p="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/XYZ_Thing">
            <p:Number xsi:nil="true" />
            <p:Said xsi:nil="true" />
            <p:Found xsi:nil="true" />
            <p:Center xsi:nil="true" />
            <p:Corners xsi:nil="true" />
            <p:ReturnValue>0</p:ReturnValue>
            </p:Mix_OUTPUT>
        "#]],
    )
    .await;
    case.says(
        &invoke("XYZ_Thing", "a", "Mix", ""),
        expect![[r#"
            XYZ_Thing.InstanceID="a" Mix
        "#]],
        expect![[r#"
            <p:Mix_OUTPUT xmlns:p="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/XYZ_Thing">
            <p:ReturnValue>0</p:ReturnValue>
            </p:Mix_OUTPUT>
        "#]],
    )
    .await;
}

/// Proves 5 methods of classes.
#[tokio::test]
async fn methods_of_classes() {
    let case = Case::start().await;
    let of_class = message(
        &format!("{CIM}XYZ_Thing/Name"),
        &format!("{CIM}XYZ_Thing"),
        "<wsman:SelectorSet><wsman:Selector Name=\"__cimnamespace\">root/cimi</wsman:Selector></wsman:SelectorSet>",
        &format!(
            "<p:Name_INPUT xmlns:p=\"{CIM}XYZ_Thing\"><p:Other>{}</p:Other></p:Name_INPUT>",
            reference("b")
        ),
    );
    case.says(&of_class, expect![[r#"
        XYZ_Thing Name
        Other = Reference(ObjectPath { namespace: None, class: "XYZ_Thing", keys: [("InstanceID", String("b"))] })
    "#]], expect![[r#"
        <p:Name_OUTPUT xmlns:p="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/XYZ_Thing">
        <p:ReturnValue>named</p:ReturnValue>
        </p:Name_OUTPUT>
    "#]]).await;
    // The same on an instance; without a body at all.
    case.says(
        &invoke("XYZ_Thing", "a", "Name", ""),
        expect![[r#"
            XYZ_Thing.InstanceID="a" Name
        "#]],
        expect![[r#"
            <p:Name_OUTPUT xmlns:p="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/XYZ_Thing">
            <p:ReturnValue>named</p:ReturnValue>
            </p:Name_OUTPUT>
        "#]],
    )
    .await;
}

/// Proves 6 InvalidParameter with each detail.
#[tokio::test]
async fn parameters_that_are_wrong() {
    let case = Case::start().await;
    for (input, detail) in [
        ("<p:Number>x</p:Number>".to_owned(), "TypeMismatch"),
        ("<p:Number>70000</p:Number>".to_owned(), "TypeMismatch"),
        ("<p:Nombre>1</p:Nombre>".to_owned(), "InvalidName"),
        ("<p:Other>b</p:Other>".to_owned(), "TypeMismatch"),
        ("<p:When>soon</p:When>".to_owned(), "TypeMismatch"),
        ("<p:Said>only out</p:Said>".to_owned(), "InvalidName"),
    ] {
        let fault = case
            .service
            .fault(&invoke("XYZ_Thing", "a", "Mix", &input))
            .await;
        assert_eq!(
            (fault.0.as_str(), fault.1.as_deref()),
            ("wsman:InvalidParameter", Some(detail)),
            "{input}"
        );
    }
}
