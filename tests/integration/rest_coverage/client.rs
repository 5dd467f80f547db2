//! A client that sends and reads in one format, and notes what it met.

use std::collections::BTreeSet;

use cimi_rest::{
    ClassModel, Context, Format, Links, ReadContext, ResourceView, RestModel, Route, Unknown,
    read_resource, route, write_xml,
};
use serde_json::{Map, Value, json};

use super::marks::{Marks, Way};
use crate::bridge::{ADMIN, Bridge, PASSWORD, eventually};
use crate::http::{self, Answer, Connection};
use crate::rest::{CIMI, operation};

pub(super) struct Client<'c, 'm> {
    connection: Connection,
    authorization: String,
    links: Links,
    model: &'m RestModel,
    format: Format,
    marks: &'c mut Marks<'m>,
    /// Every XML body that came.
    pub(super) documents: BTreeSet<String>,
    /// What was made, oldest first.
    pub(super) made: Vec<String>,
}

impl<'c, 'm> Client<'c, 'm> {
    pub(super) fn new(
        bridge: &Bridge,
        model: &'m RestModel,
        marks: &'c mut Marks<'m>,
        format: Format,
    ) -> Self {
        Self {
            connection: Connection::open(bridge.authority()),
            authorization: http::basic(ADMIN, PASSWORD),
            links: Links::new("http", bridge.authority(), "/cimi/"),
            model,
            format,
            marks,
            documents: BTreeSet::new(),
            made: Vec::new(),
        }
    }

    pub(super) fn base(&self) -> String {
        self.links.base().to_owned()
    }

    fn path(&self, uri: &str) -> String {
        let id = self.links.instance_id(uri);
        format!("/cimi/{id}")
    }

    fn send(
        &mut self,
        method: &str,
        path: &str,
        accept: Format,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Answer {
        let mut all = vec![
            ("Authorization", self.authorization.as_str()),
            ("Accept", accept.media_type()),
        ];
        if !body.is_empty() {
            all.push(("Content-Type", self.format.media_type()));
        }
        all.extend_from_slice(headers);
        let answer = self.connection.send(method, path, &all, body.as_bytes());
        if accept == Format::Xml && answer.header("content-type") == Some(Format::Xml.media_type())
        {
            self.documents.insert(answer.text());
        }
        answer
    }

    /// Reads what is at a URI in the format of this client, and gives it as JSON. What is not there is `Null`.
    pub(super) fn get(&mut self, uri: &str) -> Value {
        let path = self.path(uri);
        let mut answer = self.send("GET", &path, self.format, &[], "");
        if answer.status == 404 {
            return Value::Null;
        }
        assert_eq!(answer.status, 200, "GET {path}: {}", answer.text());
        match self.format {
            Format::Json => {
                let document = serde_json::from_slice(&answer.body).expect("JSON");
                self.marks.json_document(Way::Read, &document);
            }
            Format::Xml => {
                self.marks.xml_document(Way::Read, &answer.text());
                // What to do next is read from the other format.
                answer = self.send("GET", &path, Format::Json, &[], "");
                if answer.status == 404 {
                    return Value::Null;
                }
            }
        }
        let id = self.links.instance_id(&path).into_owned();
        if let Some(Route::Collection {
            collection, owner, ..
        }) = route(self.model, &id)
        {
            let owner = owner.map_or(self.model.entry_point(), |(class, _)| class);
            self.marks
                .add(owner, collection.name, Way::Listed, self.format);
        }
        serde_json::from_slice(&answer.body).expect("JSON")
    }

    /// The class of a document.
    pub(super) fn class_of(&self, document: &Value) -> &'m ClassModel {
        let uri = document["resourceURI"].as_str().unwrap_or_default();
        let name = uri.rsplit('/').next().unwrap_or_default();
        self.model
            .resource_type(name)
            .unwrap_or_else(|| panic!("no type: {document}"))
    }

    /// A body of this type in the format of this client.
    fn written(&self, class: &ClassModel, mut body: Value) -> String {
        body["resourceURI"] = json!(class.type_uri);
        let text = body.to_string();
        if self.format == Format::Json {
            return text;
        }
        let reading = ReadContext {
            model: self.model,
            links: &self.links,
            unknown: Unknown::Refuse,
            content_type: None,
        };
        let instance = read_resource(&reading, Format::Json, &[class], text.as_bytes())
            .unwrap_or_else(|error| panic!("{error}: {body}"));
        let writing = Context {
            model: self.model,
            links: &self.links,
            request: true,
        };
        let mut out = String::new();
        write_xml(&mut out, &writing, &ResourceView::whole(&instance));
        out
    }

    fn mark_written(&mut self, class: &'m ClassModel, text: &str) {
        match self.format {
            Format::Json => {
                let document: Map<String, Value> = serde_json::from_str(text).expect("JSON");
                self.marks.json(Way::Written, class, &document);
            }
            Format::Xml => {
                let document = roxmltree::Document::parse(text).expect("XML");
                self.marks.xml(Way::Written, class, document.root_element());
            }
        }
    }

    /// Waits until the job of an answer has ended, in which state; `None` where it is gone with its time.
    fn ended(&mut self, answer: &Answer) -> Value {
        let uri = answer
            .header("cimi-job-uri")
            .expect("CIMI-Job-URI")
            .to_owned();
        eventually("the job ends", || {
            let job = self.get(&uri);
            ["SUCCESS", "FAILED", "STOPPED"]
                .iter()
                .any(|&end| job["state"] == end)
                .then_some(job)
        })
    }

    /// Adds to the collection at a URI, by the operation that it offers; waits; the URI of what was made.
    #[track_caller]
    pub(super) fn create(&mut self, collection: &str, type_name: &str, body: Value) -> String {
        let (uri, job) = self.try_create(collection, type_name, body);
        assert_eq!(job["state"], "SUCCESS", "{collection}: {job}");
        uri
    }

    /// The same, with the job, however it ended.
    #[track_caller]
    pub(super) fn try_create(
        &mut self,
        collection: &str,
        type_name: &str,
        body: Value,
    ) -> (String, Value) {
        let answer = self.post(collection, type_name, body);
        let job = self.ended(&answer);
        (answer.header("location").expect("Location").to_owned(), job)
    }

    /// The same without waiting.
    #[track_caller]
    pub(super) fn post(&mut self, collection: &str, type_name: &str, body: Value) -> Answer {
        let listed = self.get(collection);
        let add = operation(&listed, "add").unwrap_or_else(|| panic!("no add: {listed}"));
        let class = self.model.resource_type(type_name).expect("a type");
        let text = self.written(class, body);
        let answer = self.send("POST", &self.path(&add), self.format, &[], &text);
        assert!(
            matches!(answer.status, 201 | 202),
            "{collection}: {} {}\n{text}",
            answer.status,
            answer.text()
        );
        self.mark_written(class, &text);
        let uri = answer.header("location").expect("Location").to_owned();
        let id = self.links.instance_id(collection).into_owned();
        match route(self.model, &id) {
            Some(Route::Collection { collection, .. }) => {
                let item = self.model.class(collection.item);
                self.marks.add(item, cimi_rest::ADD, Way::Done, self.format);
            }
            other => panic!("{collection} is no collection: {other:?}"),
        }
        self.made.push(uri.clone());
        answer
    }

    /// Does an action that is offered; waits; the answer and its job.
    #[track_caller]
    pub(super) fn try_act(
        &mut self,
        uri: &str,
        action: &str,
        parameters: Value,
    ) -> (Answer, Value) {
        let rel = format!("{CIMI}action/{action}");
        let resource = self.get(uri);
        let target =
            operation(&resource, &rel).unwrap_or_else(|| panic!("no {action}: {resource}"));
        let text = self.action(&rel, parameters);
        let answer = self.send("POST", &self.path(&target), self.format, &[], &text);
        assert!(
            matches!(answer.status, 200..=202),
            "{uri} {action}: {} {}",
            answer.status,
            answer.text()
        );
        let job = self.ended(&answer);
        let id = self.links.instance_id(&self.path(&target)).into_owned();
        let found = match route(self.model, &id) {
            Some(Route::Action {
                class, operation, ..
            }) => (class, operation.name),
            Some(Route::CollectionAction {
                collection,
                operation,
                ..
            }) => (self.model.class(collection.item), operation.name),
            other => panic!("{target} is no action: {other:?}"),
        };
        if job["state"] == "SUCCESS" {
            self.marks.add(found.0, found.1, Way::Done, self.format);
        }
        (answer, job)
    }

    /// The same; it has to succeed.
    #[track_caller]
    pub(super) fn act(&mut self, uri: &str, action: &str, parameters: Value) -> Answer {
        let (answer, job) = self.try_act(uri, action, parameters);
        assert_eq!(job["state"], "SUCCESS", "{uri} {action}: {job}");
        answer
    }

    /// Stops a job; whether that was soon enough.
    pub(super) fn stop_job(&mut self, uri: &str) -> bool {
        let rel = format!("{CIMI}action/stop");
        let job = self.get(uri);
        let Some(target) = operation(&job, &rel) else {
            return false;
        };
        let text = self.action(&rel, json!({}));
        let answer = self.send("POST", &self.path(&target), self.format, &[], &text);
        if answer.status == 409 {
            return false;
        }
        assert!(matches!(answer.status, 200 | 202), "{}", answer.text());
        let class = self.class_of(&job);
        eventually("the job is stopped", || {
            let job = self.get(uri);
            (job["state"] == "STOPPED").then_some(())
        });
        self.marks.add(class, "stop", Way::Done, self.format);
        true
    }

    fn action(&self, rel: &str, parameters: Value) -> String {
        let Value::Object(mut body) = parameters else {
            panic!("parameters are an object, not {parameters}");
        };
        if self.format == Format::Json {
            body.insert("resourceURI".to_owned(), json!(format!("{CIMI}Action")));
            body.insert("action".to_owned(), json!(rel));
            return Value::Object(body).to_string();
        }
        let parameters = body;
        let mut body =
            format!("<Action xmlns=\"http://schemas.dmtf.org/cimi/1\"><action>{rel}</action>");
        for (name, value) in parameters {
            match value {
                Value::Object(link) if link.contains_key("href") => {
                    let href = link["href"].as_str().expect("a link");
                    body.push_str(&format!("<{name} href=\"{href}\"/>"));
                }
                Value::Object(map) => {
                    for (key, value) in map {
                        let value = value.as_str().expect("a string");
                        body.push_str(&format!("<property key=\"{key}\">{value}</property>"));
                    }
                }
                Value::String(text) => body.push_str(&format!("<{name}>{text}</{name}>")),
                other => body.push_str(&format!("<{name}>{other}</{name}>")),
            }
        }
        body.push_str("</Action>");
        body
    }

    /// Changes what all resources have in common by `$select`, then sends all of the resource back as it came.
    #[track_caller]
    pub(super) fn edit(&mut self, uri: &str) {
        let resource = self.get(uri);
        let Some(target) = operation(&resource, "edit") else {
            return;
        };
        let class = self.class_of(&resource);
        let name = resource["name"].as_str().unwrap_or("walked over");
        let body = json!({
            "name": name, "description": "walked over", "properties": { "walk": "over" },
        });
        let body = self.written(class, body);
        let path = self.path(&target);
        let part = format!("{path}?$select=name,description,properties");
        let answer = self.send("PUT", &part, self.format, &[], &body);
        assert!(
            matches!(answer.status, 200 | 202),
            "{part}: {}",
            answer.text()
        );
        self.ended(&answer);
        self.mark_written(class, &body);
        let whole = self.send("GET", &path, self.format, &[], "");
        let tag = whole.header("etag").expect("ETag").to_owned();
        let text = whole.text();
        let answer = self.send("PUT", &path, self.format, &[("If-Match", &tag)], &text);
        assert!(
            matches!(answer.status, 200 | 202),
            "{path}: {}\n{text}",
            answer.text()
        );
        self.ended(&answer);
        self.mark_written(class, &text);
        self.marks
            .add(class, cimi_rest::EDIT, Way::Done, self.format);
        let after = self.get(uri);
        assert_eq!(after["description"], "walked over", "{uri}");
        for (name, value) in resource.as_object().expect("an object") {
            // Its job is one more event or job of something that counts them.
            let own = [
                "name",
                "description",
                "properties",
                "updated",
                "operations",
                "summary",
                "progress",
            ];
            if !own.contains(&name.as_str()) {
                assert_eq!(&after[name], value, "{uri}: {name}");
            }
        }
    }

    /// Sends some attributes by `$select`.
    #[track_caller]
    pub(super) fn set(&mut self, uri: &str, body: &Value) {
        let resource = self.get(uri);
        let class = self.class_of(&resource);
        let names: Vec<_> = body
            .as_object()
            .expect("an object")
            .keys()
            .cloned()
            .collect();
        let text = self.written(class, body.clone());
        let part = format!("{}?$select={}", self.path(uri), names.join(","));
        let answer = self.send("PUT", &part, self.format, &[], &text);
        assert!(
            matches!(answer.status, 200 | 202),
            "{part}: {}",
            answer.text()
        );
        assert_eq!(self.ended(&answer)["state"], "SUCCESS");
        self.mark_written(class, &text);
    }

    /// Deletes a resource by the operation that it offers; waits.
    #[track_caller]
    pub(super) fn delete(&mut self, uri: &str) {
        let resource = self.get(uri);
        if resource.is_null() {
            return;
        }
        let target =
            operation(&resource, "delete").unwrap_or_else(|| panic!("no delete: {resource}"));
        let class = self.class_of(&resource);
        let answer = self.send("DELETE", &self.path(&target), self.format, &[], "");
        assert!(
            matches!(answer.status, 200 | 202),
            "{uri}: {}",
            answer.text()
        );
        // A job about the deletion of a job would never let them become fewer.
        if class.type_name != "Job" {
            assert_eq!(self.ended(&answer)["state"], "SUCCESS", "{uri}");
        }
        self.marks
            .add(class, cimi_rest::DELETE, Way::Done, self.format);
        assert!(self.get(uri).is_null(), "{uri} is still there");
    }
}
