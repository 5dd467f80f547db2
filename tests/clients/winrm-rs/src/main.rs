//! Queries the demonstration cloud with winrm-rs: enumerations with WQL, and the shell verbs that a service
//! without shells has to refuse so that its user understands why.
//!
//! Takes WSMAN_URL, WSMAN_USER and WSMAN_PASSWORD from the environment; prints `ok` at the end.

use std::env;

use winrm_rs::{AuthMethod, WinrmClient, WinrmConfig, WinrmCredentials, WinrmError};

const HOST: &str = "127.0.0.1";

fn connect(password: &str) -> WinrmClient {
    let url = env::var("WSMAN_URL").expect("WSMAN_URL");
    let (scheme, rest) = url.split_once("://").expect("a URL");
    let authority = rest.split('/').next().expect("an authority");
    let (_, port) = authority.rsplit_once(':').expect("a port");
    let config = WinrmConfig {
        port: port.parse().expect("a port"),
        auth_method: AuthMethod::Basic,
        use_tls: scheme == "https",
        accept_invalid_certs: true,
        ..WinrmConfig::default()
    };
    let user = env::var("WSMAN_USER").expect("WSMAN_USER");
    WinrmClient::new(config, WinrmCredentials::new(user, password, "")).expect("a client")
}

async fn query(client: &WinrmClient, text: &str) -> String {
    let found = client.run_wql(HOST, text, Some("root/cimi")).await;
    found.unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// How many elements of that name there are, with any prefix.
fn count(xml: &str, name: &str) -> usize {
    let closing = xml.split("</").skip(1);
    closing
        .filter(|tag| {
            let tag = tag.split('>').next().unwrap_or_default();
            tag.rsplit(':').next() == Some(name)
        })
        .count()
}

/// The text of the fault that a call has to end with.
fn fault<T>(result: Result<T, WinrmError>) -> String {
    match result {
        Err(WinrmError::Soap(error)) => error.to_string(),
        Err(error) => panic!("not a fault: {error}"),
        Ok(_) => panic!("not refused"),
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let client = connect(&env::var("WSMAN_PASSWORD").expect("WSMAN_PASSWORD"));

    // Proves 4 filters in WQL and CQL, and by selectors.
    // Proves 4 Enumerate and Pull in small and large batches, optimised and not.
    // Proves 1 DMTF and Microsoft resource URIs.
    assert_eq!(
        count(
            &query(&client, "select * from CIMI_Machine").await,
            "CIMI_Machine"
        ),
        2
    );
    let started = query(
        &client,
        "select * from CIMI_Machine where State = 'STARTED'",
    )
    .await;
    assert_eq!(count(&started, "CIMI_Machine"), 1);
    assert!(started.contains(">STARTED<"));
    let states = query(&client, "select State from CIMI_Machine").await;
    assert_eq!((count(&states, "State"), count(&states, "Cpu")), (2, 0));
    let nothing = query(
        &client,
        "select * from CIMI_Machine where ElementName = 'nobody'",
    )
    .await;
    assert_eq!(count(&nothing, "CIMI_Machine"), 0);
    // More than one answer holds: it pulls, and names another namespace when it does.
    let everything = query(&client, "select * from CIM_ManagedElement").await;
    assert!(count(&everything, "InstanceID") > 10, "{everything}");

    // Proves 6 DestinationUnreachable, ActionNotSupported, InvalidParameter.
    // Proves 4 filters that are wrong.
    let wrong = fault(client.run_wql(HOST, "select from", Some("root/cimi")).await);
    assert!(
        wrong.contains("CannotProcessFilter") || wrong.contains("filter"),
        "{wrong}"
    );
    let elsewhere = client
        .run_wql(HOST, "select * from CIMI_Machine", Some("root/other"))
        .await;
    let elsewhere = fault(elsewhere);
    assert!(elsewhere.contains("DestinationUnreachable"), "{elsewhere}");
    // There are no shells; what it sends to ask for one is not even an envelope by its schema.
    fault(client.create_shell(HOST).await);
    fault(client.run_command(HOST, "ipconfig", &[]).await);
    fault(client.run_powershell(HOST, "Get-Process").await);

    // A wrong password.
    match connect("wrong")
        .run_wql(HOST, "select * from CIMI_Machine", None)
        .await
    {
        Err(WinrmError::AuthFailed(_)) => {}
        Err(error) => panic!("{error}"),
        Ok(_) => panic!("a wrong password is no login"),
    }
    println!("ok");
}
