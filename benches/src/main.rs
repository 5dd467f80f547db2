//! `load`: what a request costs the service.
//!
//! A process of its own, so that what it spends itself is not counted: it starts the release build of
//! `cimi-bridge`, fills it with machines, keeps a number of connections busy with one kind of request at
//! a time, and reads from the kernel what CPU time the service spent meanwhile. CPU time, because it is
//! the same on a busy machine; the rate is printed for orientation only.

mod beside;
mod bridging;
mod client;
mod events;
mod floor;
mod passing;
mod process;
mod scenario;
mod schema;

use std::error::Error;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Parser, ValueEnum};

use crate::client::Client;
use crate::process::Service;
use crate::scenario::Row;
use crate::schema::Schema;

/// Measure the CPU time that requests cost, beside the budgets
#[derive(Debug, Parser)]
#[command(max_term_width = 100)]
struct Arguments {
    /// The service; by default the one beside this program
    #[arg(long, value_name = "FILE")]
    bridge: Option<PathBuf>,
    /// Connections that are kept busy; each kind of request is measured with each of these numbers
    #[arg(long, value_delimiter = ',', default_value = "1,8,64")]
    connections: Vec<usize>,
    /// Seconds for each kind of request
    #[arg(long, default_value_t = 4)]
    seconds: u64,
    /// Enumerations that are begun and abandoned; 0 for none
    #[arg(long, default_value_t = 100_000)]
    abandoned: u64,
    /// Machines in the store
    #[arg(long, default_value_t = 1000)]
    machines: usize,
    /// Machines in the store when the memory of reading all of them is compared; 0 for no comparison
    #[arg(long, default_value_t = 10_000)]
    many: usize,
    /// Machines in the cloud behind a bridge
    #[arg(long, default_value_t = 10_000)]
    upstream: usize,
    /// What is measured
    #[arg(long, value_enum, default_value = "all")]
    part: Part,
    /// Only what has this in its name, of the part `bridge`
    #[arg(long, value_name = "TEXT", default_value = "")]
    only: String,
    /// Be the proxy in front of that address that the part `bridge` compares with
    #[arg(long, value_name = "HOST:PORT", hide = true)]
    floor: Option<String>,
}

/// A part of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    All,
    /// The service with a cloud of its own.
    Service,
    /// What a bridge adds to calls of a cloud behind it.
    Bridge,
    /// What events cost.
    Events,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    if let Some(authority) = &arguments.floor {
        return floor::serve(authority);
    }
    // One thread: the load must not take the CPU from the service.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(report(arguments))
}

async fn report(arguments: Arguments) -> Result<(), Box<dyn Error>> {
    let bridge = match arguments.bridge {
        Some(path) => path,
        None => std::env::current_exe()?.with_file_name("cimi-bridge"),
    };
    if !bridge.exists() {
        return Err(format!("`{}` is not there: use `make bench`", bridge.display()).into());
    }
    if cfg!(debug_assertions) {
        eprintln!("This is a development build: the figures mean nothing. Use `make bench`.");
    }

    let duration = Duration::from_secs(arguments.seconds);
    if matches!(arguments.part, Part::All | Part::Events) {
        events::report(&bridge, duration).await?;
        println!();
    }
    if matches!(arguments.part, Part::All | Part::Bridge) {
        bridging::report(
            &bridge,
            &arguments.connections,
            duration,
            arguments.upstream,
            &arguments.only,
        )
        .await?;
        println!();
    }
    if matches!(arguments.part, Part::Bridge | Part::Events) {
        return Ok(());
    }

    let mut rows = vec![process::compile(&bridge)?];
    let mut peaks = Vec::new();
    if let Some(schema) = Schema::unpack()? {
        for compilation in schema.compilations(&bridge)? {
            rows.push(compilation.row);
            peaks.push((
                compilation.compiler,
                compilation.peak_kib,
                compilation.budget_mb,
            ));
        }
        rows.extend(schema.tables(&bridge)?);
    }
    let service = Service::start(&bridge).await?;
    let idle = service.resident_kib()?;
    let mut client = Client::connect(&service).await?;
    let get = scenario::rest_machine(&mut client).await?;
    let (load, busy) = tokio::join!(
        scenario::measure(&service, &get, 64, duration),
        memory_after(&service, duration),
    );
    load?;
    let busy = busy?;

    let most = arguments.connections.iter().copied().max().unwrap_or(1);
    scenario::fill(&service, arguments.machines, most.min(8)).await?;
    client = Client::connect(&service).await?;
    for scenario in scenario::rest_more(&mut client).await? {
        rows.push(scenario::measure(&service, &scenario, 1, duration).await?);
    }
    for scenario in scenario::all(&mut client).await? {
        for connections in &arguments.connections {
            rows.push(scenario::measure(&service, &scenario, *connections, duration).await?);
        }
    }
    let beside = beside::measure(&service, &mut client, duration).await?;
    let few = peak_of_walk(&service, &mut client).await?;
    let mut many = None;
    if arguments.many > arguments.machines {
        scenario::fill(&service, arguments.many, most.min(8)).await?;
        // The service has closed the connection that waited meanwhile.
        client = Client::connect(&service).await?;
        many = Some(peak_of_walk(&service, &mut client).await?);
    }
    let after = service.resident_kib()?;
    let abandon = scenario::abandoned(&client);
    // The first ones warm everything up.
    scenario::repeat(&service, &abandon, arguments.abandoned / 20).await?;
    let before_abandoned = service.resident_kib()?;
    scenario::repeat(&service, &abandon, arguments.abandoned).await?;
    let after_abandoned = service.resident_kib()?;

    println!("{}", Row::HEAD);
    for row in rows {
        println!("{row}");
    }
    println!();
    for times in beside {
        println!("{times}");
    }
    println!();
    memory("idle", idle, Some(16));
    memory("under 64 clients", busy, Some(20));
    memory("after all of this", after, None);
    for (count, before, peak) in std::iter::once(few).chain(many) {
        memory(&format!("before {count} machines are read"), before, None);
        memory(&format!("peak while {count} are read"), peak, None);
    }
    if arguments.abandoned > 0 {
        memory("before abandoned enumerations", before_abandoned, None);
        memory(
            &format!("after {} of them", arguments.abandoned),
            after_abandoned,
            None,
        );
    }
    for (compiler, peak, budget) in peaks {
        memory(&format!("{compiler}, whole schema"), peak, budget);
    }
    println!("({} machines in the store)", arguments.machines);
    Ok(())
}

/// How many machines there are, resident memory before all of them are read in pages, and its peak meanwhile.
async fn peak_of_walk(
    service: &Service,
    client: &mut Client,
) -> Result<(u64, u64, u64), Box<dyn Error>> {
    // The first time warms everything up.
    scenario::walk(client).await?;
    service.forget_peak()?;
    let before = service.resident_kib()?;
    let count = scenario::walk(client).await?;
    Ok((count, before, service.peak_kib()?))
}

/// Resident memory in KiB, after some time.
async fn memory_after(service: &Service, duration: Duration) -> Result<u64, Box<dyn Error>> {
    tokio::time::sleep(duration).await;
    service.resident_kib()
}

fn memory(when: &str, kib: u64, budget: Option<u64>) {
    let budget = budget.map(|budget| format!("   budget {budget} MB"));
    let megabytes = kib as f64 / 1024.0;
    println!(
        "resident memory, {when:<24}{megabytes:>8.1} MB{}",
        budget.unwrap_or_default()
    );
}
