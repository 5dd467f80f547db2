//! What a bridge adds to the calls of a cloud behind it: the CPU of its own process, the time that an answer comes
//! later, and the memory that a large enumeration needs.

use std::path::Path;
use std::time::Duration;

use crate::passing::Call;
use crate::process::Service;
use crate::scenario::{self, Row};

/// CPU microseconds that a bridge may add to a call.
const BUDGET_US: f64 = 60.0;

/// How the bridge speaks with the cloud, and what that is called.
const BINDINGS: [(&str, &str); 2] = [("rest", "REST"), ("wsman", "WS-Man")];

/// Measures and prints. A cloud with `machines` is behind a bridge, over each binding. `only` what has this in its
/// name.
pub(crate) async fn report(
    bridge: &Path,
    connections: &[usize],
    duration: Duration,
    machines: usize,
    only: &str,
) -> Result<(), Box<dyn std::error::Error>> {
    let cloud = Service::prompt(bridge).await?;
    let most = connections.iter().copied().max().unwrap_or(1);
    scenario::fill(&cloud, machines.max(most), 8).await?;
    println!(
        "{}{:>12}{:>12}{:>10}{:>8}",
        Row::HEAD,
        "latency us",
        "direct us",
        "floor us",
        "ratio"
    );
    for (kind, name) in BINDINGS {
        for call in Call::ALL {
            let named = format!("{} over {name}", call.name());
            if !named.contains(only) {
                continue;
            }
            for connections in connections.iter().copied() {
                // All of one run: what else the machine does meanwhile is the same for all.
                let (direct, floor) = {
                    let floor = Service::floor(&cloud).await?;
                    let at = |service, budget| {
                        call.measure(
                            &cloud,
                            service,
                            named.clone(),
                            connections,
                            duration,
                            budget,
                        )
                    };
                    (at(&cloud, None).await?, at(&floor, None).await?)
                };
                let front = Service::behind(bridge, &cloud, kind).await?;
                let budget = Some(BUDGET_US);
                let row =
                    call.measure(&cloud, &front, named.clone(), connections, duration, budget);
                let row = row.await?;
                println!(
                    "{row}{:>12.0}{:>12.0}{:>10.1}{:>8.2}",
                    row.latency(),
                    direct.latency(),
                    floor.cpu(),
                    row.cpu() / floor.cpu()
                );
            }
        }
        let named = format!("enumeration over {name}");
        if named.contains(only) {
            enumeration(bridge, &cloud, kind, name, duration).await?;
        }
    }
    Ok(())
}

/// The time and memory that reading all machines takes.
async fn enumeration(
    bridge: &Path,
    cloud: &Service,
    kind: &str,
    name: &str,
    duration: Duration,
) -> Result<(), Box<dyn std::error::Error>> {
    let mut client = crate::client::Client::connect(cloud).await?;
    let count = scenario::walk(&mut client).await?;
    let front = Service::behind(bridge, cloud, kind).await?;
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
    Ok(())
}
