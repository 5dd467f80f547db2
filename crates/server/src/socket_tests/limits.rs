//! Every bound of the edge, and input that is too much, too slow or ambiguous.

use super::*;

#[tokio::test]
async fn bodies_are_bounded_whether_their_length_is_told_or_not() {
    let service = Service::start(|config| config.limits.body_bytes = 10_000).await;
    let mut client = service.connect().await;
    let fits = "x".repeat(10_000);
    assert!(
        client
            .ask(post("/cimi/x", "", &fits))
            .await
            .body
            .contains("body=10000")
    );
    let answer = client.ask(post("/cimi/x", "", &"x".repeat(10_001))).await;
    assert_eq!(
        (answer.status, answer.body.as_str()),
        (413, "refused: BodyTooLarge(10000)")
    );
    // What was sent has been read, so the connection is still in step.
    let chunked = |body: &str| {
        let login = basic("ann:secret");
        let head = bare(
            "POST /cimi/x HTTP/1.1",
            &format!("{login}Transfer-Encoding: chunked\r\n"),
        );
        let chunks: String = body
            .as_bytes()
            .chunks(3000)
            .map(|chunk| {
                format!(
                    "{:x}\r\n{}\r\n",
                    chunk.len(),
                    String::from_utf8_lossy(chunk)
                )
            })
            .collect();
        format!("{head}{chunks}0\r\n\r\n")
    };
    assert!(client.ask(chunked(&fits)).await.body.contains("body=10000"));
    assert_eq!(client.ask(chunked(&"x".repeat(10_001))).await.status, 413);
    assert_eq!(client.ask(get("/cimi/x")).await.status, 200);
    // Much too much is not read to its end, and the connection ends.
    let answer = client.ask(post("/cimi/x", "", &"x".repeat(40_000))).await;
    assert_eq!(answer.status, 413);
    assert!(answer.head.contains("connection: close"), "{}", answer.head);
    assert!(client.is_closed().await);
}

/// Proves 7 slow heads and bodies.
#[tokio::test]
async fn a_body_that_does_not_come_is_given_up() {
    let service = Service::start(|config| config.limits.body_seconds = 1).await;
    let mut client = service.connect().await;
    let login = basic("ann:secret");
    client
        .send(bare(
            "POST /wsman HTTP/1.1",
            &format!("{login}Content-Length: 100\r\n"),
        ))
        .await;
    client.send("only this").await;
    let answer = client.answer().await;
    assert_eq!(
        (answer.status, answer.body.as_str()),
        (408, "refused: BodyTimeout")
    );
    assert!(client.is_closed().await);
}

/// Proves 7 slow heads and bodies.
#[tokio::test]
async fn a_head_that_does_not_come_is_given_up() {
    let service = Service::start(|config| config.limits.head_seconds = 1).await;
    let mut client = service.connect().await;
    client.send("GET /healthz HTTP/1.1\r\nHost: a").await;
    let answer = client.answer().await;
    assert_eq!(answer.status, 408);
    assert!(client.is_closed().await);
    // Nothing at all is no request: an idle connection ends without a word.
    let mut idle = service.connect().await;
    assert!(idle.is_closed().await);
}

#[tokio::test]
async fn heads_are_bounded_in_size_and_number_of_fields() {
    let service = Service::start(|config| config.limits.head_bytes = 16 * 1024).await;
    let field = format!("X-Large: {}\r\n", "x".repeat(12 * 1024));
    assert_eq!(
        service
            .ask(bare("GET /healthz HTTP/1.1", &field))
            .await
            .status,
        200
    );
    let field = format!("X-Large: {}\r\n", "x".repeat(80 * 1024));
    let mut client = service.connect().await;
    // The service may close before it has read all of it.
    let _ = client
        .stream
        .write_all(bare("GET /healthz HTTP/1.1", &field).as_bytes())
        .await;
    assert_eq!(client.answer().await.status, 431);
    assert_eq!(
        service
            .ask(bare("GET /healthz HTTP/1.1", &"X-Field: y\r\n".repeat(110)))
            .await
            .status,
        431
    );
    let service = Service::start(|config| config.limits.header_fields = 20).await;
    assert_eq!(
        service
            .ask(bare("GET /healthz HTTP/1.1", &"X-Field: y\r\n".repeat(21)))
            .await
            .status,
        431
    );
}

/// Proves 7 requests whose end is ambiguous: two lengths, a length beside chunks.
#[tokio::test]
async fn requests_whose_end_could_be_read_in_two_ways_are_not_answered_twice() {
    let service = Service::start(|_| ()).await;
    let smuggled = "GET /cimi/smuggled HTTP/1.1\r\nHost: a\r\n\r\n";
    for headers in [
        "Content-Length: 5\r\nContent-Length: 6\r\n",
        "Content-Length: 5, 6\r\n",
        "Content-Length: +5\r\n",
        "Content-Length: -1\r\n",
        "Content-Length: 0x5\r\n",
        "Content-Length: 99999999999999999999\r\n",
        "Transfer-Encoding: identity\r\n",
        "Transfer-Encoding: chunked, gzip\r\n",
        "Transfer-Encoding: xchunked\r\n",
    ] {
        let mut client = service.connect().await;
        client
            .send(bare("POST /wsman HTTP/1.1", headers) + smuggled)
            .await;
        assert_eq!(client.answer().await.status, 400, "{headers}");
        assert!(client.is_closed().await, "{headers}");
    }
    // What the HTTP library would take: refused, whoever asks, also behind other requests.
    for (headers, status, reason) in [
        (
            "Content-Length: 5\r\nContent-Length: 5\r\n",
            400,
            "Content-Length occurs",
        ),
        (
            "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
            400,
            "exclude each other",
        ),
        (
            "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
            400,
            "exclude each other",
        ),
        (
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
            400,
            "Transfer-Encoding occurs",
        ),
        (
            "Transfer-Encoding: gzip, chunked\r\n",
            501,
            "only Transfer-Encoding",
        ),
    ] {
        let mut client = service.connect().await;
        let headers = format!("{headers}{}", basic("ann:secret"));
        let bad = bare("POST /wsman HTTP/1.1", &headers) + "0\r\n\r\n" + smuggled;
        client.send(get("/cimi/before") + &bad).await;
        assert_eq!(client.answer().await.status, 200);
        let answer = client.answer().await;
        assert_eq!(answer.status, status, "{headers}");
        assert!(answer.body.contains(reason), "{}", answer.body);
        assert!(client.is_closed().await, "{headers}");
    }
    // Malformed chunks, and lines that fold or have blanks before the colon.
    let headers = format!("{}Transfer-Encoding: chunked\r\n", basic("ann:secret"));
    let mut client = service.connect().await;
    let answer = client
        .ask(bare("POST /wsman HTTP/1.1", &headers) + "zz\r\nxx\r\n")
        .await;
    assert_eq!(answer.status, 400);
    assert!(client.is_closed().await);
    for headers in [
        "Content-Length : 5\r\n",
        "X-A: b\r\n Content-Length: 5\r\n",
        "nonsense\r\n",
    ] {
        assert_eq!(
            service
                .ask(bare("POST /wsman HTTP/1.1", headers))
                .await
                .status,
            400,
            "{headers}"
        );
    }
}

#[tokio::test]
async fn a_panic_is_one_500_and_nobody_else_notices() {
    let service = Service::start(|_| ()).await;
    let mut client = service.connect().await;
    assert_eq!(client.ask(get("/cimi/panic")).await.status, 500);
    assert_eq!(client.ask(get("/cimi/x")).await.status, 200);
    let text = service.ask(get("/metrics")).await.body;
    assert!(text.contains("cimi_bridge_panics_total 1\n"), "{text}");
    assert!(
        text.contains("cimi_bridge_requests_in_progress 1\n"),
        "{text}"
    );
}

#[tokio::test]
async fn a_user_has_a_bounded_number_of_requests_in_progress() {
    let service = Service::start(|config| config.limits.requests_per_user = 2).await;
    service.ask(get("/cimi/x")).await;
    let mut busy = [service.connect().await, service.connect().await];
    for client in &mut busy {
        client.send(get("/cimi/forever")).await;
    }
    service.until_in_progress(2).await;
    let answer = service.ask(get("/cimi/x")).await;
    assert_eq!(
        (answer.status, answer.body.as_str()),
        (503, "refused: Busy")
    );
    assert!(answer.head.contains("retry-after: 1"), "{}", answer.head);
    // Others are not touched, and a client that goes away gives its place back.
    let other = format!(
        "GET /cimi/x HTTP/1.1\r\nHost: a\r\n{}\r\n",
        basic("rob:secret")
    );
    assert_eq!(service.ask(other).await.status, 200);
    drop(busy);
    service.until_answered().await;
}

#[tokio::test]
async fn all_users_together_have_a_bounded_number_of_requests_in_progress() {
    let service = Service::start(|config| config.limits.requests = 1).await;
    service.ask(get("/cimi/x")).await;
    let mut slow = service.connect().await;
    slow.send(get("/cimi/forever")).await;
    service.until_in_progress(1).await;
    let other = format!(
        "GET /cimi/x HTTP/1.1\r\nHost: a\r\n{}\r\n",
        basic("rob:secret")
    );
    assert_eq!(service.ask(other).await.status, 503);
    drop(slow);
    service.until_answered().await;
}

#[tokio::test]
async fn large_bodies_have_bounded_room_together() {
    let service = Service::start(|config| {
        config.limits.body_bytes = 100_000;
        config.limits.large_bodies_bytes = 200_000;
    })
    .await;
    // The login is remembered from here on, so what is in progress has its room at once.
    service.ask(get("/cimi/x")).await;
    let large = "x".repeat(90_000);
    let mut first = service.connect().await;
    first.send(post("/cimi/forever", "", &large)).await;
    let mut second = service.connect().await;
    second.send(post("/cimi/forever", "", &large)).await;
    service.until_in_progress(2).await;
    let mut third = service.connect().await;
    let answer = third.ask(post("/cimi/x", "", &large)).await;
    assert_eq!(
        (answer.status, answer.body.as_str()),
        (503, "refused: Busy")
    );
    let small = post("/cimi/x", "", &"x".repeat(60_000));
    assert_eq!(third.ask(small).await.status, 200);
    drop(first);
    service.until_in_progress(1).await;
    assert_eq!(
        third.ask(post("/cimi/x", "", &large)).await.status,
        200,
        "the room comes back"
    );
}

#[tokio::test]
async fn connections_are_bounded_and_more_are_told() {
    let service = Service::start(|config| config.limits.connections = 2).await;
    let mut first = service.connect().await;
    let mut second = service.connect().await;
    assert_eq!(first.ask(get("/cimi/x")).await.status, 200);
    assert_eq!(second.ask(get("/cimi/x")).await.status, 200);
    let mut third = service.connect().await;
    let answer = third.ask(get("/cimi/x")).await;
    assert_eq!(
        (answer.status, answer.body.as_str()),
        (503, "Too many connections are open.\n")
    );
    assert!(third.is_closed().await);
    drop(second);
    // The service notices soon that there is a place again.
    service.until_answered().await;
    let text = first.ask(get("/metrics")).await.body;
    assert!(
        !text.contains("cimi_bridge_connections_refused_total 0\n"),
        "{text}"
    );
}

#[tokio::test]
async fn a_client_that_does_not_read_is_left() {
    let service = Service::start(|config| {
        config.limits.write_stall_seconds = 2;
        config.limits.connections = 1;
    })
    .await;
    let mut deaf = service.connect().await;
    deaf.send(get("/cimi/large")).await;
    assert_eq!(
        service.ask(get("/cimi/x")).await.status,
        503,
        "the only place is taken"
    );
    service.until_answered().await;
}

#[tokio::test]
async fn a_binding_that_overruns_does_not_hold_the_client_up() {
    let service = Service::start(|config| config.limits.request_seconds = 1).await;
    let answer = service.ask(post("/wsman", "", "")).await;
    assert!(
        answer.body.ends_with("patience=0"),
        "the deadline is told: {}",
        answer.body
    );
    let mut client = service.connect().await;
    let answer = client.ask(post("/wsman/forever", "", "")).await;
    assert_eq!(
        (answer.status, answer.body.as_str()),
        (503, "refused: Busy")
    );
    assert_eq!(client.ask(get("/cimi/x")).await.status, 200);
}
