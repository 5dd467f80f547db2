//! What a bridge adds to the calls of a cloud behind it: the CPU of its own process, the time that an answer comes
//! later, and the memory that a large enumeration needs.

use std::path::Path;
use std::time::Duration;

use crate::client::Client;
use crate::process::Service;
use crate::scenario::{self, Row};

/// CPU microseconds that a bridge may add to a call.
const BUDGET_US: f64 = 60.0;

/// Connections that change one machine at a time: with more the cloud refuses some, as others were faster.
const WRITERS: usize = 8;

/// How the bridge speaks with the cloud, and what that is called.
const BINDINGS: [(&str, &str); 2] = [("rest", "REST"), ("wsman", "WS-Man")];

/// Measures and prints. A cloud with `machines` is behind a bridge, over each binding.
pub(crate) async fn report(
    bridge: &Path,
    connections: &[usize],
    duration: Duration,
    machines: usize,
) -> Result<(), Box<dyn std::error::Error>> {
    let cloud = Service::start(bridge).await?;
    scenario::fill(&cloud, machines, 8).await?;
    let mut client = Client::connect(&cloud).await?;
    let scenarios = scenario::passed_on(&mut client).await?;
    println!("{}{:>12}{:>12}", Row::HEAD, "latency us", "direct us");
    for (kind, name) in BINDINGS {
        let front = Service::behind(bridge, &cloud, kind).await?;
        for scenario in &scenarios {
            // It is another service, and has the same user.
            let named = format!("{} over {name}", scenario.name());
            let added = scenario.called(String::leak(named), Some(BUDGET_US));
            let possible = |n: &&usize| scenario.is_read() || **n <= WRITERS;
            for connections in connections.iter().filter(possible) {
                let direct = scenario::measure(&cloud, scenario, *connections, duration).await?;
                let row = scenario::measure(&front, &added, *connections, duration).await?;
                let (latency, direct) = (row.latency(), direct.latency());
                println!("{row}{latency:>12.0}{direct:>12.0}");
            }
        }
        let count = machines as u64;
        let front = Service::behind(bridge, &cloud, kind).await?;
        // The second time everything is warm.
        scenario::first_and_last(&front, count).await?;
        let before = front.resident_kib()?;
        let (first, last) = scenario::first_and_last(&front, count).await?;
        let row = scenario::measure(&front, &scenario::enumeration(count), 1, duration).await?;
        println!("{row}");
        println!(
            "{count} machines over {name}: the first page after {:.0} ms, the last after {:.0} ms; resident {:.1} MB \
             before, {:.1} MB after, {:.1} MB at most",
            first.as_secs_f64() * 1e3,
            last.as_secs_f64() * 1e3,
            before as f64 / 1024.0,
            front.resident_kib()? as f64 / 1024.0,
            front.peak_kib()? as f64 / 1024.0,
        );
    }
    Ok(())
}
