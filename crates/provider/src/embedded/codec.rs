//! How values and instances lie in the store: compact, and readable by a schema that has grown.
//!
//! Classes and properties stand by name, so that a property may be added, moved or dropped between
//! two versions of the service; a dropped one is read over. A name costs little to read: it is
//! compared with the property that usually comes next.
//!
//! Every form starts with a byte that says what it is; a number is a LEB128 varint, a text is its
//! length and its bytes.

use cim_core::{DateTime, Instance, KeyValue, ObjectPath, Schema, Value};

const NULL: u8 = 0;
const FALSE: u8 = 1;
const TRUE: u8 = 2;
const UNSIGNED: u8 = 3;
const SIGNED: u8 = 4;
const REAL: u8 = 5;
const CHAR16: u8 = 6;
const STRING: u8 = 7;
const TIMESTAMP: u8 = 8;
const INTERVAL: u8 = 9;
const REFERENCE: u8 = 10;
const INSTANCE: u8 = 11;
const ARRAY: u8 = 12;

/// Values inside values: more than the model nests, less than any stack.
const MAX_DEPTH: u8 = 32;

/// Stored bytes that do not make sense.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Corrupt(pub(crate) &'static str);

/// Which properties of an instance are written or read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keep {
    /// All.
    All,
    /// Those that a client may read: secrets (`Read(false)`) are left out, at every depth.
    Readable,
}

/// Appends a number.
pub(crate) fn write_number(out: &mut Vec<u8>, mut n: u64) {
    while n >= 0x80 {
        out.push(n as u8 | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
}

/// Appends a text.
pub(crate) fn write_text(out: &mut Vec<u8>, text: &str) {
    write_number(out, text.len() as u64);
    out.extend_from_slice(text.as_bytes());
}

/// Appends a signed number.
pub(crate) fn write_signed(out: &mut Vec<u8>, n: i64) {
    write_number(out, ((n << 1) ^ (n >> 63)) as u64);
}

/// Appends a value.
pub(crate) fn write_value(out: &mut Vec<u8>, value: &Value, keep: Keep) {
    match value {
        Value::Null => out.push(NULL),
        Value::Boolean(false) => out.push(FALSE),
        Value::Boolean(true) => out.push(TRUE),
        Value::Unsigned(n) => {
            out.push(UNSIGNED);
            write_number(out, *n);
        }
        Value::Signed(n) => {
            out.push(SIGNED);
            write_signed(out, *n);
        }
        Value::Real(n) => {
            out.push(REAL);
            out.extend_from_slice(&n.to_bits().to_be_bytes());
        }
        Value::Char16(c) => {
            out.push(CHAR16);
            out.extend_from_slice(&c.to_be_bytes());
        }
        Value::String(text) => {
            out.push(STRING);
            write_text(out, text);
        }
        Value::DateTime(DateTime::Timestamp {
            micros,
            offset,
            precision,
        }) => {
            out.push(TIMESTAMP);
            write_signed(out, *micros);
            write_signed(out, i64::from(*offset));
            out.push(*precision);
        }
        Value::DateTime(DateTime::Interval { micros, precision }) => {
            out.push(INTERVAL);
            write_number(out, *micros);
            out.push(*precision);
        }
        Value::Reference(path) => {
            out.push(REFERENCE);
            write_path(out, path);
        }
        Value::Instance(instance) => {
            out.push(INSTANCE);
            write_instance(out, instance, keep);
        }
        Value::Array(items) => {
            out.push(ARRAY);
            write_number(out, items.len() as u64);
            for item in items {
                write_value(out, item, keep);
            }
        }
    }
}

/// Appends an instance: class name, number of properties, and each with its name.
pub(crate) fn write_instance(out: &mut Vec<u8>, instance: &Instance, keep: Keep) {
    let kept = || {
        instance
            .present()
            .filter(|(property, _)| keep == Keep::All || property.flags.read)
    };
    write_text(out, instance.class().name);
    write_number(out, kept().count() as u64);
    for (property, value) in kept() {
        write_text(out, property.name);
        write_value(out, value, keep);
    }
}

fn write_path(out: &mut Vec<u8>, path: &ObjectPath) {
    match &path.namespace {
        None => out.push(0),
        Some(namespace) => {
            out.push(1);
            write_text(out, namespace);
        }
    }
    write_text(out, &path.class);
    write_number(out, path.keys.len() as u64);
    for (name, key) in &path.keys {
        write_text(out, name);
        match key {
            KeyValue::String(text) => {
                out.push(STRING);
                write_text(out, text);
            }
            KeyValue::Boolean(b) => out.push(if *b { TRUE } else { FALSE }),
            KeyValue::Unsigned(n) => {
                out.push(UNSIGNED);
                write_number(out, *n);
            }
            KeyValue::Signed(n) => {
                out.push(SIGNED);
                write_signed(out, *n);
            }
            KeyValue::Reference(path) => {
                out.push(REFERENCE);
                write_path(out, path);
            }
        }
    }
}

/// Reads what the functions above wrote.
#[derive(Debug, Clone)]
pub(crate) struct Reader<'a> {
    rest: &'a [u8],
    depth: u8,
}

impl<'a> Reader<'a> {
    /// Reads from the first of these bytes.
    pub(crate) const fn new(bytes: &'a [u8]) -> Self {
        Self {
            rest: bytes,
            depth: 0,
        }
    }

    /// What is not read yet.
    pub(crate) const fn rest(&self) -> &'a [u8] {
        self.rest
    }

    fn take(&mut self, length: usize) -> Result<&'a [u8], Corrupt> {
        let (taken, rest) = self
            .rest
            .split_at_checked(length)
            .ok_or(Corrupt("bytes are missing"))?;
        self.rest = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Corrupt> {
        let (taken, rest) = self
            .rest
            .split_first_chunk()
            .ok_or(Corrupt("bytes are missing"))?;
        self.rest = rest;
        Ok(*taken)
    }

    /// One byte.
    pub(crate) fn byte(&mut self) -> Result<u8, Corrupt> {
        self.array::<1>().map(|[byte]| byte)
    }

    /// A number.
    pub(crate) fn number(&mut self) -> Result<u64, Corrupt> {
        let mut n = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            let part = u64::from(byte & 0x7f);
            if shift == 63 && part > 1 {
                break;
            }
            n |= part << shift;
            if byte < 0x80 {
                return Ok(n);
            }
        }
        Err(Corrupt("a number is too long"))
    }

    fn length(&mut self) -> Result<usize, Corrupt> {
        usize::try_from(self.number()?).map_err(|_| Corrupt("a length is too large"))
    }

    /// A signed number.
    pub(crate) fn signed(&mut self) -> Result<i64, Corrupt> {
        let n = self.number()?;
        Ok((n >> 1) as i64 ^ -((n & 1) as i64))
    }

    fn bytes(&mut self) -> Result<&'a [u8], Corrupt> {
        let length = self.length()?;
        self.take(length)
    }

    /// A text.
    pub(crate) fn text(&mut self) -> Result<&'a str, Corrupt> {
        std::str::from_utf8(self.bytes()?).map_err(|_| Corrupt("a text is not UTF-8"))
    }

    fn enter(&mut self) -> Result<(), Corrupt> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Corrupt("values are nested too deep"));
        }
        Ok(())
    }

    /// A value.
    pub(crate) fn value(&mut self, schema: &Schema, keep: Keep) -> Result<Value, Corrupt> {
        Ok(match self.byte()? {
            NULL => Value::Null,
            FALSE => Value::Boolean(false),
            TRUE => Value::Boolean(true),
            UNSIGNED => Value::Unsigned(self.number()?),
            SIGNED => Value::Signed(self.signed()?),
            REAL => Value::Real(f64::from_bits(u64::from_be_bytes(self.array()?))),
            CHAR16 => Value::Char16(u16::from_be_bytes(self.array()?)),
            STRING => Value::from(self.text()?),
            TIMESTAMP => Value::DateTime(DateTime::Timestamp {
                micros: self.signed()?,
                offset: i16::try_from(self.signed()?)
                    .map_err(|_| Corrupt("a datetime's offset"))?,
                precision: self.byte()?,
            }),
            INTERVAL => Value::DateTime(DateTime::Interval {
                micros: self.number()?,
                precision: self.byte()?,
            }),
            REFERENCE => Value::Reference(Box::new(self.path()?)),
            INSTANCE => {
                self.enter()?;
                let instance = self.instance(schema, keep)?;
                self.depth -= 1;
                Value::Instance(Box::new(instance))
            }
            ARRAY => {
                self.enter()?;
                let length = self.length()?;
                // An element has at least a byte: a wrong length cannot ask for much memory.
                let mut items = Vec::with_capacity(length.min(self.rest.len()));
                for _ in 0..length {
                    items.push(self.value(schema, keep)?);
                }
                self.depth -= 1;
                Value::Array(items)
            }
            _ => return Err(Corrupt("no such kind of value")),
        })
    }

    /// An instance. Properties that its class no longer has are left out.
    pub(crate) fn instance(&mut self, schema: &Schema, keep: Keep) -> Result<Instance, Corrupt> {
        let class = schema
            .class(self.text()?)
            .ok_or(Corrupt("the class is no longer in the schema"))?;
        let mut instance = Instance::new(class);
        let mut expected = 0;
        for _ in 0..self.length()? {
            let name = self.bytes()?;
            let mut candidates = class.properties.iter().enumerate().skip(expected);
            let found = candidates
                .find(|(_, property)| property.name.as_bytes() == name)
                .map(|(at, _)| at)
                .or_else(|| {
                    let name = std::str::from_utf8(name).ok()?;
                    class.property(name).map(|(at, _)| at)
                });
            match found {
                Some(at) if keep == Keep::All || class.properties[at].flags.read => {
                    let value = self.value(schema, keep)?;
                    instance.set_at(at, value);
                    expected = at + 1;
                }
                _ => self.skip()?,
            }
        }
        Ok(instance)
    }

    /// Reads over a value.
    fn skip(&mut self) -> Result<(), Corrupt> {
        match self.byte()? {
            NULL | FALSE | TRUE => {}
            UNSIGNED | SIGNED => {
                self.number()?;
            }
            REAL => {
                self.take(8)?;
            }
            CHAR16 => {
                self.take(2)?;
            }
            STRING => {
                self.bytes()?;
            }
            TIMESTAMP => {
                self.number()?;
                self.number()?;
                self.byte()?;
            }
            INTERVAL => {
                self.number()?;
                self.byte()?;
            }
            REFERENCE => {
                self.path()?;
            }
            INSTANCE => {
                self.enter()?;
                self.bytes()?;
                for _ in 0..self.length()? {
                    self.bytes()?;
                    self.skip()?;
                }
                self.depth -= 1;
            }
            ARRAY => {
                self.enter()?;
                for _ in 0..self.length()? {
                    self.skip()?;
                }
                self.depth -= 1;
            }
            _ => return Err(Corrupt("no such kind of value")),
        }
        Ok(())
    }

    fn path(&mut self) -> Result<ObjectPath, Corrupt> {
        self.enter()?;
        let namespace = match self.byte()? {
            0 => None,
            _ => Some(self.text()?.to_owned()),
        };
        let class = self.text()?.to_owned();
        let length = self.length()?;
        let mut keys = Vec::with_capacity(length.min(self.rest.len()));
        for _ in 0..length {
            let name = self.text()?.to_owned();
            let key = match self.byte()? {
                STRING => KeyValue::String(self.text()?.to_owned()),
                FALSE => KeyValue::Boolean(false),
                TRUE => KeyValue::Boolean(true),
                UNSIGNED => KeyValue::Unsigned(self.number()?),
                SIGNED => KeyValue::Signed(self.signed()?),
                REFERENCE => KeyValue::Reference(Box::new(self.path()?)),
                _ => return Err(Corrupt("no such kind of key")),
            };
            keys.push((name, key));
        }
        self.depth -= 1;
        Ok(ObjectPath {
            namespace,
            class,
            keys,
        })
    }
}
