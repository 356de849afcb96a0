//! Signatures as they are written in class declarations: `int indexOf(Object, int)`.

/// A Java type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum JavaType {
    /// `void`.
    Void,
    /// A primitive.
    Primitive(Primitive),
    /// A class or interface, by full name.
    Class(&'static str),
    /// An array, by the full name of its elements' type.
    Array(&'static str),
}

/// A primitive type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Primitive {
    /// `boolean`.
    Boolean,
    /// `byte`.
    Byte,
    /// `short`.
    Short,
    /// `char`.
    Char,
    /// `int`.
    Int,
    /// `long`.
    Long,
    /// `float`.
    Float,
    /// `double`.
    Double,
}

/// Names that declarations abbreviate. Others without a point are of `java.lang`.
const SHORT: &[(&str, &str)] = &[
    ("ArrayList", "java.util.ArrayList"),
    ("BigDecimal", "java.math.BigDecimal"),
    ("BigInteger", "java.math.BigInteger"),
    ("BiConsumer", "java.util.function.BiConsumer"),
    ("BiFunction", "java.util.function.BiFunction"),
    ("Collection", "java.util.Collection"),
    ("Comparator", "java.util.Comparator"),
    ("ConfigOption", "org.apache.flink.configuration.ConfigOption"),
    ("Configuration", "org.apache.flink.configuration.Configuration"),
    ("Consumer", "java.util.function.Consumer"),
    ("DataType", "org.apache.flink.table.types.DataType"),
    ("Duration", "java.time.Duration"),
    ("Function", "java.util.function.Function"),
    ("Instant", "java.time.Instant"),
    ("Iterator", "java.util.Iterator"),
    ("List", "java.util.List"),
    ("LocalDate", "java.time.LocalDate"),
    ("LocalDateTime", "java.time.LocalDateTime"),
    ("LocalTime", "java.time.LocalTime"),
    ("Map", "java.util.Map"),
    ("Optional", "java.util.Optional"),
    ("Predicate", "java.util.function.Predicate"),
    ("Properties", "java.util.Properties"),
    ("Random", "java.util.Random"),
    ("Set", "java.util.Set"),
    ("Supplier", "java.util.function.Supplier"),
    ("UUID", "java.util.UUID"),
    ("ZoneId", "java.time.ZoneId"),
];

/// Names of `java.lang`, which have to be whole to be compared.
const LANG: &[(&str, &str)] = &[
    ("Object", "java.lang.Object"),
    ("String", "java.lang.String"),
    ("CharSequence", "java.lang.CharSequence"),
    ("Integer", "java.lang.Integer"),
    ("Long", "java.lang.Long"),
    ("Short", "java.lang.Short"),
    ("Byte", "java.lang.Byte"),
    ("Double", "java.lang.Double"),
    ("Float", "java.lang.Float"),
    ("Boolean", "java.lang.Boolean"),
    ("Character", "java.lang.Character"),
    ("Number", "java.lang.Number"),
    ("Class", "java.lang.Class"),
    ("ClassLoader", "java.lang.ClassLoader"),
    ("Thread", "java.lang.Thread"),
    ("Throwable", "java.lang.Throwable"),
    ("Runnable", "java.lang.Runnable"),
    ("Iterable", "java.lang.Iterable"),
    ("Comparable", "java.lang.Comparable"),
    ("StringBuilder", "java.lang.StringBuilder"),
    ("StackTraceElement", "java.lang.StackTraceElement"),
];

/// A parsed signature: result, name, parameters.
pub(crate) struct Signature {
    pub(crate) result: JavaType,
    pub(crate) name: &'static str,
    pub(crate) parameters: Vec<JavaType>,
}

impl Signature {
    /// Reads `result name(type, ...)`; constructors leave the result and the name out.
    pub(crate) fn parse(text: &'static str) -> Self {
        let (head, rest) = text.split_once('(').unwrap_or((text, ")"));
        let parameters = rest.trim_end_matches(')').trim();
        let (result, name) = head.trim().rsplit_once(' ').unwrap_or(("void", ""));
        Self {
            result: JavaType::parse(result),
            name,
            parameters: if parameters.is_empty() {
                Vec::new()
            } else {
                parameters
                    .split(',')
                    .map(|one| JavaType::parse(one.trim()))
                    .collect()
            },
        }
    }
}

impl JavaType {
    /// Reads a type as it is written in a signature.
    pub(crate) fn parse(text: &'static str) -> Self {
        if let Some(element) = text.strip_suffix("[]") {
            return Self::Array(full_name(element));
        }
        if text == "void" {
            return Self::Void;
        }
        match Primitive::named(text) {
            Some(primitive) => Self::Primitive(primitive),
            None => Self::Class(full_name(text)),
        }
    }

    /// The type's name, as `Class.getName` has it except for arrays.
    pub(crate) fn name(self) -> String {
        match self {
            Self::Void => "void".to_owned(),
            Self::Primitive(primitive) => primitive.name().to_owned(),
            Self::Class(name) => name.to_owned(),
            Self::Array(element) => format!("{element}[]"),
        }
    }
}

impl Primitive {
    const ALL: [(Self, &'static str); 8] = [
        (Self::Boolean, "boolean"),
        (Self::Byte, "byte"),
        (Self::Short, "short"),
        (Self::Char, "char"),
        (Self::Int, "int"),
        (Self::Long, "long"),
        (Self::Float, "float"),
        (Self::Double, "double"),
    ];

    /// The primitive of this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|(_, known)| *known == name)
            .map(|(primitive, _)| primitive)
    }

    /// Its name.
    pub(crate) fn name(self) -> &'static str {
        Self::ALL
            .into_iter()
            .find(|(primitive, _)| *primitive == self)
            .map_or("", |(_, name)| name)
    }

    /// The primitive that a wrapper class wraps.
    pub(crate) fn of_wrapper(class: &str) -> Option<Self> {
        Some(match class {
            "java.lang.Boolean" => Self::Boolean,
            "java.lang.Byte" => Self::Byte,
            "java.lang.Short" => Self::Short,
            "java.lang.Character" => Self::Char,
            "java.lang.Integer" => Self::Int,
            "java.lang.Long" => Self::Long,
            "java.lang.Float" => Self::Float,
            "java.lang.Double" => Self::Double,
            _ => return None,
        })
    }
}

fn full_name(text: &'static str) -> &'static str {
    SHORT
        .iter()
        .chain(LANG)
        .find(|(short, _)| *short == text)
        .map_or(text, |(_, full)| full)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_are_read() {
        let read = Signature::parse("int indexOf(Object, int)");
        assert_eq!(read.name, "indexOf");
        assert_eq!(read.result, JavaType::Primitive(Primitive::Int));
        assert_eq!(
            read.parameters,
            [
                JavaType::Class("java.lang.Object"),
                JavaType::Primitive(Primitive::Int)
            ]
        );
        let constructor = Signature::parse("(String[])");
        assert_eq!(constructor.name, "");
        assert_eq!(constructor.parameters, [JavaType::Array("java.lang.String")]);
        assert!(Signature::parse("void clear()").parameters.is_empty());
    }
}
