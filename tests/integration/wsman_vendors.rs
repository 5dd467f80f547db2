//! The commands of the client against services of other vendors: a server in Python that shares nothing with us
//! answers as openwsman, iDRAC, AMT and OMI do, faults of theirs included.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ChildStdin, ChildStdout, Command, Output, Stdio};

use serde_json::Value;

use crate::bridge::{binary, root};

const USER: &str = "operator";
const PASSWORD: &str = "vendor-secret";

/// The server with all vendors.
struct Vendors {
    child: Child,
    said: BufReader<ChildStdout>,
    open: Option<ChildStdin>,
    port: String,
}

impl Vendors {
    fn start() -> Self {
        let mut child = Command::new("python3")
            .arg("-I")
            .arg(root().join("tests/clients/vendor_services.py"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("Python runs");
        let mut said = BufReader::new(child.stdout.take().expect("its output"));
        let mut port = String::new();
        said.read_line(&mut port).expect("a port");
        Self {
            open: child.stdin.take(),
            child,
            said,
            port: port.trim().to_owned(),
        }
    }

    /// A command against one of them.
    fn run(&self, vendor: &str, arguments: &[&str]) -> Output {
        Command::new(binary())
            .args(arguments)
            .env(
                "CIMI_BRIDGE_URL",
                format!("http://127.0.0.1:{}/{vendor}", self.port),
            )
            .env("CIMI_BRIDGE_USER", USER)
            .env("CIMI_BRIDGE_PASSWORD", PASSWORD)
            .env("CIMI_BRIDGE_PROFILES", "/dev/null")
            .env_remove("CIMI_BRIDGE_PROFILE")
            .output()
            .expect("it runs")
    }

    #[track_caller]
    fn says(&self, vendor: &str, arguments: &[&str]) -> String {
        let output = self.run(vendor, arguments);
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{vendor} {arguments:?}: {error}");
        String::from_utf8(output.stdout).expect("UTF-8")
    }

    #[track_caller]
    fn json(&self, vendor: &str, arguments: &[&str]) -> Value {
        let said = self.says(vendor, &[arguments, &["--output", "json"]].concat());
        serde_json::from_str(&said).unwrap_or_else(|error| panic!("{error}: {said}"))
    }

    #[track_caller]
    fn fails(&self, vendor: &str, arguments: &[&str]) -> (Option<i32>, String) {
        let output = self.run(vendor, arguments);
        assert!(!output.status.success(), "{vendor} {arguments:?}");
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        (output.status.code(), error)
    }

    /// What was asked of the server that a client must not ask.
    fn wrong(mut self) -> String {
        drop(self.open.take());
        let mut rest = String::new();
        self.said.read_to_string(&mut rest).expect("its last words");
        rest
    }
}

impl Drop for Vendors {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A vendor, its product, the class that it has, the name of its key, and what a method returns.
const VENDORS: [(&str, &str, &str, &str, u64); 4] = [
    (
        "openwsman",
        "Openwsman Project",
        "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ComputerSystem",
        "Name",
        0,
    ),
    (
        "idrac",
        "Dell Inc.",
        "http://schemas.dell.com/wbem/wscim/1/cim-schema/2/DCIM_SystemView",
        "InstanceID",
        4096,
    ),
    (
        "amt",
        "Intel(r)",
        "http://intel.com/wbem/wscim/1/amt-schema/1/AMT_GeneralSettings",
        "InstanceID",
        0,
    ),
    (
        "omi",
        "Microsoft Corporation",
        "OMI_Identify",
        "InstanceID",
        0,
    ),
];

/// Proves 9 services of other vendors: openwsman, iDRAC, AMT, OMI.
#[test]
fn every_command_works_against_every_vendor() {
    let vendors = Vendors::start();
    for (vendor, product, class, key, returned) in VENDORS {
        let at = |id: &str| format!("{key}={id}");
        let (one, two, three, none) = (at("one"), at("two"), at("three"), at("none"));
        let says = |arguments: &[&str]| vendors.says(vendor, arguments);
        let json = |arguments: &[&str]| vendors.json(vendor, arguments);

        assert!(says(&["identify"]).contains(product), "{vendor}");
        // All instances, with and without optimisation, over pages that are empty.
        for more in [&[][..], &["--no-optimize"], &["--batch", "1"]] {
            let all = json(&[&["enumerate", class], more].concat());
            let ids: Vec<_> = all
                .as_array()
                .expect("a list")
                .iter()
                .map(|i| &i[key])
                .collect();
            assert_eq!(ids, ["one", "two"], "{vendor}");
        }
        let references = says(&["enumerate", class, "--epr"]);
        assert!(
            references.contains(&format!("{key}=\"two\"")),
            "{references}"
        );
        // It stops early, and another process goes on.
        let part = vendors.run(
            vendor,
            &[
                "enumerate",
                class,
                "--no-optimize",
                "--limit",
                "1",
                "-o",
                "json",
            ],
        );
        let hint = String::from_utf8_lossy(&part.stderr).into_owned();
        let (_, context) = hint.trim().split_once("--resume ").expect("how to go on");
        let rest = json(&["enumerate", class, "--resume", context]);
        assert_eq!(rest[0][key], "two", "{vendor}");

        let instance = json(&["get", class, &one]);
        assert_eq!(
            instance["ElementName"].as_str().map(str::trim),
            Some("first & best")
        );
        let changed = json(&["put", class, &two, "--set", "ElementName=a <new> one"]);
        assert_eq!(
            changed["ElementName"].as_str().map(str::trim),
            Some("a <new> one")
        );
        let created = says(&["create", class, "--set", &three, "--set", "ElementName=new"]);
        assert!(created.contains(&format!("{key}=\"three\"")), "{created}");
        says(&["delete", class, &three]);
        let output = json(&["invoke", "Reset", class, &one]);
        assert_eq!(
            output["ReturnValue"],
            returned.to_string(),
            "{vendor}: {output}"
        );

        // A fault is one whatever its status is, and what it says is told.
        let (code, said) = vendors.fails(vendor, &["get", class, &none]);
        assert_eq!(code, Some(3), "{vendor}: {said}");
        let reason = if vendor == "omi" {
            "Cannot find it"
        } else {
            "none"
        };
        assert!(said.contains(reason), "{said}");
    }
    let (_, said) = vendors.fails("openwsman", &["get", VENDORS[0].2]);
    assert!(
        said.contains("InvalidSelectors") && said.contains("Which one?"),
        "{said}"
    );
    assert!(
        vendors
            .says("omi", &["class", "OMI_Identify"])
            .contains("InstanceID")
    );
    assert_eq!(vendors.wrong(), "");
}

/// Proves 9 redirections are not followed.
#[test]
fn a_service_cannot_send_the_login_elsewhere() {
    let vendors = Vendors::start();
    for login in ["auto", "basic"] {
        for arguments in [
            &["identify"][..],
            &["get", "OMI_Identify", "InstanceID=one"],
        ] {
            let (code, said) = vendors.fails("moved", &[arguments, &["--login", login]].concat());
            assert_eq!(code, Some(1));
            assert!(said.contains("302"), "{said}");
        }
    }
    assert_eq!(vendors.wrong(), "", "nothing was asked where it pointed");
}

/// Proves 9 a trace without secrets.
#[test]
fn a_trace_shows_what_went_out_and_what_came_in() {
    let vendors = Vendors::start();
    for (vendor, _, class, key, _) in VENDORS {
        let one = format!("{key}=one");
        let arguments = [
            "put",
            class,
            &one,
            "--set",
            "AdminPassword=hunter2",
            "--trace",
        ];
        let output = vendors.run(vendor, &arguments);
        let trace = String::from_utf8_lossy(&output.stderr).into_owned();
        let lines = |start: &str| trace.lines().filter(|line| line.starts_with(start)).count();
        // Get and Put, each with its answer; no answer is without its request.
        assert_eq!(lines("> POST http://127.0.0.1"), 2, "{trace}");
        assert_eq!(lines("< HTTP 200"), 2, "{trace}");
        for shown in [
            "/transfer/Get<",
            "/transfer/Put<",
            "/transfer/GetResponse",
            "first &amp; best",
            ">***</p:AdminPassword>",
        ] {
            let ours = vendor == "omi" && shown.ends_with("Response");
            assert!(ours || trace.contains(shown), "{vendor}, {shown}: {trace}");
        }
        for secret in [
            PASSWORD,
            "hunter2",
            "Authorization",
            "Basic ",
            "b3BlcmF0b3I",
        ] {
            assert!(!trace.contains(secret), "{vendor}: {trace}");
        }
    }
    // What is refused is in it as well.
    let arguments = ["get", VENDORS[2].2, "InstanceID=none", "--trace"];
    let (_, trace) = vendors.fails("amt", &arguments);
    assert!(
        trace.contains("< HTTP 400") && trace.contains("DestinationUnreachable"),
        "{trace}"
    );
}

/// Proves 9 completions.
#[test]
fn shells_complete_commands_and_options() {
    let script = |shell: &str| {
        let output = crate::bridge::run(&["completions", shell]);
        assert!(output.status.success(), "{shell}");
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    // bash is everywhere, so it says itself what it would offer.
    let bash = r#"
        source /dev/stdin
        function_of=$(complete -p cimi-bridge | sed 's/.*-F \([^ ]*\).*/\1/')
        offer() {
            COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
            "$function_of" cimi-bridge "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
            echo "${COMPREPLY[@]}"
        }
        offer cimi-bridge enum
        offer cimi-bridge enumerate --sub
        offer cimi-bridge enumerate --output ''
    "#;
    let mut shell = Command::new("bash")
        .args(["--norc", "-c", bash])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("bash runs");
    let mut input = shell.stdin.take().expect("its input");
    std::io::Write::write_all(&mut input, script("bash").as_bytes()).expect("the script");
    drop(input);
    let output = shell.wait_with_output().expect("bash ends");
    let offered = String::from_utf8(output.stdout).expect("UTF-8");
    let offered: Vec<_> = offered.lines().collect();
    assert_eq!(offered, ["enumerate", "--subclasses", "table json xml"]);
    for (shell, beginning) in [
        ("zsh", "#compdef cimi-bridge"),
        ("fish", "# Print"),
        ("elvish", "\nuse builtin;"),
        ("powershell", "\nusing namespace"),
    ] {
        let text = script(shell);
        assert!(text.starts_with(beginning), "{shell}: {}", &text[..80]);
        for command in ["identify", "associators", "invoke", "--trace"] {
            let name = command.trim_start_matches('-');
            assert!(text.contains(name), "{shell} completes {command}");
        }
    }
}
