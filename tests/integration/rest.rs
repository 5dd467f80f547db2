//! A CIMI client that follows links: it knows the entry point and the attribute names, nothing else.

use serde_json::{Value, json};

use crate::bridge::{ADMIN, Bridge, PASSWORD, eventually};
use crate::http::{self, Answer};

/// Prefix of type and action URIs.
pub(crate) const CIMI: &str = "http://schemas.dmtf.org/cimi/1/";

/// A caller of a service.
pub(crate) struct Rest {
    authority: String,
    authorization: String,
}

impl Rest {
    /// The administrator of a service.
    pub(crate) fn admin(bridge: &Bridge) -> Self {
        Self::user(bridge, ADMIN, PASSWORD)
    }

    /// A user of a service.
    pub(crate) fn user(bridge: &Bridge, name: &str, password: &str) -> Self {
        Self::at(bridge.authority(), name, password)
    }

    /// A user of a service that is seen at this host and port.
    pub(crate) fn at(authority: &str, name: &str, password: &str) -> Self {
        Self {
            authority: authority.to_owned(),
            authorization: http::basic(name, password),
        }
    }

    /// A request for a URI that the service gave out (or a path), with any body.
    pub(crate) fn send(&self, method: &str, uri: &str, content_type: &str, body: &[u8]) -> Answer {
        let base = format!("http://{}", self.authority);
        let path = uri.strip_prefix(&base).unwrap_or(uri);
        assert!(
            path.starts_with('/'),
            "`{uri}` is not a URI of this service"
        );
        let mut headers = vec![
            ("Authorization", self.authorization.as_str()),
            ("Accept", "application/json"),
        ];
        if !body.is_empty() {
            headers.push(("Content-Type", content_type));
        }
        http::send(&self.authority, method, path, &headers, body)
    }

    /// A request with a JSON body.
    pub(crate) fn json(&self, method: &str, uri: &str, body: &Value) -> Answer {
        self.send(method, uri, "application/json", body.to_string().as_bytes())
    }

    /// The representation at a URI, `None` if there is none.
    pub(crate) fn find(&self, uri: &str) -> Option<Value> {
        let answer = self.send("GET", uri, "", b"");
        if answer.status == 404 {
            return None;
        }
        assert_eq!(answer.status, 200, "GET {uri}: {}", answer.text());
        Some(serde_json::from_slice(&answer.body).expect("a JSON body"))
    }

    /// The representation at a URI, which must be there.
    #[track_caller]
    pub(crate) fn get(&self, uri: &str) -> Value {
        self.find(uri)
            .unwrap_or_else(|| panic!("{uri} is not there"))
    }

    /// The URI of a collection of the entry point.
    #[track_caller]
    pub(crate) fn collection(&self, name: &str) -> String {
        href(&self.get("/cimi/cloudEntryPoint")[name])
    }

    /// The items of a collection of the entry point.
    #[track_caller]
    pub(crate) fn items(&self, name: &str) -> Vec<Value> {
        items(&self.get(&self.collection(name)))
    }

    /// The items of a collection.
    #[track_caller]
    pub(crate) fn items_of(&self, uri: &str) -> Vec<Value> {
        items(&self.get(uri))
    }

    /// Creates a machine from the first template; answers with its URI.
    pub(crate) fn create_machine(&self, name: &str, initial_state: &str) -> String {
        let answer = self.post_machine(name, initial_state);
        assert!(
            matches!(answer.status, 201 | 202),
            "{}: {}",
            answer.status,
            answer.text()
        );
        answer.header("location").expect("Location").to_owned()
    }

    /// The request of [`Self::create_machine`], and the answer as it is.
    pub(crate) fn post_machine(&self, name: &str, initial_state: &str) -> Answer {
        let template = self.items("machineTemplates").remove(0);
        let machines = self.get(&self.collection("machines"));
        let body = json!({
            "resourceURI": format!("{CIMI}MachineCreate"),
            "name": name,
            "machineTemplate": { "href": template["id"], "initialState": initial_state },
        });
        self.json(
            "POST",
            &operation(&machines, "add").expect("`add` is offered"),
            &body,
        )
    }

    /// Performs an action that a resource offers.
    #[track_caller]
    pub(crate) fn act(&self, uri: &str, action: &str) -> Answer {
        let action = format!("{CIMI}action/{action}");
        let resource = self.get(uri);
        let target = operation(&resource, &action)
            .unwrap_or_else(|| panic!("{action} is not offered: {}", resource["operations"]));
        let body = json!({ "resourceURI": format!("{CIMI}Action"), "action": action });
        let answer = self.json("POST", &target, &body);
        assert!(
            matches!(answer.status, 200 | 202),
            "{}: {}",
            answer.status,
            answer.text()
        );
        answer
    }

    /// Deletes a resource by the operation that it offers.
    #[track_caller]
    pub(crate) fn delete(&self, uri: &str) -> Answer {
        let resource = self.get(uri);
        let target = operation(&resource, "delete")
            .unwrap_or_else(|| panic!("delete is not offered: {}", resource["operations"]));
        let answer = self.send("DELETE", &target, "", b"");
        assert!(
            matches!(answer.status, 200 | 202),
            "{}: {}",
            answer.status,
            answer.text()
        );
        answer
    }

    /// The state of a machine; `None` once it is gone.
    pub(crate) fn state(&self, uri: &str) -> Option<String> {
        Some(
            self.find(uri)?["state"]
                .as_str()
                .expect("a state")
                .to_owned(),
        )
    }

    /// Waits until a machine is in a state.
    #[track_caller]
    pub(crate) fn wait_for(&self, uri: &str, state: &str) {
        eventually(&format!("{uri} is {state}"), || {
            (self.state(uri).as_deref() == Some(state)).then_some(())
        });
    }

    /// Waits until the job that an answer names has ended; answers with the job.
    #[track_caller]
    pub(crate) fn job(&self, answer: &Answer) -> Value {
        let uri = answer
            .header("cimi-job-uri")
            .expect("CIMI-Job-URI")
            .to_owned();
        eventually(&format!("{uri} ends"), || {
            let job = self.get(&uri);
            ["SUCCESS", "FAILED", "STOPPED"]
                .iter()
                .any(|&end| job["state"] == end)
                .then_some(job)
        })
    }
}

/// The target of a reference or collection link.
#[track_caller]
pub(crate) fn href(link: &Value) -> String {
    link["href"]
        .as_str()
        .unwrap_or_else(|| panic!("no link: {link}"))
        .to_owned()
}

/// The items of a collection: its only array that is not the operations.
pub(crate) fn items(collection: &Value) -> Vec<Value> {
    let members = collection.as_object().expect("an object");
    let mut arrays = members.iter().filter(|(name, _)| *name != "operations");
    arrays
        .find_map(|(_, value)| value.as_array().cloned())
        .unwrap_or_default()
}

/// The target of an operation that a resource offers.
pub(crate) fn operation(resource: &Value, rel: &str) -> Option<String> {
    let operations = resource["operations"].as_array()?;
    let operation = operations
        .iter()
        .find(|operation| operation["rel"] == rel)?;
    operation["href"].as_str().map(str::to_owned)
}

/// The CIM key of a resource: its URI below `baseURI` (root/cimi keys and REST ids are the same thing).
#[track_caller]
pub(crate) fn instance_id(uri: &str) -> &str {
    uri.split_once("/cimi/")
        .unwrap_or_else(|| panic!("{uri} is not below /cimi/"))
        .1
}
