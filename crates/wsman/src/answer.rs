//! Writing answers: the envelope around every body, Identify, and faults (DSP0226 5.4, 11, 14).
//!
//! Empty elements are written `<x></x>`: one widespread client splits tags at blanks and loses a
//! document that has `<x/>`. No XML declaration is sent, because WinRM must not get one.

use std::fmt::Write as _;

use crate::eventing::Mode;
use crate::fault::{Extra, Fault, status_name};
use crate::fragment::FragmentTransfer;
use crate::uris::{Addressing, FAULT_DETAIL, OWNING_ENTITY, SECURITY_PROFILE, dialect, ns};
use xml_wire::Writer;

/// What an answer needs of its request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reply {
    /// The WS-Addressing that the client speaks.
    pub addressing: Addressing,
    /// The MessageID of the request exactly as sent; `None` if it had none, because an empty
    /// `RelatesTo` breaks clients.
    pub relates_to: Option<String>,
    /// The reference parameters of `wsa:ReplyTo` as header blocks that depend on nothing around them
    /// (DSP0226 R5.4.2-5).
    pub reference_parameters: String,
}

/// An answer being written. The prefixes `s`, `wsa`, `wsman`, `xsi`, `xs` and `cim` are declared.
#[derive(Debug)]
pub struct Answer {
    out: String,
}

/// Room for a Get of a typical instance without growing.
const USUAL_SIZE: usize = 4096;

impl Answer {
    /// Begins an answer; the header is open for further blocks.
    pub fn new(reply: &Reply, action: &str, message_id: &str) -> Self {
        let mut out = String::with_capacity(USUAL_SIZE);
        open(&mut out, reply, action, message_id);
        out.push_str(&reply.reference_parameters);
        Self { out }
    }

    /// Adds `wsman:TotalItemsCountEstimate`; `None` says that the number is not known.
    pub fn total_items(&mut self, count: Option<u64>) {
        match count {
            Some(count) => {
                let _ = write!(
                    self.out,
                    "<wsman:TotalItemsCountEstimate>{count}</wsman:TotalItemsCountEstimate>"
                );
            }
            None => self.out.push_str(
                "<wsman:TotalItemsCountEstimate xsi:nil=\"true\"></wsman:TotalItemsCountEstimate>",
            ),
        }
    }

    /// Repeats the header that names the part of the resource that the answer is about (DSP0226 7).
    pub fn fragment(&mut self, fragment: &FragmentTransfer) {
        self.out.push_str(&fragment.block);
    }

    /// Opens the header that says which job carries out a write, and whether it is done; the reference to
    /// the job is written next, then [`Answer::end_job`].
    pub fn job(&mut self, completed: bool) {
        let _ = write!(
            self.out,
            "<b:Job xmlns:b=\"{}\" Completed=\"{completed}\"><wsa:EndpointReference>",
            ns::BRIDGE
        );
    }

    /// Closes what [`Answer::job`] opened.
    pub fn end_job(&mut self) {
        self.out.push_str("</wsa:EndpointReference></b:Job>");
    }

    /// Closes the header and opens the body.
    pub fn body(&mut self) {
        self.out.push_str("</s:Header><s:Body>");
    }

    /// The text so far.
    pub fn as_str(&self) -> &str {
        &self.out
    }

    /// The text so far; whatever is written goes behind it.
    pub fn text(&mut self) -> &mut String {
        &mut self.out
    }

    /// Closes the body and the envelope.
    pub fn finish(mut self) -> String {
        self.out.push_str(Self::END);
        self.out
    }

    /// What [`Answer::finish`] adds.
    pub const END: &str = "</s:Body></s:Envelope>";
}

/// Appends text with the characters that XML reserves escaped.
fn push_escaped(out: &mut String, text: &str) {
    Writer::new(out).text(text);
}

fn open(out: &mut String, reply: &Reply, action: &str, message_id: &str) {
    out.push_str(match reply.addressing {
        Addressing::V2004 => concat!(
            "<s:Envelope xml:lang=\"en-US\" xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"",
            " xmlns:wsa=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\"",
            " xmlns:wsman=\"http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd\"",
            " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"",
            " xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"",
            " xmlns:cim=\"http://schemas.dmtf.org/wbem/wscim/1/common\"><s:Header><wsa:To>",
            "http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous",
            "</wsa:To><wsa:Action>"
        ),
        Addressing::V2005 => concat!(
            "<s:Envelope xml:lang=\"en-US\" xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"",
            " xmlns:wsa=\"http://www.w3.org/2005/08/addressing\"",
            " xmlns:wsman=\"http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd\"",
            " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"",
            " xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"",
            " xmlns:cim=\"http://schemas.dmtf.org/wbem/wscim/1/common\"><s:Header><wsa:To>",
            "http://www.w3.org/2005/08/addressing/anonymous",
            "</wsa:To><wsa:Action>"
        ),
    });
    let mut writer = Writer::new(out);
    writer.text(action);
    writer.raw("</wsa:Action><wsa:MessageID>");
    writer.text(message_id);
    writer.raw("</wsa:MessageID>");
    if let Some(relates_to) = &reply.relates_to {
        writer.raw("<wsa:RelatesTo>");
        writer.text(relates_to);
        writer.raw("</wsa:RelatesTo>");
    }
}

/// What Identify tells about the service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    /// `wsmid:ProductVendor`
    pub vendor: &'static str,
    /// `wsmid:ProductVersion`
    pub version: &'static str,
    /// `wsmid:InitiativeSupport`: names and versions (three numbers with dots) of what the service
    /// conforms to beside WS-Management.
    pub initiatives: Vec<(&'static str, &'static str)>,
}

/// The answer to Identify (DSP0226 11, DSP0227 11.2). `security_profiles`: last parts of those that are
/// offered at this moment, such as `https/basic`; `None` for a caller who has not logged in and learns
/// neither them nor the version nor the initiatives.
pub fn identify(product: &Product, security_profiles: Option<&[&str]>) -> String {
    let mut out = String::with_capacity(1024);
    let _ = write!(
        out,
        "<s:Envelope xmlns:s=\"{}\" xmlns:wsmid=\"{}\" xmlns:wsmb=\"{}\"><s:Header></s:Header><s:Body>\
         <wsmid:IdentifyResponse><wsmid:ProtocolVersion>{}</wsmid:ProtocolVersion><wsmid:ProductVendor>",
        ns::SOAP,
        ns::WSMID,
        ns::WSMB,
        ns::WSMAN
    );
    push_escaped(&mut out, product.vendor);
    out.push_str("</wsmid:ProductVendor><wsmid:ProductVersion>");
    push_escaped(
        &mut out,
        match security_profiles {
            Some(_) => product.version,
            None => "0.0.0",
        },
    );
    out.push_str("</wsmid:ProductVersion>");
    if let Some(profiles) = security_profiles {
        for (name, version) in &product.initiatives {
            let mut writer = Writer::new(&mut out);
            writer.start("wsmid:InitiativeSupport");
            writer.element("wsmid:InitiativeName", name);
            writer.element("wsmid:InitiativeVersion", version);
            writer.end();
        }
        out.push_str("<wsmid:SecurityProfiles>");
        for profile in profiles {
            let _ = write!(
                out,
                "<wsmid:SecurityProfileName>{SECURITY_PROFILE}{profile}</wsmid:SecurityProfileName>"
            );
        }
        out.push_str("</wsmid:SecurityProfiles>");
    }
    // Who cannot log in yet has to know, too, how to speak.
    for addressing in [Addressing::V2004, Addressing::V2005] {
        let _ = write!(
            out,
            "<wsmid:AddressingVersionURI>{}</wsmid:AddressingVersionURI>",
            addressing.namespace()
        );
    }
    if security_profiles.is_some() {
        out.push_str(
            "<wsmb:Capability_FaultIncludesCIMError></wsmb:Capability_FaultIncludesCIMError>",
        );
    }
    out.push_str("</wsmid:IdentifyResponse>");
    out.push_str(Answer::END);
    out
}

/// For whom a fault is written beside what the standard asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience<'a> {
    /// Any client.
    Standard,
    /// Windows consoles: they show the Microsoft fault detail, which names this machine. Others are
    /// not sent it, because some show its number in place of the subcode.
    Windows {
        /// Host name as the client knows it.
        machine: &'a str,
    },
}

/// The fault message that answers a request.
pub fn fault(fault: &Fault, reply: &Reply, message_id: &str, audience: Audience<'_>) -> String {
    let addressing = reply.addressing;
    let mut out = String::with_capacity(2048);
    open(&mut out, reply, fault.action(addressing), message_id);
    match fault.extra() {
        Extra::NotUnderstood { namespace, name } => {
            let mut writer = Writer::new(&mut out);
            writer.start("s:NotUnderstood");
            if namespace.is_empty() {
                writer.attribute("qname", name);
            } else {
                writer.attribute("qname", &format!("n:{name}"));
                writer.namespace("n", namespace);
            }
            writer.raw("</s:NotUnderstood>");
        }
        _ if fault.subcode() == crate::Subcode::VersionMismatch => {
            out.push_str(
                "<s:Upgrade><s:SupportedEnvelope qname=\"s:Envelope\"></s:SupportedEnvelope></s:Upgrade>",
            );
        }
        _ => {}
    }
    out.push_str("</s:Header><s:Body><s:Fault");
    let subcode = fault.subcode_name(addressing);
    if let Some((prefix @ ("wsen" | "wse" | "wxf" | "wsmb"), namespace, _)) = subcode {
        let _ = write!(out, " xmlns:{prefix}=\"{namespace}\"");
    }
    let _ = write!(out, "><s:Code><s:Value>s:{}</s:Value>", fault.code().name());
    if let Some((prefix, _, name)) = subcode {
        let _ = write!(
            out,
            "<s:Subcode><s:Value>{prefix}:{name}</s:Value></s:Subcode>"
        );
    }
    out.push_str("</s:Code><s:Reason><s:Text xml:lang=\"en-US\">");
    push_escaped(&mut out, &fault.reason());
    out.push_str("</s:Text></s:Reason>");
    write_detail(&mut out, fault, audience);
    out.push_str("</s:Fault>");
    out.push_str(Answer::END);
    out
}

/// `s:Detail`: FaultDetail, fault-specific elements, CIM error, vendor elements, in this order.
fn write_detail(out: &mut String, fault: &Fault, audience: Audience<'_>) {
    const OPEN: &str = "<s:Detail>";
    let start = out.len();
    out.push_str(OPEN);
    if let Some(detail) = fault.fault_detail() {
        let _ = write!(
            out,
            "<wsman:FaultDetail>{FAULT_DETAIL}{}</wsman:FaultDetail>",
            detail.name()
        );
    }
    match fault.extra() {
        Extra::SupportedDialects => {
            for dialect in dialect::SUPPORTED {
                let _ = write!(
                    out,
                    "<wsen:SupportedDialect>{dialect}</wsen:SupportedDialect>"
                );
            }
        }
        Extra::SupportedEventDialects => {
            for dialect in dialect::OF_EVENTS {
                let _ = write!(
                    out,
                    "<wse:SupportedDialect>{dialect}</wse:SupportedDialect>"
                );
            }
        }
        Extra::DeliveryModes => {
            for mode in Mode::ALL {
                let _ = write!(
                    out,
                    "<wse:SupportedDeliveryMode>{}</wse:SupportedDeliveryMode>",
                    mode.uri()
                );
            }
        }
        Extra::FragmentDialects => {
            let _ = write!(
                out,
                "<wsman:FragmentDialect>{}</wsman:FragmentDialect>",
                dialect::XPATH
            );
        }
        Extra::ReplyAfter(seconds) => {
            let _ = write!(out, "<wsa:ReplyAfter>{seconds}</wsa:ReplyAfter>");
        }
        Extra::None | Extra::NotUnderstood { .. } => {}
    }
    if let Some(cim) = fault.cim() {
        // CIM_Error (DSP0227 11.2); PerceivedSeverity 4 is "minor". The message is one of ours, and its
        // name says more than the status: another bridge reads it.
        let _ = write!(
            out,
            "<e:CIM_Error xmlns:e=\"http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_Error\" \
             xmlns:wsmb=\"{}\" wsmb:IsCIM_Error=\"true\" xsi:type=\"e:CIM_Error_Type\">\
             <e:CIMStatusCode xsi:type=\"cim:cimUnsignedInt\">{}</e:CIMStatusCode>\
             <e:CIMStatusCodeDescription xsi:type=\"cim:cimString\">{}</e:CIMStatusCodeDescription>\
             <e:Message xsi:type=\"cim:cimString\">",
            ns::WSMB,
            cim.status,
            status_name(cim.status)
        );
        push_escaped(out, fault.message());
        out.push_str("</e:Message>");
        if let Some(subject) = &cim.subject {
            out.push_str("<e:MessageArguments xsi:type=\"cim:cimString\">");
            push_escaped(out, subject);
            out.push_str("</e:MessageArguments>");
        }
        let _ = write!(
            out,
            "<e:MessageID xsi:type=\"cim:cimString\">{}</e:MessageID>\
             <e:OwningEntity xsi:type=\"cim:cimString\">{OWNING_ENTITY}</e:OwningEntity>\
             <e:PerceivedSeverity xsi:type=\"cim:cimUnsignedShort\">4</e:PerceivedSeverity>\
             </e:CIM_Error>",
            cim.kind.name()
        );
    }
    if let Audience::Windows { machine } = audience {
        let mut writer = Writer::new(out);
        writer.start("f:WSManFault");
        writer.namespace("f", ns::MS_FAULT);
        writer.attribute("Code", &fault.windows_code().to_string());
        writer.attribute("Machine", machine);
        writer.element("f:Message", &fault.reason());
        writer.end();
    }
    if out.len() == start + OPEN.len() {
        out.truncate(start);
    } else {
        out.push_str("</s:Detail>");
    }
}
