//! Shows the machines of a cloud, and what each could do now.
//!
//!     cargo run -p cimi-client --example overview -- http://127.0.0.1:5985/cimi/ admin PASSWORD-FILE [xml]

use std::error::Error;
use std::fmt::Write as _;

use cimi_client::{Client, Credentials, Format, Query, Scheme, Settings};
use cimi_model::types::Machine;
use futures_util::TryStreamExt as _;

/// One line for each machine.
pub async fn overview(settings: Settings, format: Format) -> Result<String, Box<dyn Error>> {
    let client = Client::connect(settings, format).await?;
    let machines = client.entry_point().machines.clone();
    let machines = machines.ok_or("this cloud has no machines")?;
    let mut lines = String::new();
    let by_name = Query::new().order_by("name");
    let mut all = Box::pin(client.list::<Machine>(&machines.href, by_name));
    while let Some(machine) = all.try_next().await? {
        let can: Vec<_> = machine
            .operations
            .iter()
            .filter_map(|operation| operation.rel.rsplit('/').next())
            .collect();
        writeln!(
            lines,
            "{:<20} {:<10} {}",
            machine.name.as_deref().unwrap_or("-"),
            machine.state.as_ref().map_or("-", |state| state.as_str()),
            can.join(" ")
        )?;
    }
    Ok(lines)
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
    let format = match next("json by default").as_deref() {
        Ok("xml") => Format::Xml,
        _ => Format::Json,
    };
    print!("{}", overview(settings, format).await?);
    Ok(())
}
