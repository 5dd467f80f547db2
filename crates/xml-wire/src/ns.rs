//! The XML namespaces that the codec itself writes, and the prefixes it writes them with.
//!
//! A response declares these prefixes once, on its root element; the WS-CIM codec then uses them.

/// XML Schema instance: `xsi:nil`, `xsi:type`. Prefix `xsi`.
pub const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";
/// XML Schema data types. Prefix `xs`.
pub const XS: &str = "http://www.w3.org/2001/XMLSchema";
/// The namespace of `xml:lang`; never declared.
pub const XML: &str = "http://www.w3.org/XML/1998/namespace";
/// The namespace of namespace declarations; never declared.
pub const XMLNS: &str = "http://www.w3.org/2000/xmlns/";
/// WS-CIM common types: `cim:Datetime`, `cim:Interval`, `cim:Key` (DSP0230). Prefix `cim`.
pub const CIM_COMMON: &str = "http://schemas.dmtf.org/wbem/wscim/1/common";
/// WS-Management: `wsman:ResourceURI`, `wsman:SelectorSet` (DSP0226). Prefix `wsman`.
pub const WSMAN: &str = "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd";
/// Microsoft's extensions of WS-Management. Prefix `m`, declared where it is used.
pub const MS_WSMAN: &str = "http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd";
/// WS-Addressing of August 2004, which WS-Management 1.0 uses. Prefix `wsa`.
pub const WSA_2004: &str = "http://schemas.xmlsoap.org/ws/2004/08/addressing";
/// WS-Addressing 1.0 (W3C, 2005), which WS-Management 1.1 permits. Prefix `wsa`.
pub const WSA_2005: &str = "http://www.w3.org/2005/08/addressing";
