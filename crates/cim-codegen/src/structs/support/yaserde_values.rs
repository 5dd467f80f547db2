/// A type that is text in XML.
macro_rules! yaserde_text {
    ($name:ty) => {
        super::value::yaserde_text!($name, super::value);
    };
    ($name:ty, $($value:tt)::+) => {
        impl $($value)::+::Xml for $name {
            fn write<W: std::io::Write>(
                &self,
                name: &str,
                writer: &mut ::yaserde::ser::Serializer<W>,
            ) -> Result<(), ::yaserde::Error> {
                $($value)::+::write_text(name, &$($value)::+::Text::to_text(self), writer)
            }

            fn read<R: std::io::Read>(
                reader: &mut ::yaserde::de::Deserializer<R>,
            ) -> Result<Self, ::yaserde::Error> {
                $($value)::+::Text::from_text($($value)::+::read_text(reader)?)
                    .map_err(::yaserde::Error::custom)
            }
        }
    };
}
pub(crate) use yaserde_text;

yaserde_text!(Char16, self);
yaserde_text!(String, self);
yaserde_text!(bool, self);
yaserde_text!(u8, self);
yaserde_text!(u16, self);
yaserde_text!(u32, self);
yaserde_text!(u64, self);
yaserde_text!(i8, self);
yaserde_text!(i16, self);
yaserde_text!(i32, self);
yaserde_text!(i64, self);
yaserde_text!(f32, self);
yaserde_text!(f64, self);

impl Text for String {
    fn to_text(&self) -> String {
        self.clone()
    }

    fn from_text(text: String) -> Result<Self, String> {
        Ok(text)
    }
}

impl Text for bool {
    fn to_text(&self) -> String {
        self.to_string()
    }

    fn from_text(text: String) -> Result<Self, String> {
        match text.trim() {
            "true" | "1" => Ok(true),
            "false" | "0" => Ok(false),
            other => Err(format!("`{other}` is neither true nor false")),
        }
    }
}

macro_rules! number_text {
    ($($ty:ty)*) => { $(
        impl Text for $ty {
            fn to_text(&self) -> String {
                self.to_string()
            }

            fn from_text(text: String) -> Result<Self, String> {
                let text = text.trim();
                text.parse().map_err(|_| format!("`{text}` is no {}", stringify!($ty)))
            }
        }
    )* };
}
number_text! { u8 u16 u32 u64 i8 i16 i32 i64 }

/// `xs:float` and `xs:double`.
macro_rules! real_text {
    ($($ty:ty)*) => { $(
        impl Text for $ty {
            fn to_text(&self) -> String {
                if self.is_nan() {
                    "NaN".to_owned()
                } else if self.is_infinite() {
                    if *self > 0.0 { "INF" } else { "-INF" }.to_owned()
                } else {
                    format!("{self:?}")
                }
            }

            fn from_text(text: String) -> Result<Self, String> {
                match text.trim() {
                    "INF" | "+INF" => Ok(<$ty>::INFINITY),
                    "-INF" => Ok(<$ty>::NEG_INFINITY),
                    "NaN" => Ok(<$ty>::NAN),
                    text if text.contains(|c: char| c.is_ascii_digit()) => {
                        text.parse().map_err(|_| format!("`{text}` is no {}", stringify!($ty)))
                    }
                    text => Err(format!("`{text}` is no {}", stringify!($ty))),
                }
            }
        }
    )* };
}
real_text! { f32 f64 }

/// Writes an element with this text.
pub(crate) fn write_text<W: std::io::Write>(
    name: &str,
    text: &str,
    writer: &mut ::yaserde::ser::Serializer<W>,
) -> Result<(), ::yaserde::Error> {
    use ::xml::writer::XmlEvent;

    writer.write(XmlEvent::start_element(name))?;
    write_content(text, writer)?;
    writer.write(XmlEvent::end_element())?;
    Ok(())
}

/// Writes text, with what a reader would take for a line end as a reference.
fn write_content<W: std::io::Write>(
    text: &str,
    writer: &mut ::yaserde::ser::Serializer<W>,
) -> Result<(), ::yaserde::Error> {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '\r' => escaped.push_str("&#13;"),
            '\t' | '\n' => escaped.push(c),
            '\0'..='\x1F' | '\u{FFFE}' | '\u{FFFF}' => {
                return Err(::yaserde::Error::custom(format!(
                    "XML cannot carry the character U+{:04X}",
                    u32::from(c)
                )));
            }
            c => escaped.push(c),
        }
    }
    writer.write(::xml::writer::XmlEvent::RawCharacters(&escaped))?;
    Ok(())
}

/// Reads from a start element to before its end element: the text in it, at whatever depth (a datetime
/// has an element of its own around it).
pub(crate) fn read_text<R: std::io::Read>(
    reader: &mut ::yaserde::de::Deserializer<R>,
) -> Result<String, ::yaserde::Error> {
    use ::xml::reader::XmlEvent;

    reader.next_event()?;
    let mut text = String::new();
    let mut depth = 0_usize;
    loop {
        match reader.peek()? {
            XmlEvent::Characters(part) => text.push_str(part),
            XmlEvent::StartElement { .. } => depth += 1,
            XmlEvent::EndElement { .. } if depth == 0 => return Ok(text),
            XmlEvent::EndElement { .. } => depth -= 1,
            XmlEvent::EndDocument => {
                return Err(::yaserde::Error::custom("the document ends in a value"));
            }
            _ => {}
        }
        reader.next_event()?;
    }
}

/// A datetime is in an element that says of what kind it is (DSP0230 9). CIM's own form loses nothing.
impl Xml for DateTime {
    fn write<W: std::io::Write>(
        &self,
        name: &str,
        writer: &mut ::yaserde::ser::Serializer<W>,
    ) -> Result<(), ::yaserde::Error> {
        use ::xml::writer::XmlEvent;

        writer.write(XmlEvent::start_element(name))?;
        writer.write(XmlEvent::start_element("cim:CIM_DateTime").ns("cim", COMMON))?;
        write_content(&self.to_string(), writer)?;
        writer.write(XmlEvent::end_element())?;
        writer.write(XmlEvent::end_element())?;
        Ok(())
    }

    fn read<R: std::io::Read>(
        reader: &mut ::yaserde::de::Deserializer<R>,
    ) -> Result<Self, ::yaserde::Error> {
        let text = read_text(reader)?;
        let text = text.trim();
        // `2024-01-31Z`: a date and nothing of a time.
        let date = text.get(..10).filter(|_| !text.contains('T') && text.contains('-'));
        let date = date.map(|date| format!("{}******.******", date.replace('-', "")));
        let zone = text.get(10..).map(|zone| match zone {
            "" | "Z" => Some("+000".to_owned()),
            zone => {
                let (hours, minutes) = zone.get(1..)?.split_once(':')?;
                let offset = hours.parse::<u16>().ok()? * 60 + minutes.parse::<u16>().ok()?;
                Some(format!("{}{offset:03}", zone.get(..1)?))
            }
        });
        if let (Some(date), Some(Some(zone))) = (date, zone)
            && let Ok(value) = ::cim_core::DateTime::parse_cim(&format!("{date}{zone}"))
        {
            return Ok(Self(value));
        }
        ::cim_core::DateTime::parse_cim(text)
            .or_else(|_| ::cim_core::DateTime::parse_xs_datetime(text))
            .or_else(|_| ::cim_core::DateTime::parse_xs_duration(text))
            .map(Self)
            .map_err(|error| ::yaserde::Error::custom(error.to_string()))
    }
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn base64(octets: &[u8]) -> String {
    let mut out = String::with_capacity(octets.len().div_ceil(3) * 4);
    for chunk in octets.chunks(3) {
        let at = |i: usize| u32::from(chunk.get(i).copied().unwrap_or(0));
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        for i in 0..4 {
            let digit = ALPHABET[(bits >> (18 - 6 * i)) as usize & 63];
            out.push(if i <= chunk.len() { char::from(digit) } else { '=' });
        }
    }
    out
}

fn octets_of(text: &str) -> Result<Vec<u8>, ::yaserde::Error> {
    let wrong = || ::yaserde::Error::custom("the text is no base64");
    let (mut bits, mut count, mut digits) = (0_u32, 0, 0_usize);
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let text = text.trim_end().trim_end_matches('=');
    for c in text.bytes().filter(|c| !c.is_ascii_whitespace()) {
        let digit = ALPHABET.iter().position(|known| *known == c).ok_or_else(wrong)?;
        bits = bits << 6 | u32::try_from(digit).unwrap_or(0);
        count += 6;
        digits += 1;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count & 0xFF) as u8);
        }
    }
    if digits % 4 == 1 { Err(wrong()) } else { Ok(out) }
}
