//! Lints: deviations from the standard that a dialect may accept, each with a name by which a user can
//! allow it, be warned of it or forbid it, as in rustc.

use std::str::FromStr;

/// Which MOF is expected. A dialect is nothing but a level for each lint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Dialect {
    /// DSP0004 to the letter.
    Strict,
    /// What DMTF's own releases do is accepted.
    #[default]
    Dmtf,
    /// What Microsoft's compiler accepts, too.
    Wmi,
}

/// What becomes of a lint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Nothing is said.
    Allow,
    /// A warning.
    Warn,
    /// An error.
    Deny,
}

macro_rules! lints {
    ($($lint:ident $code:literal $name:literal $strict:ident $dmtf:ident $wmi:ident)*) => {
        /// A deviation with a name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub(crate) enum Lint { $($lint),* }

        struct Row {
            lint: Lint,
            code: &'static str,
            name: &'static str,
            levels: [Level; 3],
        }

        const TABLE: &[Row] = &[$(Row {
            lint: Lint::$lint,
            code: $code,
            name: $name,
            levels: [Level::$strict, Level::$dmtf, Level::$wmi],
        }),*];
    };
}

// A code begins with the letter of its level in the default dialect: E where that is Deny.
lints! {
    // Text.                                                      strict dmtf  wmi
    NotUtf8              "W0001" "not-utf8"                       Warn   Warn  Warn
    UnknownEscape        "W0002" "unknown-escape"                 Deny   Warn  Warn
    LoneSurrogate        "W0003" "lone-surrogate"                 Deny   Warn  Warn
    OddWhiteSpace        "W0004" "odd-white-space"                Deny   Warn  Warn
    LineBreakInString    "E0009" "line-break-in-string"           Deny   Deny  Warn
    RealWithoutFraction  "E0010" "real-without-fraction"          Deny   Deny  Warn
    // Grammar.
    UnknownPragma        "W0101" "unknown-pragma"                 Warn   Warn  Warn
    PragmaForm           "W0102" "pragma-form"                    Deny   Warn  Allow
    Locale               "W0103" "locale"                         Warn   Warn  Allow
    DeprecatedPragma     "W0104" "deprecated-pragma"              Warn   Warn  Warn
    FlavorAtUse          "W0105" "flavor-at-use"                  Warn   Warn  Allow
    ClassAlias           "W0106" "class-alias"                    Warn   Warn  Allow
    MetaQualifierOrder   "W0107" "meta-qualifier-order"           Deny   Warn  Allow
    OldScope             "W0108" "old-scope"                      Deny   Warn  Allow
    InstanceQualifier    "W0109" "instance-qualifier"             Warn   Warn  Allow
    InlineInstance       "W0110" "inline-instance"                Deny   Warn  Allow
    AliasAsValue         "W0111" "alias-as-value"                 Deny   Allow Allow
    ValueMissing         "W0112" "value-missing"                  Deny   Warn  Allow
    Empty                "W0113" "empty-braces"                   Warn   Allow Allow
    ReferenceArray       "W0114" "reference-array"                Deny   Warn  Allow
    FlavorWord           "W0115" "microsoft-flavor"               Deny   Warn  Allow
    TrailingComma        "E0120" "trailing-comma"                 Deny   Deny  Warn
    ClassType            "E0121" "class-type"                     Deny   Deny  Allow
    Void                 "E0122" "void-method"                    Deny   Deny  Allow
    ParameterDefault     "E0123" "parameter-default"              Deny   Deny  Allow
    QualifierShort       "E0124" "short-qualifier-declaration"    Deny   Deny  Allow
    // Classes.
    OutWithoutIn         "W0302" "out-without-in"                 Warn   Warn  Allow
    AbstractBelow        "W0303" "abstract-below-concrete"        Warn   Warn  Warn
    MisplacedQualifier   "W0301" "misplaced-qualifier"            Deny   Warn  Warn
    ScopeOfKind          "W0304" "scope-of-kind"                  Deny   Warn  Allow
    NoPrefix             "W0305" "no-schema-prefix"               Deny   Warn  Allow
    HidesInherited       "W0306" "hides-inherited"                Warn   Warn  Allow
    Redeclared           "W0307" "redeclared"                     Warn   Warn  Allow
    NoKey                "W0308" "no-key"                         Warn   Allow Allow
    RealKey              "W0309" "real-key"                       Warn   Warn  Warn
    UsesDeprecated       "W0310" "uses-deprecated"                Allow  Allow Allow
    DeprecatedSyntax     "W0311" "deprecated-syntax"              Warn   Allow Allow
    Correspondence       "W0312" "model-correspondence"           Allow  Allow Allow
    NoVersion            "W0313" "no-version"                     Allow  Allow Allow
    NoWeak               "W0315" "propagated-without-weak"        Warn   Allow Allow
    BuiltInQualifier     "W0314" "built-in-qualifier"             Warn   Allow Allow
    UndeclaredClass      "E0201" "undeclared-class"               Deny   Deny  Warn
    Undeclared           "E0301" "undeclared-qualifier"           Deny   Deny  Allow
    LooseLiteral         "E0224" "loose-literal"                  Deny   Deny  Allow
    ScalarForArray       "E0309" "scalar-for-array"               Deny   Deny  Warn
    // Values.
    Gaps                 "W0401" "several-gaps"                   Warn   Warn  Warn
    ValueMapAlone        "W0402" "value-map-without-values"       Allow  Allow Allow
    Overlap              "W0403" "overlapping-values"             Warn   Warn  Warn
    SpacedRange          "W0404" "spaced-range"                   Deny   Warn  Warn
    Unit                 "W0405" "malformed-unit"                 Warn   Warn  Warn
    UnknownUnit          "W0406" "unknown-unit"                   Warn   Allow Allow
    Counts               "E0401" "value-count"                    Deny   Deny  Warn
    OutsideValueMap      "W0501" "outside-value-map"              Warn   Warn  Warn
    RequiredNull         "W0502" "required-null"                  Warn   Warn  Warn
    DateTimeRange        "W0503" "odd-datetime"                   Warn   Warn  Warn
    SamePath             "E0604" "same-path"                      Deny   Deny  Allow
}

impl Lint {
    fn row(self) -> &'static Row {
        let at = TABLE.iter().position(|row| row.lint == self).unwrap_or(0);
        &TABLE[at]
    }

    /// Its code, such as `W0302`.
    pub(crate) fn code(self) -> &'static str {
        self.row().code
    }

    /// Its name, such as `out-without-in`.
    pub(crate) fn name(self) -> &'static str {
        self.row().name
    }
}

/// The name, the code and the level in each dialect of every lint.
pub fn lints() -> impl Iterator<Item = (&'static str, &'static str, [Level; 3])> {
    TABLE.iter().map(|row| (row.name, row.code, row.levels))
}

/// What becomes of each lint in a compilation.
#[derive(Debug, Clone)]
pub struct Levels {
    levels: Vec<Level>,
    warnings_are_errors: bool,
}

impl Default for Levels {
    fn default() -> Self {
        Self::of(Dialect::default())
    }
}

/// There is no lint of that name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownLint {
    /// The name that was asked for.
    pub name: String,
    /// The one that may be meant.
    pub nearest: Option<&'static str>,
}

impl std::fmt::Display for UnknownLint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "there is no lint `{}`", self.name)?;
        match self.nearest {
            Some(nearest) => write!(f, "; did you mean `{nearest}`?"),
            None => f.write_str("; `cimi-bridge mof lints` lists them"),
        }
    }
}

impl std::error::Error for UnknownLint {}

impl Levels {
    /// The levels of a dialect.
    pub fn of(dialect: Dialect) -> Self {
        let column = dialect as usize;
        Self {
            levels: TABLE.iter().map(|row| row.levels[column]).collect(),
            warnings_are_errors: false,
        }
    }

    /// Changes the level of a lint, by its name or code; `warnings` with [`Level::Deny`] makes every
    /// warning an error.
    ///
    /// # Errors
    /// If there is no such lint.
    pub fn set(&mut self, name: &str, level: Level) -> Result<(), UnknownLint> {
        if name == "warnings" {
            match level {
                Level::Deny => self.warnings_are_errors = true,
                Level::Warn => self.warnings_are_errors = false,
                Level::Allow => {
                    for known in &mut self.levels {
                        if *known == Level::Warn {
                            *known = Level::Allow;
                        }
                    }
                }
            }
            return Ok(());
        }
        let at = TABLE
            .iter()
            .position(|row| row.name == name || row.code.eq_ignore_ascii_case(name));
        match at.and_then(|at| self.levels.get_mut(at)) {
            Some(known) => {
                *known = level;
                Ok(())
            }
            None => Err(UnknownLint {
                name: name.to_owned(),
                nearest: cim_core::nearest(
                    name,
                    TABLE.iter().map(|row| row.name).chain(["warnings"]),
                ),
            }),
        }
    }

    pub(crate) fn get(&self, lint: Lint) -> Level {
        match self.levels.get(lint as usize).copied() {
            Some(Level::Warn) if self.warnings_are_errors => Level::Deny,
            Some(level) => level,
            None => Level::Warn,
        }
    }
}

impl FromStr for Dialect {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "strict" => Ok(Self::Strict),
            "dmtf" => Ok(Self::Dmtf),
            "wmi" => Ok(Self::Wmi),
            other => Err(format!("`{other}` is not strict, dmtf or wmi")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order_and_consistent() {
        for (at, row) in TABLE.iter().enumerate() {
            assert_eq!(row.lint as usize, at);
            let [_, dmtf, _] = row.levels;
            assert_eq!(
                row.code.starts_with('E'),
                dmtf == Level::Deny,
                "{}",
                row.code
            );
            let same = TABLE
                .iter()
                .filter(|r| r.code == row.code || r.name == row.name);
            assert_eq!(same.count(), 1, "{}", row.code);
        }
    }

    #[test]
    fn levels_can_be_changed() {
        let mut levels = Levels::of(Dialect::Dmtf);
        assert_eq!(levels.get(Lint::OutWithoutIn), Level::Warn);
        levels.set("out-without-in", Level::Allow).unwrap();
        assert_eq!(levels.get(Lint::OutWithoutIn), Level::Allow);
        levels.set("w0401", Level::Deny).unwrap();
        assert_eq!(levels.get(Lint::Gaps), Level::Deny);
        levels.set("warnings", Level::Deny).unwrap();
        assert_eq!(levels.get(Lint::Unit), Level::Deny);
        assert_eq!(levels.get(Lint::OutWithoutIn), Level::Allow);
        let error = levels.set("out-without-on", Level::Deny).unwrap_err();
        assert_eq!(error.nearest, Some("out-without-in"));
    }
}
