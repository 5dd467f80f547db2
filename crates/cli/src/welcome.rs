//! What `serve` prints when it is ready: where, as whom, and what to try. The last lines are for
//! scripts: `listening URL`, one a listener.

use std::fmt;
use std::net::SocketAddr;
use std::path::Path;

use crate::serve::Login;

/// A WS-Management request to try; it starts the stopped machine of the demonstration cloud.
const START_MACHINE: &str = "docs/try/start-machine.xml";

/// Identify, for those who are not in the project's folder.
const IDENTIFY: &str = "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" \
    xmlns:i=\"http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd\"><s:Body>\
    <i:Identify/></s:Body></s:Envelope>";

/// The start-up text.
pub(crate) struct Welcome<'a> {
    /// Whether there is a demonstration cloud.
    pub(crate) demo: bool,
    /// Who can log in.
    pub(crate) login: &'a Login,
    /// Where plain HTTP is served.
    pub(crate) http: Option<SocketAddr>,
    /// Where HTTPS is served.
    pub(crate) https: Option<SocketAddr>,
}

impl fmt::Display for Welcome<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let urls = [("http", self.http), ("https", self.https)];
        let urls = || {
            let urls = urls.iter();
            urls.filter_map(|(scheme, address)| Some(format!("{scheme}://{}", (*address)?)))
        };
        let version = env!("CARGO_PKG_VERSION");
        let what = if self.demo {
            ", with a demonstration cloud"
        } else {
            ""
        };
        writeln!(f, "cimi-bridge {version} is ready{what}.\n")?;
        for url in urls() {
            writeln!(f, "  CIMI REST       {url}/cimi/cloudEntryPoint")?;
            writeln!(f, "  WS-Management   {url}/wsman")?;
            writeln!(f, "  Health          {url}/healthz")?;
        }
        match self.login {
            Login::MadeUp { password, kept } => {
                writeln!(f, "  User            admin")?;
                writeln!(f, "  Password        {password}")?;
                writeln!(
                    f,
                    "                  (shown once; kept in {})",
                    kept.display()
                )?;
            }
            Login::InFile(file) => {
                writeln!(f, "  User            admin")?;
                writeln!(f, "  Password        in {}", file.display())?;
            }
            Login::Admin => writeln!(f, "  User            admin")?,
            Login::Other => writeln!(f, "  Users           see `cimi-bridge user list`")?,
        }
        if self.demo
            && !matches!(self.login, Login::Other)
            && let Some(url) = urls().next()
        {
            self.commands(f, &url)?;
        }
        writeln!(f, "\nCtrl-C stops it.")?;
        for url in urls() {
            writeln!(f, "listening {url}")?;
        }
        Ok(())
    }
}

impl Welcome<'_> {
    /// The commands that the README shows.
    fn commands(&self, f: &mut fmt::Formatter<'_>, url: &str) -> fmt::Result {
        writeln!(f, "\nThree commands to try, in another terminal:\n")?;
        match self.login {
            Login::MadeUp { password, .. } => writeln!(f, "  export PASSWORD={password}")?,
            Login::InFile(file) => writeln!(f, "  read -r PASSWORD < {}", shell_word(file))?,
            _ => writeln!(f, "  read -rs PASSWORD   # type the password of admin")?,
        }
        // A certificate for a test is rarely one that curl knows.
        let curl = if url.starts_with("https") {
            "curl --insecure"
        } else {
            "curl"
        };
        let user = "-u \"admin:$PASSWORD\"";
        let soap = "-H 'Content-Type: application/soap+xml;charset=UTF-8'";
        writeln!(f, "  {curl} {user} {url}/cimi/machines")?;
        if Path::new(START_MACHINE).exists() {
            writeln!(
                f,
                "  {curl} {user} {soap} --data-binary @{START_MACHINE} {url}/wsman"
            )?;
        } else {
            writeln!(
                f,
                "  {curl} {user} {soap} --data-binary '{IDENTIFY}' {url}/wsman"
            )?;
        }
        writeln!(
            f,
            "  {curl} {user} -H 'Accept: application/xml' {url}/cimi/machines/demo-backend"
        )
    }
}

/// A path as a word of a shell command.
fn shell_word(path: &Path) -> String {
    let text = path.display().to_string();
    let plain = |c: char| c.is_alphanumeric() || "/._-+".contains(c);
    if text.chars().all(plain) {
        text
    } else {
        format!("'{}'", text.replace('\'', "'\\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(demo: bool, login: &Login) -> String {
        let http = Some("127.0.0.1:5985".parse().unwrap());
        Welcome {
            demo,
            login,
            http,
            https: None,
        }
        .to_string()
    }

    #[test]
    fn a_password_is_shown_when_it_was_made_up_and_only_then() {
        let login = Login::MadeUp {
            password: "s3cret".into(),
            kept: "data/admin-password".into(),
        };
        let first = text(true, &login);
        assert!(first.contains("export PASSWORD=s3cret\n"), "{first}");
        let later = text(true, &Login::InFile("it's here/admin-password".into()));
        assert!(
            later.contains("read -r PASSWORD < 'it'\\''s here/admin-password'\n"),
            "{later}"
        );
    }

    #[test]
    fn the_last_line_is_for_scripts() {
        let text = text(false, &Login::Admin);
        assert_eq!(text.lines().last(), Some("listening http://127.0.0.1:5985"));
        assert!(
            !text.contains("curl"),
            "without a demonstration cloud there is nothing to try"
        );
    }
}
