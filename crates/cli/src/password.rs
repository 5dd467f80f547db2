//! Where a command gets a password from: a file, a pipe, or the terminal. Never from the command line,
//! which every process of the machine can read.

use std::io::{self, IsTerminal, Read};
use std::path::Path;

use crate::failure::Failure;

/// More than any password has.
const MAX_BYTES: u64 = 64 * 1024;

/// The first line of a file.
pub(crate) fn from_file(path: &Path) -> Result<String, Failure> {
    let fail = |error: io::Error| {
        Failure::new(format_args!(
            "the password file {}: {error}",
            path.display()
        ))
    };
    let file = std::fs::File::open(path).map_err(fail)?;
    let password = first_line(file).map_err(fail)?;
    if password.is_empty() {
        return Err(Failure::new(format_args!(
            "the password file {} is empty",
            path.display()
        )));
    }
    Ok(password)
}

/// A password that the user knows, from the terminal.
pub(crate) fn ask(user: &str) -> Result<String, Failure> {
    rpassword::prompt_password(format!("Password of {user}: "))
        .map_err(|error| Failure::new(format_args!("the terminal: {error}")))
}

/// From standard input: typed twice without being shown on a terminal, or the first line of a pipe.
pub(crate) fn from_input(user: &str) -> Result<String, Failure> {
    if !io::stdin().is_terminal() {
        return first_line(io::stdin())
            .map_err(|error| Failure::new(format_args!("standard input: {error}")));
    }
    let ask = |prompt: String| {
        rpassword::prompt_password(prompt)
            .map_err(|error| Failure::new(format_args!("the terminal: {error}")))
    };
    let password = ask(format!("New password of {user}: "))?;
    if password != ask("Again: ".to_owned())? {
        return Err(Failure::new(
            "the two passwords differ; nothing was changed",
        ));
    }
    Ok(password)
}

fn first_line(from: impl Read) -> io::Result<String> {
    let mut text = String::new();
    from.take(MAX_BYTES).read_to_string(&mut text)?;
    Ok(text.lines().next().unwrap_or_default().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_a_line_with_its_blanks() {
        for (text, expected) in [("a b \n", "a b "), ("x\r\ny\n", "x"), ("", ""), ("x", "x")] {
            assert_eq!(first_line(text.as_bytes()).unwrap(), expected);
        }
        assert!(first_line(&[0xff, 0xfe][..]).is_err());
    }
}
