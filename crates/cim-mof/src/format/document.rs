//! Documents of groups: a group that fits is one line, another one is broken at its places.

/// How wide a line may be, in characters.
const WIDTH: usize = 100;

/// A piece of a document.
#[derive(Debug)]
pub(super) enum Piece<'a> {
    Text(&'a str),
    /// A space between two words.
    Space,
    /// A space, or a line end where the group is broken.
    Line,
    /// Nothing, or a line end where the group is broken.
    Soft,
    /// A line end.
    Hard,
    /// An empty line.
    Blank,
    /// A comment; whether it stands behind something on its line, and whether nothing may follow it there.
    Comment {
        text: &'a str,
        trails: bool,
        ends_line: bool,
    },
    /// Broken together; indented by so many characters.
    Group(usize, Vec<Self>),
}

impl Piece<'_> {
    /// The width on one line; `None` if it cannot be on one.
    fn width(&self) -> Option<usize> {
        match self {
            Piece::Text(text) => Some(text.chars().count()),
            Piece::Space | Piece::Line => Some(1),
            Piece::Soft => Some(0),
            Piece::Hard | Piece::Blank => None,
            Piece::Comment {
                ends_line: true, ..
            } => None,
            Piece::Comment { text, .. } => (!text.contains('\n')).then(|| text.chars().count() + 1),
            Piece::Group(_, pieces) => pieces
                .iter()
                .try_fold(0, |sum: usize, piece| Some(sum + piece.width()?)),
        }
    }
}

/// What is owed before the next text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Owed {
    Nothing,
    Space,
    Line,
    Blank,
}

struct Printer {
    out: String,
    column: usize,
    owed: Owed,
    /// The indentation after an owed line end: that of whom it is owed to.
    indent: usize,
}

/// The text of a document.
pub(super) fn print(pieces: &[Piece<'_>]) -> String {
    let mut printer = Printer {
        out: String::new(),
        column: 0,
        owed: Owed::Nothing,
        indent: 0,
    };
    printer.pieces(pieces, 0, true, 0);
    if !printer.out.is_empty() {
        printer.out.push('\n');
    }
    printer.out
}

impl Printer {
    fn owe(&mut self, owed: Owed, indent: usize) {
        self.owed = self.owed.max(owed);
        if owed >= Owed::Line {
            self.indent = indent;
        }
    }

    fn text(&mut self, text: &str) {
        match self.owed {
            _ if self.out.is_empty() => {}
            Owed::Nothing => {}
            Owed::Space => {
                self.out.push(' ');
                self.column += 1;
            }
            Owed::Line | Owed::Blank => {
                self.out.push('\n');
                if self.owed == Owed::Blank {
                    self.out.push('\n');
                }
                self.out.extend(std::iter::repeat_n(' ', self.indent));
                self.column = self.indent;
            }
        }
        self.owed = Owed::Nothing;
        self.out.push_str(text);
        self.column = match text.rfind('\n') {
            Some(at) => text[at + 1..].chars().count(),
            None => self.column + text.chars().count(),
        };
    }

    /// `behind`: the width of what follows the pieces up to the next place to break.
    fn pieces(&mut self, pieces: &[Piece<'_>], indent: usize, is_broken: bool, behind: usize) {
        for (at, piece) in pieces.iter().enumerate() {
            match piece {
                Piece::Text(text) => self.text(text),
                Piece::Space => self.owe(Owed::Space, indent),
                Piece::Line => self.owe(if is_broken { Owed::Line } else { Owed::Space }, indent),
                Piece::Soft if is_broken => self.owe(Owed::Line, indent),
                Piece::Soft => {}
                Piece::Hard => self.owe(Owed::Line, indent),
                Piece::Blank => self.owe(Owed::Blank, indent),
                Piece::Comment {
                    text,
                    trails,
                    ends_line,
                } => {
                    if *trails {
                        self.owed = Owed::Space;
                    } else {
                        self.owe(Owed::Line, indent);
                    }
                    self.text(text);
                    self.owe(if *ends_line { Owed::Line } else { Owed::Space }, indent);
                }
                Piece::Group(by, inner) => {
                    let tail = tail(&pieces[at + 1..], behind);
                    let start = match self.owed {
                        Owed::Line | Owed::Blank => self.indent,
                        Owed::Space => self.column + 1,
                        Owed::Nothing => self.column,
                    };
                    let fits = piece
                        .width()
                        .is_some_and(|width| start + width + tail <= WIDTH);
                    self.pieces(inner, indent + by, !fits, tail);
                }
            }
        }
    }
}

/// The width of what follows up to the next place to break.
fn tail(pieces: &[Piece<'_>], behind: usize) -> usize {
    let mut width = 0;
    for piece in pieces {
        match piece {
            Piece::Text(text) => width += text.chars().count(),
            Piece::Space => width += 1,
            _ => return width,
        }
    }
    width + behind
}
