//! The configuration of the service as Windows clients ask for it: before it sends something large, one
//! wants to know how large that may be (`update_max_payload_size` of pypsrp).

use wsman::Fault;
use wsman::uris::action;
use xml_wire::Writer;

use super::exchange::Exchange;

/// The resource URI, which is also the namespace of the representation.
const CONFIG: &str = "http://schemas.microsoft.com/wbem/wsman/1/config";

/// Whether a resource URI means the configuration.
pub(super) fn is_config_uri(uri: &str) -> bool {
    uri.trim().trim_end_matches('/') == CONFIG
}

/// Get of the configuration: what may be sent and asked for, as far as a client has a use for it.
pub(super) fn get(x: &Exchange<'_>) -> Result<String, Fault> {
    let settings = x.settings();
    let octets = settings.max_envelope.min(settings.xml.document_bytes);
    let mut answer = x.answer(action::GET);
    answer.body();
    let mut writer = Writer::new(answer.text());
    writer.start("cfg:Config");
    writer.namespace("cfg", CONFIG);
    writer.element("cfg:MaxEnvelopeSizekb", &(octets / 1024).to_string());
    writer.end();
    x.finish(answer, false)
}
