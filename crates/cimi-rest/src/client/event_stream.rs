//! Server-Sent Events (WHATWG HTML 9.2.6): bytes as they come, messages as soon as they are whole.

use std::time::Duration;

use super::ClientError;

/// The largest message that is taken, in bytes: lines that are not whole yet included.
pub const MAX_MESSAGE: usize = 4 << 20;

/// A message of a stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventMessage {
    /// What to send as `Last-Event-ID` to go on behind it.
    pub id: Option<String>,
    /// Its name; `message` if it has none.
    pub name: String,
    /// What it says.
    pub data: String,
}

/// Reads a stream, whatever pieces it comes in.
#[derive(Debug, Clone, Default)]
pub struct EventStream {
    /// The line that is not whole yet.
    line: Vec<u8>,
    /// The last line ended with a carriage return: a line feed behind it is a part of that.
    after_return: bool,
    /// Something was read already: a byte order mark is none any more.
    begun: bool,
    name: String,
    data: String,
    /// The id of the message that is not whole yet.
    id: Option<String>,
    last_id: Option<String>,
    retry: Option<Duration>,
}

impl EventStream {
    /// The beginning of a stream; `last_id` is that of the last message of the one before.
    pub fn new(last_id: Option<String>) -> Self {
        Self {
            id: last_id.clone(),
            last_id,
            ..Self::default()
        }
    }

    /// What to send as `Last-Event-ID` to go on behind the last whole message.
    pub fn last_id(&self) -> Option<&str> {
        self.last_id.as_deref().filter(|id| !id.is_empty())
    }

    /// How long the service wants to be left alone after the stream broke, if it said so.
    pub const fn retry(&self) -> Option<Duration> {
        self.retry
    }

    /// Takes the next bytes; the messages that are whole with them.
    ///
    /// # Errors
    /// A message larger than [`MAX_MESSAGE`], or one that is not UTF-8.
    pub fn read(&mut self, bytes: &[u8]) -> Result<Vec<EventMessage>, ClientError> {
        let mut messages = Vec::new();
        let mut rest = bytes;
        if std::mem::take(&mut self.after_return) {
            rest = rest.strip_prefix(b"\n").unwrap_or(rest);
            // Nothing came yet that could tell.
            self.after_return = bytes.is_empty();
        }
        while let Some(end) = rest.iter().position(|byte| matches!(byte, b'\r' | b'\n')) {
            let (line, end_and_more) = rest.split_at(end);
            self.grow(line)?;
            rest = match end_and_more {
                [b'\r', b'\n', more @ ..] => more,
                [b'\r'] => {
                    self.after_return = true;
                    &[]
                }
                [_, more @ ..] => more,
                [] => &[],
            };
            let line = std::mem::take(&mut self.line);
            let text = std::str::from_utf8(&line).map_err(|_| {
                ClientError::Answer("a line of the event stream is not UTF-8".to_owned())
            })?;
            let text = match std::mem::replace(&mut self.begun, true) {
                false => text.strip_prefix('\u{feff}').unwrap_or(text),
                true => text,
            };
            messages.extend(self.take(text));
        }
        self.grow(rest)?;
        Ok(messages)
    }

    fn grow(&mut self, more: &[u8]) -> Result<(), ClientError> {
        if self.line.len() + self.data.len() + more.len() > MAX_MESSAGE {
            let why = format!("a message of the event stream is larger than {MAX_MESSAGE} bytes");
            return Err(ClientError::Answer(why));
        }
        self.line.extend_from_slice(more);
        Ok(())
    }

    /// Takes a line; the message that a blank one ends.
    fn take(&mut self, line: &str) -> Option<EventMessage> {
        if line.is_empty() {
            self.last_id.clone_from(&self.id);
            let name = std::mem::take(&mut self.name);
            let mut data = std::mem::take(&mut self.data);
            // Each line of data was ended; without one it is no message.
            data.pop()?;
            let name = if name.is_empty() {
                "message".to_owned()
            } else {
                name
            };
            let id = self.last_id().map(str::to_owned);
            return Some(EventMessage { id, name, data });
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "data" => {
                self.data.push_str(value);
                self.data.push('\n');
            }
            "event" => value.clone_into(&mut self.name),
            "id" if !value.contains('\0') => self.id = Some(value.to_owned()),
            "retry" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.retry = value.parse().ok().map(Duration::from_millis);
            }
            // A comment, or something newer than this.
            _ => {}
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const STREAM: &str = "\u{feff}retry: 250\n: hello\nid: 1\nevent: event\ndata: {\"a\":\ndata: 1}\n\nid: 2\n\n\
        data\n\r\nid: x\0y\r\nother: z\r\nevent:droppedEvents\r\ndata:{}\r\n\r\nid: 9\rdata: é\r\rdata: not whole";

    fn expected() -> Vec<EventMessage> {
        [
            ("1", "event", "{\"a\":\n1}"),
            ("2", "message", ""),
            ("2", "droppedEvents", "{}"),
            ("9", "message", "é"),
        ]
        .map(|(id, name, data)| EventMessage {
            id: Some(id.to_owned()),
            name: name.to_owned(),
            data: data.to_owned(),
        })
        .into()
    }

    #[test]
    fn messages_are_read() {
        let mut stream = EventStream::new(Some("0".to_owned()));
        assert_eq!(stream.last_id(), Some("0"));
        assert_eq!(stream.read(STREAM.as_bytes()).unwrap(), expected());
        assert_eq!(stream.last_id(), Some("9"));
        assert_eq!(stream.retry(), Some(Duration::from_millis(250)));
        // What is not whole does not count.
        let mut torn = EventStream::default();
        assert_eq!(torn.read(b"id: 7\ndata: x\n").unwrap(), []);
        assert_eq!(torn.last_id(), None);
    }

    #[test]
    fn nothing_is_endless() {
        let mut stream = EventStream::default();
        let piece = vec![b'x'; MAX_MESSAGE / 2];
        assert!(stream.read(&piece).is_ok());
        assert!(stream.read(&piece).is_ok());
        assert!(stream.read(b"x").is_err());
        let mut lines = EventStream::default();
        let line = [b"data:".as_slice(), &piece, b"\n"].concat();
        assert!(lines.read(&line).is_ok());
        assert!(lines.read(&line).is_err());
        assert!(EventStream::default().read(b"data: \xff\n").is_err());
    }

    proptest! {
        #[test]
        fn pieces_make_no_difference(cuts in proptest::collection::vec(0..STREAM.len(), 0..20)) {
            let mut cuts = cuts;
            cuts.extend([0, STREAM.len()]);
            cuts.sort_unstable();
            let mut stream = EventStream::default();
            let mut seen = Vec::new();
            for pair in cuts.windows(2) {
                seen.extend(stream.read(&STREAM.as_bytes()[pair[0]..pair[1]]).unwrap());
            }
            prop_assert_eq!(seen, expected());
            prop_assert_eq!(stream.last_id(), Some("9"));
        }

        #[test]
        fn nothing_panics(bytes: Vec<u8>) {
            let _ = EventStream::default().read(&bytes);
        }
    }
}
