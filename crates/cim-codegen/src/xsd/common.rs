//! `common.xsd`: the data types that all class schemas share.

use super::{ANY_ATTRIBUTE, COMMON_NAMESPACE, Schema};

/// The data types of DSP0230 8: the XML Schema type of each CIM type, with any attributes.
pub(super) fn common() -> String {
    const SIMPLE: [(&str, &str); 16] = [
        ("cimBoolean", "boolean"),
        ("cimUnsignedByte", "unsignedByte"),
        ("cimByte", "byte"),
        ("cimUnsignedShort", "unsignedShort"),
        ("cimShort", "short"),
        ("cimUnsignedInt", "unsignedInt"),
        ("cimInt", "int"),
        ("cimUnsignedLong", "unsignedLong"),
        ("cimLong", "long"),
        ("cimFloat", "float"),
        ("cimDouble", "double"),
        ("cimString", "string"),
        ("cimBase64Binary", "base64Binary"),
        ("cimHexBinary", "hexBinary"),
        ("cimAnySimpleType", "anySimpleType"),
        ("cimAnyURI", "anyURI"),
    ];
    const DATETIME: [(&str, &str); 5] = [
        ("CIM_DateTime", "string"),
        ("Interval", "duration"),
        ("Date", "date"),
        ("Time", "time"),
        ("Datetime", "dateTime"),
    ];
    let mut out = Schema::new();
    out.open(&format!(
        "xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" xmlns:cim=\"{COMMON_NAMESPACE}\" \
         targetNamespace=\"{COMMON_NAMESPACE}\" elementFormDefault=\"qualified\""
    ));
    out.line("<xs:attribute name=\"Key\" type=\"xs:boolean\"/>");
    out.line("<xs:attribute name=\"Version\" type=\"xs:string\"/>");
    out.line("<xs:attribute name=\"qualifier\" type=\"xs:boolean\"/>");
    for (name, base) in SIMPLE {
        out.open(&format!("xs:complexType name=\"{name}\""));
        out.open("xs:simpleContent");
        out.open(&format!("xs:extension base=\"xs:{base}\""));
        out.line(ANY_ATTRIBUTE);
        out.close("xs:extension");
        out.close("xs:simpleContent");
        out.close("xs:complexType");
    }
    out.open("xs:complexType name=\"cimChar16\"");
    out.restriction("cim:cimString", &["<xs:maxLength value=\"1\"/>".to_owned()]);
    out.close("xs:complexType");
    out.open("xs:complexType name=\"cimDateTime\"");
    out.open("xs:choice");
    for (name, base) in DATETIME {
        out.line(&format!("<xs:element name=\"{name}\" type=\"xs:{base}\"/>"));
    }
    out.close("xs:choice");
    out.line(ANY_ATTRIBUTE);
    out.close("xs:complexType");
    out.open("xs:complexType name=\"cimReference\"");
    out.open("xs:sequence");
    out.line(
        "<xs:any namespace=\"##other\" processContents=\"lax\" minOccurs=\"1\" maxOccurs=\"unbounded\"/>",
    );
    out.close("xs:sequence");
    out.line(ANY_ATTRIBUTE);
    out.close("xs:complexType");
    // What qualifiers are written as in annotations.
    for (name, base) in [
        ("qualifierBoolean", "cimBoolean"),
        ("qualifierString", "cimString"),
        ("qualifierUInt32", "cimUnsignedInt"),
        ("qualifierSInt64", "cimLong"),
    ] {
        out.open(&format!("xs:complexType name=\"{name}\""));
        out.open("xs:simpleContent");
        out.open(&format!("xs:restriction base=\"cim:{base}\""));
        out.line("<xs:attribute ref=\"cim:qualifier\" fixed=\"true\" use=\"required\"/>");
        out.close("xs:restriction");
        out.close("xs:simpleContent");
        out.close("xs:complexType");
    }
    out.open("xs:complexType name=\"qualifierSArray\"");
    out.open("xs:sequence");
    out.line(
        "<xs:element name=\"value\" type=\"xs:string\" minOccurs=\"0\" maxOccurs=\"unbounded\"/>",
    );
    out.close("xs:sequence");
    out.line("<xs:attribute ref=\"cim:qualifier\" fixed=\"true\" use=\"required\"/>");
    out.close("xs:complexType");
    out.close("xs:schema");
    out.text
}
