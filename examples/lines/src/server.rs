//! The server's adapter: a line becomes a call of the provider, what that answers becomes a line.

use std::sync::Arc;
use std::time::{Duration, Instant};

use cim_core::{CimError, ErrorKind, Etag};
use provider::plain::{self, read_number, read_text, wrong};
use provider::{
    Bookmark, Change, Container, Cursor, OperationContext, PageRequest, Principal, Provider,
};
use serde_json::Value as Json;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// Serves a provider until the listener fails.
pub async fn serve(listener: TcpListener, provider: Arc<dyn Provider>) {
    while let Ok((stream, _)) = listener.accept().await {
        let provider = Arc::clone(&provider);
        tokio::spawn(async move { converse(stream, &*provider).await });
    }
}

async fn converse(mut stream: TcpStream, provider: &dyn Provider) -> std::io::Result<()> {
    let (mut from, mut to) = stream.split();
    let mut line = String::new();
    let mut reader = BufReader::new((&mut from).take(crate::MAX_LINE));
    reader.read_line(&mut line).await?;
    let request: Json = serde_json::from_str(&line).unwrap_or_default();
    let answer = tokio::select! {
        answer = perform(provider, &request) => answer.unwrap_or_else(|e| plain::error(&e)),
        // The client has gone away: so does its operation.
        _ = from.read_u8() => return Ok(()),
    };
    to.write_all(format!("{answer}\n").as_bytes()).await
}

/// On whose behalf, and until when.
fn context(line: &Json) -> Result<OperationContext, CimError> {
    let role = read_text(line, "role")?;
    Ok(OperationContext {
        principal: Arc::new(Principal {
            name: read_text(line, "user")?.to_owned(),
            role: role.parse().map_err(|_| wrong("role"))?,
            tenant: line["tenant"].as_str().map(str::to_owned),
            password: None,
        }),
        deadline: time(line, "ms_left"),
    })
}

fn time(line: &Json, name: &str) -> Option<Instant> {
    Instant::now().checked_add(Duration::from_millis(line[name].as_u64()?))
}

async fn perform(provider: &dyn Provider, line: &Json) -> Result<Json, CimError> {
    let schema = provider.schema();
    let context = context(line)?;
    let path = || plain::read_path(&line["path"]);
    let if_match = line["if_match"].as_str().map(|etag| Etag(etag.to_owned()));
    let if_match = if_match.as_ref();
    match read_text(line, "op")? {
        "get" => {
            let found = provider.get(&context, &path()?).await?;
            Ok(plain::resource(&found))
        }
        "query" => {
            let query = plain::read_query(schema, &line["query"])?;
            let after: Option<Vec<u8>> = serde_json::from_value(line["after"].clone()).ok();
            let after = after.map(Cursor);
            let most = |name| usize::try_from(read_number(line, name)?).map_err(|_| wrong(name));
            let page = PageRequest {
                after: after.as_ref(),
                skip: read_number(line, "skip")?,
                max_items: most("max_items")?,
                max_examined: most("max_examined")?,
                count: line["count"] == true,
            };
            Ok(plain::page(&provider.query(&context, &query, page).await?))
        }
        "create" => {
            let new = plain::read_instance(schema, &line["instance"])?;
            let container = match line["association"].as_str() {
                Some(name) => Some(Container {
                    owner: path()?,
                    association: plain::class(schema, name)?,
                }),
                None => None,
            };
            let created = provider.create(&context, new, container).await?;
            Ok(plain::created(&created))
        }
        "modify" => {
            let path = path()?;
            let class = plain::class(schema, &path.class)?;
            let values = plain::read_named(schema, &line["changes"])?.into_iter();
            let changes = values.map(|(name, value)| match class.property(&name) {
                Some((_, property)) => Ok(Change { property, value }),
                None => Err(wrong(&name)),
            });
            let changes = changes.collect::<Result<_, _>>()?;
            let outcome = provider.modify(&context, &path, changes, if_match).await?;
            Ok(plain::outcome(&outcome))
        }
        "delete" => {
            let outcome = provider.delete(&context, &path()?, if_match).await?;
            Ok(plain::outcome(&outcome))
        }
        "invoke" => {
            let path = path()?;
            let class = plain::class(schema, &path.class)?;
            let method = class.method(read_text(line, "method")?);
            let method = method.ok_or_else(|| wrong("method"))?;
            let given = plain::read_named(schema, &line["parameters"])?;
            let invoked = provider.invoke(&context, &path, method, given).await?;
            Ok(plain::invoked(&invoked))
        }
        "watch" => {
            let after = Bookmark(read_number(line, "after")?);
            let max = usize::try_from(read_number(line, "max")?).map_err(|_| wrong("max"))?;
            let until = time(line, "ms_to_wait");
            let page = provider.watch(&context, after, max, until).await?;
            Ok(plain::event_page(&page))
        }
        op => Err(CimError::new(
            ErrorKind::NotSupported,
            format!("There is no operation `{op}`."),
        )),
    }
}
