//! What a back end must do to be a [`Store`]: async functions that any test can run over an empty
//! store of its own. They panic where the back end is wrong.

#![allow(clippy::expect_used, reason = "a panic is the report of a test")]

use std::ops::ControlFlow;

use crate::{Batch, Count, Expect, Expected, Scan, Store, StoreError, Write};

/// A row to put.
fn put(key: &str, value: &str) -> Write {
    Write::Put {
        key: key.into(),
        value: value.into(),
    }
}

fn delete(key: &str) -> Write {
    Write::Delete { key: key.into() }
}

fn writes(writes: impl IntoIterator<Item = Write>) -> Batch {
    Batch {
        writes: writes.into_iter().collect(),
        ..Batch::default()
    }
}

fn expecting(key: &str, what: Expected, write: Write) -> Batch {
    Batch {
        expect: vec![Expect {
            key: key.into(),
            what,
        }],
        writes: vec![write],
        ..Batch::default()
    }
}

async fn value(store: &dyn Store, key: &str) -> Option<String> {
    let row = store.get(key.as_bytes()).await.expect("get");
    row.map(|(_, value)| String::from_utf8(value).expect("text"))
}

async fn keys(store: &dyn Store, scan: Scan<'_>, limit: usize) -> Vec<String> {
    let mut keys = Vec::new();
    store
        .scan(scan, &mut |key, _, _| {
            if keys.len() == limit {
                return ControlFlow::Break(());
            }
            keys.push(String::from_utf8(key.to_vec()).expect("text"));
            ControlFlow::Continue(())
        })
        .await
        .expect("scan");
    keys
}

/// The events after a sequence number.
pub async fn events(store: &dyn Store, after: u64) -> Vec<(u64, Vec<u8>)> {
    let mut events = Vec::new();
    store
        .events(after, &mut |sequence, event| {
            events.push((sequence, event.to_vec()));
            ControlFlow::Continue(())
        })
        .await
        .expect("events");
    events
}

/// Rows are put, replaced, read together and deleted; versions grow.
pub async fn rows(store: &dyn Store) {
    assert_eq!(store.get(b"r/a").await.expect("get"), None);
    let first = store
        .write(writes([put("r/a", "1"), put("r/b", "2")]))
        .await
        .expect("write");
    let (version, stored) = store.get(b"r/a").await.expect("get").expect("row");
    assert_eq!((version, stored.as_slice()), (first.version, &b"1"[..]));

    let second = store
        .write(writes([put("r/a", "3"), delete("r/b"), delete("r/none")]))
        .await
        .expect("write");
    assert!(second.version > first.version);
    let mut seen = Vec::new();
    store
        .read(&[b"r/b", b"r/none", b"r/a"], &mut |at, version, value| {
            seen.push((at, version, value.to_vec()));
        })
        .await
        .expect("read");
    assert_eq!(seen, [(2, second.version, b"3".to_vec())]);

    // The last write to a row in a batch stands; an empty value is a value.
    store
        .write(writes([put("r/c", "1"), delete("r/c"), put("r/c", "")]))
        .await
        .expect("write");
    assert_eq!(value(store, "r/c").await.as_deref(), Some(""));
}

/// Ranges are walked in byte order, within their prefix, from behind a cursor that need not exist.
pub async fn ranges(store: &dyn Store) {
    store
        .write(writes(
            ["s/", "s/b", "s/a", "s/a/1", "s0", "s", "s/\u{7f}"].map(|key| put(key, "x")),
        ))
        .await
        .expect("write");
    let all = Scan::prefix(b"s/");
    assert_eq!(
        keys(store, all, 9).await,
        ["s/", "s/a", "s/a/1", "s/b", "s/\u{7f}"]
    );
    assert_eq!(keys(store, all, 2).await, ["s/", "s/a"]);
    assert_eq!(
        keys(store, all.after(b"s/a"), 9).await,
        ["s/a/1", "s/b", "s/\u{7f}"]
    );
    assert_eq!(
        keys(store, all.after(b"s/aa"), 9).await,
        ["s/b", "s/\u{7f}"]
    );
    assert_eq!(keys(store, all.after(b"a"), 1).await, ["s/"]);
    assert!(keys(store, all.after(b"t"), 9).await.is_empty());
    assert!(keys(store, Scan::prefix(b"none"), 9).await.is_empty());

    // A cursor stays good while rows come and go around it.
    store
        .write(writes([delete("s/a/1"), put("s/a/2", "x"), delete("s/a")]))
        .await
        .expect("write");
    assert_eq!(
        keys(store, all.after(b"s/a/1"), 9).await,
        ["s/a/2", "s/b", "s/\u{7f}"]
    );
}

/// A batch whose expectation fails writes nothing at all.
pub async fn expectations(store: &dyn Store) {
    let made = store
        .write(expecting("x/a", Expected::Absent, put("x/a", "1")))
        .await
        .expect("absent holds");
    for what in [Expected::Absent, Expected::Version(made.version + 1)] {
        let mut batch = expecting("x/a", what, put("x/a", "2"));
        batch.writes.push(put("x/other", "2"));
        batch.events.push(b"never".to_vec());
        match store.write(batch).await {
            Err(StoreError::Conflict(key)) => assert_eq!(key, b"x/a"),
            other => panic!("{what:?} must be a conflict, not {other:?}"),
        }
    }
    match store
        .write(expecting("x/none", Expected::Version(1), put("x/b", "1")))
        .await
    {
        Err(StoreError::Conflict(key)) => assert_eq!(key, b"x/none"),
        other => panic!("a missing row has no version, not {other:?}"),
    }
    assert_eq!(value(store, "x/a").await.as_deref(), Some("1"));
    assert_eq!(value(store, "x/other").await, None);
    assert_eq!(value(store, "x/b").await, None);
    assert!(events(store, 0).await.iter().all(|(_, e)| e != b"never"));

    store
        .write(expecting(
            "x/a",
            Expected::Version(made.version),
            put("x/a", "2"),
        ))
        .await
        .expect("the version holds");
    assert_eq!(value(store, "x/a").await.as_deref(), Some("2"));
}

/// Counters stop at their limit and at zero, within one batch too.
pub async fn counters(store: &dyn Store) {
    let count = |by| Count {
        key: b"c".to_vec(),
        by,
        limit: Some(2),
    };
    let batch = |counts: &[i64], name: &str| Batch {
        count: counts.iter().map(|by| count(*by)).collect(),
        writes: vec![put(name, "x")],
        ..Batch::default()
    };
    store.write(batch(&[1], "n/1")).await.expect("one of two");
    match store.write(batch(&[1, 1], "n/2")).await {
        Err(StoreError::Limit { key, now }) => {
            assert_eq!(key, b"c");
            assert_eq!(now, 2, "one before, one of the same batch");
        }
        other => panic!("three of two must be refused, not {other:?}"),
    }
    assert_eq!(value(store, "n/2").await, None);
    store.write(batch(&[-1], "n/3")).await.expect("none of two");
    store.write(batch(&[-1], "n/4")).await.expect("still none");
    store
        .write(batch(&[1, 1], "n/5"))
        .await
        .expect("two of two");
    assert!(store.write(batch(&[1], "n/6")).await.is_err());
    // Who is over a lowered limit may still shrink.
    let mut less = batch(&[-1], "n/7");
    less.count[0].limit = Some(0);
    store.write(less).await.expect("less is always allowed");
}

/// Events are numbered without gaps, in the order of their batches, and are waited for.
pub async fn outbox(store: &dyn Store) {
    let mut newest = store.watch();
    let before = *newest.borrow_and_update();
    let waiting = tokio::time::timeout(std::time::Duration::from_secs(20), newest.changed());
    let writing = store.write(Batch {
        events: vec![b"one".to_vec(), b"two".to_vec()],
        ..Batch::default()
    });
    let (woken, committed) = tokio::join!(waiting, writing);
    woken.expect("the commit wakes the watcher").expect("open");
    assert_eq!(committed.expect("write").last_event, before + 2);
    let expected = [(before + 1, b"one".to_vec()), (before + 2, b"two".to_vec())];
    assert_eq!(events(store, before).await, expected);
    assert_eq!(events(store, before + 1).await, expected[1..]);
    assert!(events(store, before + 2).await.is_empty());
    let window = store
        .events(before, &mut |_, _| ControlFlow::Break(()))
        .await
        .expect("events");
    assert_eq!(window.last, before + 2);
    assert!(window.first <= before + 1);
}

/// Many writers of one row: every one that is told of success was alone, and nothing is lost.
pub async fn contention(store: &dyn Store) {
    const WRITERS: usize = 8;
    const ROUNDS: usize = 10;
    store.write(writes([put("k", "0")])).await.expect("write");
    let increment = async || {
        for _ in 0..ROUNDS {
            loop {
                let (version, value) = store.get(b"k").await.expect("get").expect("row");
                let n: usize = String::from_utf8(value)
                    .expect("text")
                    .parse()
                    .expect("number");
                let mut batch = expecting(
                    "k",
                    Expected::Version(version),
                    put("k", &(n + 1).to_string()),
                );
                batch.events.push(format!("k={}", n + 1).into_bytes());
                match store.write(batch).await {
                    Ok(_) => break,
                    Err(StoreError::Conflict(_)) => {}
                    Err(error) => panic!("{error}"),
                }
            }
        }
    };
    let before = *store.watch().borrow();
    let all: [_; WRITERS] = std::array::from_fn(|_| Box::pin(increment()));
    join_all(all).await;
    assert_eq!(
        value(store, "k").await,
        Some((WRITERS * ROUNDS).to_string())
    );
    let told: Vec<_> = events(store, before)
        .await
        .into_iter()
        .map(|(_, e)| e)
        .collect();
    let expected: Vec<_> = (1..=WRITERS * ROUNDS)
        .map(|n| format!("k={n}").into_bytes())
        .collect();
    assert_eq!(told, expected, "events are in the order of the commits");
}

/// Polls futures side by side until all are done.
async fn join_all<F: Future<Output = ()> + Unpin>(futures: impl IntoIterator<Item = F>) {
    let mut futures: Vec<_> = futures.into_iter().collect();
    std::future::poll_fn(|context| {
        futures.retain_mut(|future| std::pin::Pin::new(future).poll(context).is_pending());
        if futures.is_empty() {
            std::task::Poll::Ready(())
        } else {
            std::task::Poll::Pending
        }
    })
    .await;
}

/// All of the above, over one store that was empty.
pub async fn all(store: &dyn Store) {
    rows(store).await;
    ranges(store).await;
    expectations(store).await;
    counters(store).await;
    outbox(store).await;
    contention(store).await;
}
