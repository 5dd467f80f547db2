//! Makes a machine from the first template of a cloud, starts it, and deletes it again.
//!
//!     cargo run -p cimi-client --example new_machine -- http://127.0.0.1:5985/cimi/ admin PASSWORD-FILE

use std::error::Error;

use cimi_client::{Action, Client, Credentials, Format, Query, Scheme, Settings};
use cimi_model::types::{Job, Machine, MachineCreate, MachineTemplate};

/// The states that the machine was seen in.
pub async fn life(settings: Settings, format: Format) -> Result<Vec<String>, Box<dyn Error>> {
    let client = Client::connect(settings, format).await?;
    let entry = client.entry_point();
    let (Some(machines), Some(templates)) = (&entry.machines, &entry.machine_templates) else {
        return Err("this cloud has no machine templates".into());
    };
    let first = Query::new().first(1).last(1);
    let templates = client
        .page::<MachineTemplate>(&templates.href, &first)
        .await?;
    let template = templates
        .items
        .first()
        .ok_or("this cloud has no machine template")?;

    let show = |job: &Job| {
        let percent = job.progress.unwrap_or(0);
        println!(
            "{percent:>3} % {}",
            job.status_message.as_deref().unwrap_or("")
        );
    };
    let add = client.adding(&machines.href).await?;
    let request = MachineCreate {
        name: Some("example".into()),
        machine_template: Some(MachineTemplate {
            href: Some(template.id.clone()),
            ..MachineTemplate::default()
        }),
        ..MachineCreate::default()
    };
    let outcome = client.create(&add, &request).await?;
    let mut resource = client.made::<Machine>(&outcome, show).await?;
    let mut states = Vec::new();
    for action in ["start", "stop"] {
        states.extend(resource.state.as_ref().map(ToString::to_string));
        let outcome = client.act(&resource, &Action::new(action)).await?;
        client.wait(&outcome, show).await?;
        resource = client.read(&resource.id).await?;
    }
    states.extend(resource.state.as_ref().map(ToString::to_string));
    let outcome = client.delete(&resource).await?;
    client.wait(&outcome, show).await?;
    Ok(states)
}

#[tokio::main]
#[allow(dead_code, reason = "a test calls the function above")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut next = |what: &'static str| arguments.next().ok_or(what);
    let mut settings = Settings::new(next("the URL is missing")?);
    let user = next("the user is missing")?;
    let password = std::fs::read_to_string(next("the password file is missing")?)?;
    settings.credentials = Some(Credentials {
        user,
        password: password.lines().next().unwrap_or_default().to_owned(),
        scheme: Scheme::default(),
    });
    println!("{}", life(settings, Format::Json).await?.join(", "));
    Ok(())
}
