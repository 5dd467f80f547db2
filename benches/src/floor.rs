//! The floor under what a bridge costs: a proxy on the same HTTP library and runtime that understands nothing of
//! what it passes on. What a bridge needs beyond it is its own; what both need is the kernel's and the library's.

use std::convert::Infallible;
use std::error::Error;
use std::future::poll_fn;
use std::io::{self, Write as _};
use std::pin::{Pin, pin};
use std::sync::Arc;

use bytes::Bytes;
use http::{Request, Response, header};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::client::conn::http1 as client;
use hyper::server::conn::http1 as server;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Mutex;

type Failure = Box<dyn Error + Send + Sync>;
type Driver = Pin<Box<dyn Future<Output = Result<(), hyper::Error>> + Send>>;

/// A connection to the service, moved by whoever sends on it, as in the bridge.
type Upstream = (client::SendRequest<Full<Bytes>>, Driver);

/// Passes requests on to `authority` until the process is ended; says where it listens.
pub(crate) fn serve(authority: &str) -> Result<(), Box<dyn Error>> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        println!("listening http://{}/", listener.local_addr()?);
        io::stdout().flush()?;
        let authority: Arc<str> = authority.into();
        loop {
            let (stream, _) = listener.accept().await?;
            stream.set_nodelay(true)?;
            let authority = Arc::clone(&authority);
            tokio::spawn(async move {
                if let Err(error) = connection(stream, &authority).await {
                    eprintln!("floor: {error}");
                }
            });
        }
    })
}

async fn connection(stream: TcpStream, authority: &str) -> Result<(), Failure> {
    let to = TcpStream::connect(authority).await?;
    to.set_nodelay(true)?;
    let (sender, driver) = client::handshake(TokioIo::new(to)).await?;
    let upstream = Mutex::new((sender, Box::pin(driver) as Driver));
    let service = service_fn(|request| async {
        let passed = pass(&mut *upstream.lock().await, request, authority).await;
        Ok::<_, Infallible>(passed.unwrap_or_else(|error| {
            let mut refused = Response::new(Full::new(Bytes::from(error.to_string())));
            *refused.status_mut() = http::StatusCode::BAD_GATEWAY;
            refused
        }))
    });
    server::Builder::new()
        .serve_connection(TokioIo::new(stream), service)
        .await?;
    Ok(())
}

async fn pass(
    (sender, driver): &mut Upstream,
    request: Request<Incoming>,
    authority: &str,
) -> Result<Response<Full<Bytes>>, Failure> {
    let (mut parts, body) = request.into_parts();
    let body = body.collect().await?.to_bytes();
    parts.headers.insert(header::HOST, authority.parse()?);
    let request = Request::from_parts(parts, Full::new(body));
    let exchange = async {
        let (parts, body) = sender.send_request(request).await?.into_parts();
        let body = body.collect().await?.to_bytes();
        Ok::<_, hyper::Error>(Response::from_parts(parts, Full::new(body)))
    };
    let mut exchange = pin!(exchange);
    let response = poll_fn(|context| {
        let _ = driver.as_mut().poll(context);
        exchange.as_mut().poll(context)
    });
    Ok(response.await?)
}
