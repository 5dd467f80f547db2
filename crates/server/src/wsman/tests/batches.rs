//! Enumerations in any batches, whatever others write meanwhile: every instance that stays comes once.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use super::service::{CIM, Service, TRANSFER, content, count, enumerate, message, pull, selected};

/// How an enumeration is run.
#[derive(Debug, Clone)]
struct Run {
    optimize: bool,
    /// MaxElements of each request, in turn.
    batches: Vec<usize>,
    envelope: Option<usize>,
    characters: Option<usize>,
    mode: Option<&'static str>,
    /// Each Pull is sent this often; the answers must be alike.
    repeat: usize,
    /// What others do meanwhile, one between each two answers. They stop at some time: who creates as fast as it
    /// is listed is never at the end.
    writes: Vec<Write>,
}

/// A write of somebody else; the number chooses among what there is.
#[derive(Debug, Clone, Copy)]
enum Write {
    Create,
    Change(usize),
    Delete(usize),
}

/// Somebody who writes configurations of machines, and changes what was there before him.
struct Writer {
    stable: Vec<String>,
    made: Vec<String>,
}

const WRITTEN: &str = "CIMI_MachineConfiguration";
/// Writes of somebody who does nothing else.
const MOST_WRITES: usize = 600;

impl Writer {
    async fn new(service: &Service, stable: usize) -> Self {
        let mut writer = Self {
            stable: Vec::new(),
            made: Vec::new(),
        };
        for _ in 0..stable {
            writer.write(service, Write::Create).await;
        }
        writer.stable = std::mem::take(&mut writer.made);
        writer
    }

    async fn write(&mut self, service: &Service, write: Write) {
        let transfer = |verb: &str, selectors: &str, inner: &str| {
            let body = match inner {
                "" => String::new(),
                inner => format!("<p:{WRITTEN} xmlns:p=\"{CIM}{WRITTEN}\">{inner}</p:{WRITTEN}>"),
            };
            message(
                &format!("{TRANSFER}{verb}"),
                &format!("{CIM}{WRITTEN}"),
                selectors,
                &body,
            )
        };
        match write {
            Write::Create => {
                let body = "<p:Cpu>1</p:Cpu><p:Memory>1024</p:Memory>";
                let answer = service.ok(&transfer("Create", "", body)).await;
                self.made.extend(ids(&answer, Some("EnumerateEPR")));
            }
            Write::Change(at) => {
                let all = self.stable.len() + self.made.len();
                let id = self.stable.iter().chain(&self.made).nth(at % all.max(1));
                if let Some(id) = id {
                    let body = format!("<p:Description>changed {at}</p:Description>");
                    service.ok(&transfer("Put", &selected(id), &body)).await;
                }
            }
            Write::Delete(at) if !self.made.is_empty() => {
                let id = self.made.swap_remove(at % self.made.len());
                service.ok(&transfer("Delete", &selected(&id), "")).await;
            }
            Write::Delete(_) => {}
        }
    }

    /// Whether what was there all the time was found once, and nothing else more often.
    fn agrees(&self, found: &BTreeMap<String, usize>) -> bool {
        self.stable.iter().all(|id| found.get(id) == Some(&1)) && once(found)
    }
}

fn writes() -> impl Strategy<Value = Vec<Write>> {
    let write = prop_oneof![
        2 => Just(Write::Create),
        2 => any::<usize>().prop_map(Write::Change),
        2 => any::<usize>().prop_map(Write::Delete),
    ];
    prop::collection::vec(write, 1..24)
}

impl Default for Run {
    fn default() -> Self {
        Self {
            optimize: true,
            batches: vec![100],
            envelope: None,
            characters: None,
            mode: None,
            repeat: 1,
            writes: Vec::new(),
        }
    }
}

/// Runs an enumeration to its end: how often each InstanceID came, and the number of answers.
async fn run(
    service: &Service,
    class: &str,
    more: &str,
    run: &Run,
) -> (BTreeMap<String, usize>, usize) {
    run_beside(service, class, more, run, None).await
}

/// The same, with somebody who writes.
async fn run_beside(
    service: &Service,
    class: &str,
    more: &str,
    run: &Run,
    mut writer: Option<&mut Writer>,
) -> (BTreeMap<String, usize>, usize) {
    let mut writes = run.writes.iter().copied();
    let size = run.envelope.map_or(String::new(), |size| {
        format!("<wsman:MaxEnvelopeSize>{size}</wsman:MaxEnvelopeSize>")
    });
    let sized = |text: String| text.replace("</s:Header>", &format!("{size}</s:Header>"));
    let mut batches = run.batches.iter().cycle();
    let mut body = run.mode.map_or(String::new(), |mode| {
        format!("<wsman:EnumerationMode>{mode}</wsman:EnumerationMode>")
    });
    body.push_str(more);
    if run.optimize {
        let n = batches.next().unwrap();
        body.push_str(&format!(
            "<wsman:OptimizeEnumeration/><wsman:MaxElements>{n}</wsman:MaxElements>"
        ));
    }
    let first = service.ok(&sized(enumerate(class, &body))).await;
    let mut found = BTreeMap::new();
    let mut answers = 1;
    let mut answer = first;
    loop {
        let octets = answer.len();
        assert!(
            run.envelope.is_none_or(|limit| octets <= limit),
            "{octets} octets"
        );
        let items = content(&answer, "Items").unwrap_or_default();
        for id in ids(items, run.mode) {
            *found.entry(id).or_insert(0) += 1;
        }
        let context = content(&answer, "EnumerationContext").unwrap_or_default();
        let ended = count(&answer, "EndOfSequence") == 1;
        assert_eq!(ended, context.is_empty(), "{answer}");
        if ended {
            return (found, answers);
        }
        let characters = run.characters.map_or(String::new(), |n| {
            format!("<wsen:MaxCharacters>{n}</wsen:MaxCharacters>")
        });
        if let (Some(writer), Some(write)) = (&mut writer, writes.next()) {
            writer.write(service, write).await;
        }
        let n = batches.next().unwrap();
        let text = sized(pull(
            context,
            &format!("<wsen:MaxElements>{n}</wsen:MaxElements>{characters}"),
        ));
        let mut next = service.ok(&text).await;
        for _ in 1..run.repeat {
            if count(&next, "EndOfSequence") == 1 {
                break;
            }
            let again = service.ok(&text).await;
            assert_eq!(content(&again, "Items"), content(&next, "Items"));
            next = again;
        }
        let of_next = ids(content(&next, "Items").unwrap_or_default(), run.mode).len();
        assert!(of_next <= n * 2, "{of_next} for {n}");
        answer = next;
        answers += 1;
    }
}

/// The InstanceIDs of items: of EPRs, or of instances.
fn ids(items: &str, mode: Option<&str>) -> Vec<String> {
    let mark = match mode {
        Some(_) => "Name=\"InstanceID\">",
        None => "<p:InstanceID>",
    };
    items
        .split(mark)
        .skip(1)
        .map(|rest| rest.split('<').next().unwrap().to_owned())
        .collect()
}

fn once(found: &BTreeMap<String, usize>) -> bool {
    !found.is_empty() && found.values().all(|n| *n == 1)
}

/// Proves 4 every mode, in any batch size, with concurrent writes: each stable instance exactly once.
#[test]
fn any_batches_give_each_instance_once() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let service = runtime.block_on(Service::start());
    let (all, _) = runtime.block_on(run(&service, "CIMI_Resource", "", &Run::default()));
    assert!(once(&all) && all.len() > 10, "{all:?}");
    runner()
        .run(&runs(), |case| {
            let (found, _) = runtime.block_on(run(&service, "CIMI_Resource", "", &case));
            prop_assert_eq!(&found, &all);
            Ok(())
        })
        .unwrap();
    // The same while others create, change and delete: between the answers, in every order ...
    let writer = RefCell::new(runtime.block_on(Writer::new(&service, 12)));
    let filters = [
        "",
        "<wsman:Filter Dialect=\"http://schemas.microsoft.com/wbem/wsman/1/WQL\">select * from CIMI_MachineConfiguration where Cpu &gt; 0</wsman:Filter>",
    ];
    runner()
        .run(
            &(runs(), writes(), 0..filters.len()),
            |(case, writes, filter)| {
                let case = Run { writes, ..case };
                let class = ["CIMI_Resource", WRITTEN][filter];
                let mut writer = writer.borrow_mut();
                let run = run_beside(&service, class, filters[filter], &case, Some(&mut writer));
                let (found, _) = runtime.block_on(run);
                prop_assert!(writer.agrees(&found), "{:?} of {:?}", found, writer.stable);
                Ok(())
            },
        )
        .unwrap();
    // ... and at any time: on another thread, as fast as it can.
    let mut writer = writer.into_inner();
    let service = Arc::new(service);
    let beside = Arc::clone(&service);
    let stop = Arc::new(AtomicBool::new(false));
    let stopped = Arc::clone(&stop);
    let stable = writer.stable.clone();
    let writing = runtime.spawn(async move {
        let mut count = 0;
        while count < MOST_WRITES && !stopped.load(Ordering::Relaxed) {
            for write in [Write::Create, Write::Change(count), Write::Delete(count)] {
                writer.write(&beside, write).await;
                count += 1;
            }
        }
        count
    });
    runner()
        .run(&runs(), |case| {
            // A repeated answer would rightly differ.
            let case = Run { repeat: 1, ..case };
            let (found, _) = runtime.block_on(run(&service, WRITTEN, "", &case));
            prop_assert!(stable.iter().all(|id| found.get(id) == Some(&1)) && once(&found));
            Ok(())
        })
        .unwrap();
    stop.store(true, Ordering::Relaxed);
    assert!(runtime.block_on(writing).unwrap() > 0);
}

/// A runner is for one property: it counts its cases only once.
fn runner() -> TestRunner {
    TestRunner::new(ProptestConfig {
        cases: 32,
        failure_persistence: None,
        ..ProptestConfig::default()
    })
}

/// Any way to run an enumeration.
fn runs() -> impl Strategy<Value = Run> {
    (
        any::<bool>(),
        prop::collection::vec(1usize..9, 1..4),
        prop::option::of(8192usize..30_000),
        prop::option::of(9000usize..30_000),
        prop::option::of(prop_oneof![
            Just("EnumerateEPR"),
            Just("EnumerateObjectAndEPR")
        ]),
        1usize..3,
    )
        .prop_map(
            |(optimize, batches, envelope, characters, mode, repeat)| Run {
                optimize,
                batches,
                envelope,
                characters,
                mode,
                repeat,
                writes: Vec::new(),
            },
        )
}
