//! Mistakes in the configuration and on the command line, each with the message that it gets.

use std::fmt::Write as _;
use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;

use expect_test::expect_file;

use crate::bridge::{binary, root};

/// A remote cloud in which only the mistake is wrong.
const REST: &str = "[[cloud]]\nname = \"a\"\nkind = \"rest\"\nurl = \"https://h/cimi\"\n";

/// What `serve` says when it does not start.
fn said(folder: &Path, config: &str, arguments: &[&str]) -> String {
    fs::write(folder.join("c.toml"), config).expect("a configuration file");
    let mut command = Command::new(binary());
    command
        .current_dir(folder)
        .args(["serve", "--config", "c.toml", "--password-file", "password"])
        .args(arguments)
        .env_remove("NOT_SET");
    let output = command.output().expect("it runs");
    let told = String::from_utf8(output.stderr).expect("UTF-8");
    assert!(!output.status.success(), "{config}{arguments:?}: it starts");
    assert!(!told.contains("hidden"), "a password is told: {told}");
    // Which keys there are besides is no matter of these mistakes.
    let lines = told
        .lines()
        .map(|line| match line.split_once(", expected one of") {
            Some((front, _)) if line.starts_with("unknown field") => front,
            _ => line.trim_end(),
        });
    lines
        .filter(|line| !line.is_empty())
        .fold(String::new(), |all, line| all + line + "\n")
}

#[test]
fn each_mistake_is_told_where_it_is_and_what_would_be_right() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    fs::write(folder.join("password"), "secret\n").expect("a file");
    fs::write(folder.join("empty"), "\n").expect("a file");
    fs::write(folder.join("junk.pem"), "junk\n").expect("a file");
    let cloud = |more: &str| format!("{REST}{more}");
    let one = |field: &str, value: &str| REST.replace(field, value);
    let files = [
        ("an unknown key", "lisen = \"off\"\n".to_owned()),
        ("an unknown key in a table", "[limits]\nbody_byte = 5\n".to_owned()),
        ("a value of another type", "trust_forwarded = \"yes\"\n".to_owned()),
        ("a negative number", "[limits]\nbody_bytes = -1\n".to_owned()),
        ("no value", "listen =\n".to_owned()),
        ("a key twice", "metrics = \"users\"\nmetrics = \"admin\"\n".to_owned()),
        ("an unknown word", "metrics = \"user\"\n".to_owned()),
        ("a number out of its bounds", "\n\n[limits]\nrequests = 0\n".to_owned()),
        ("a base URL that is none", "base_url = \"cloud.example\"\n".to_owned()),
        ("no place to listen", "listen = \"localhost\"\n".to_owned()),
        ("plain HTTP for all", "listen = \"0.0.0.0:5985\"\n".to_owned()),
        ("nowhere to listen", "listen = \"off\"\n".to_owned()),
        ("half of [tls]", "[tls]\nlisten = \"127.0.0.1:0\"\ncertificate = \"c\"\n".to_owned()),
        ("a range of addresses that is none", "[provider]\naddress_ranges = [\"10.0.0.0/99\"]\n".to_owned()),
        ("a place of packages that is none", "[provider]\n\npackage_places = [\"ftp://x/\"]\n".to_owned()),
        ("one cloud where several may be", "[cloud]\nname = \"a\"\n".to_owned()),
        ("a cloud without its kind", "[[cloud]]\nname = \"a\"\n".to_owned()),
        ("an unknown kind of cloud", one("\"rest\"", "\"soap\"")),
        ("a misspelt key of a cloud", cloud("pasword_file = \"x\"\n")),
        ("a password in the file", cloud("user = \"u\"\npassword = \"p\"\n")),
        ("a cloud without its URL", one("url = \"https://h/cimi\"\n", "")),
        ("a URL without scheme", one("https://h", "h")),
        ("a URL with an impossible port", one("https://h", "https://h:99999")),
        ("a URL with a login", one("https://h", "https://u:hidden@h")),
        ("a password file that is not there", cloud("user = \"u\"\npassword_file = \"none\"\n")),
        ("a password file without password", cloud("user = \"u\"\npassword_file = \"empty\"\n")),
        ("a user without password", cloud("user = \"u\"\n")),
        ("a password without user", cloud("password_file = \"password\"\n")),
        ("a variable that is not set", cloud("user = \"u\"\npassword_env = \"NOT_SET\"\n")),
        ("two ways to a password", cloud("user = \"u\"\npassword_file = \"password\"\npassword_env = \"X\"\n")),
        (
            "two logins of one caller",
            cloud(
                "[[cloud.login]]\ncaller = \"c\"\nuser = \"u\"\npassword_file = \"password\"\n\
                 [[cloud.login]]\ncaller = \"c\"\nuser = \"v\"\npassword_file = \"password\"\n",
            ),
        ),
        ("logins that are not used", cloud("credentials = \"caller\"\nuser = \"u\"\npassword_file = \"password\"\n")),
        ("authorities that are not there", cloud("ca_file = \"none.pem\"\n")),
        ("authorities that are none", cloud("ca_file = \"junk.pem\"\n")),
        ("authorities for plain HTTP", one("https://h", "http://h") + "ca_file = \"junk.pem\"\n"),
        ("a certificate without key", cloud("client_certificate = \"junk.pem\"\n")),
        ("a header that cannot be", cloud("[cloud.headers]\n\"a b\" = \"c\"\n")),
        ("a namespace for REST", cloud("namespace = \"root/other\"\n")),
        ("a store of a cloud elsewhere", cloud("store = \"s.redb\"\n")),
        ("a bound of a cloud", cloud("tries = 0\n")),
        ("two clouds of one name", cloud("[[cloud]]\nname = \"A\"\nkind = \"embedded\"\n")),
        (
            "two clouds with one store",
            "[[cloud]]\nname = \"a\"\nkind = \"embedded\"\n[[cloud]]\nname = \"b\"\nkind = \"embedded\"\n\
             store = \"cimi-bridge-data/a.redb\"\n"
                .to_owned(),
        ),
        ("a name that is a path", "[[cloud]]\nname = \"machines\"\nkind = \"embedded\"\n".to_owned()),
        ("a name that has a meaning", "[[cloud]]\nname = \"c\"\nkind = \"embedded\"\n".to_owned()),
        ("a name that cannot be a path", "[[cloud]]\nname = \"a/b\"\nkind = \"embedded\"\n".to_owned()),
    ];
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let taken = taken.local_addr().expect("its address").to_string();
    let lines: &[(&str, &[&str])] = &[
        ("no place to listen", &["--listen", "localhost"]),
        ("a port in use", &["--listen", &taken]),
        (
            "HTTPS without key",
            &["--tls-listen", "127.0.0.1:0", "--tls-cert", "junk.pem"],
        ),
        (
            "a certificate that is none",
            &[
                "--tls-listen",
                "127.0.0.1:0",
                "--tls-cert",
                "junk.pem",
                "--tls-key",
                "junk.pem",
            ],
        ),
        ("an unknown kind of cloud", &["--cloud", "soap=http://h"]),
        ("a cloud without its URL", &["--cloud", "rest"]),
        ("a login in a URL", &["--cloud", "rest=http://u:hidden@h/"]),
        (
            "a cloud user without password",
            &["--cloud", "rest=http://h/", "--cloud-user", "u"],
        ),
        (
            "a password file that is not there",
            &[
                "--cloud",
                "rest=http://h/",
                "--cloud-user",
                "u",
                "--cloud-password-file",
                "none",
            ],
        ),
        (
            "a demonstration elsewhere",
            &["--cloud", "rest=http://h/", "--demo"],
        ),
        ("data in a file", &["--data", "password"]),
    ];
    let mut all = String::new();
    for (what, config) in files {
        let free = if config.contains("listen") {
            ""
        } else {
            "127.0.0.1:0"
        };
        let arguments: &[&str] = if free.is_empty() {
            &[]
        } else {
            &["--listen", free]
        };
        let _ = write!(all, "# {what}\n{}\n", said(folder, &config, arguments));
    }
    for (what, arguments) in lines {
        let told = said(folder, "", arguments).replace(&taken, "127.0.0.1:PORT");
        let _ = write!(
            all,
            "# {what}: {}\n{told}\n",
            arguments.join(" ").replace(&taken, "127.0.0.1:PORT")
        );
    }
    expect_file![root().join("tests/integration/mistakes.txt")].assert_eq(&all);
}
