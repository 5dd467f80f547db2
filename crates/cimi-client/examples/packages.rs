//! Makes a system of an OVF package, lets it run, snapshots one of its machines and sets it back, and exports
//! the system as a package again.
//!
//!     cargo run -p cimi-client --example packages -- http://127.0.0.1:5985/cimi/ admin PASSWORD-FILE shop.ovf

use std::error::Error;

use cimi_client::{Client, Credentials, Format, Package, Query, Scheme, Settings};
use cimi_model::types::{Job, Machine, MachineImage, System, SystemMachine};
use futures_util::TryStreamExt as _;

/// The names of the machines, and the package that the system is exported as.
pub async fn tour(
    settings: Settings,
    format: Format,
    package: &[u8],
) -> Result<(Vec<String>, String), Box<dyn Error>> {
    let client = Client::connect(settings, format).await?;
    let systems = client.entry_point().systems.clone();
    let systems = systems.ok_or("this cloud has no systems")?;
    let show = |job: &Job| println!("{:>3} %", job.progress.unwrap_or(0));

    let outcome = client
        .import(&systems.href, Package::Bytes(package))
        .await?;
    let system = client.made::<System>(&outcome, show).await?;
    let outcome = client.start(&system).await?;
    client.wait(&outcome, show).await?;

    let members = system.machines.clone().ok_or("a system has machines")?;
    let members: Vec<_> = client
        .list::<SystemMachine>(&members.href, Query::new())
        .try_collect()
        .await?;
    let mut names = Vec::new();
    for member in &members {
        let link = member.machine.as_ref().ok_or("a member is a machine")?;
        let machine = client.read::<Machine>(&link.href).await?;
        names.extend(machine.name.clone());
        let outcome = client.snapshot(&machine, &MachineImage::default()).await?;
        let snapshot = client.made::<MachineImage>(&outcome, show).await?;
        for step in ["stop", "restore"] {
            let machine = client.read::<Machine>(&link.href).await?;
            let outcome = match step {
                "stop" => client.stop_by_force(&machine).await?,
                _ => client.restore(&machine, &snapshot.id).await?,
            };
            client.wait(&outcome, show).await?;
        }
        // It runs again: it did when the snapshot was made.
        let machine = client.read::<Machine>(&link.href).await?;
        println!("{:?} is {:?}", machine.name, machine.state);
    }
    names.sort();

    let system = client.read::<System>(&system.id).await?;
    let package = client.export(&system, show).await?;
    let outcome = client.delete(&system).await?;
    client.wait(&outcome, show).await?;
    Ok((names, String::from_utf8(package.to_vec())?))
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
    let package = std::fs::read(next("the package is missing")?)?;
    let (names, package) = tour(settings, Format::Json, &package).await?;
    println!("{}\n{package}", names.join(", "));
    Ok(())
}
