//! JDBC URLs: where a database is.

use std::path::PathBuf;

use nutkin_plan::PlanError;

/// What kind of database a URL names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DatabaseKind {
    /// MySQL or MariaDB.
    MySql,
    /// PostgreSQL.
    Postgres,
    /// SQLite.
    Sqlite,
}

impl DatabaseKind {
    /// The Java drivers that a table may name for it; the first one is the usual.
    pub(super) fn drivers(self) -> &'static [&'static str] {
        match self {
            Self::MySql => &[
                "com.mysql.cj.jdbc.Driver",
                "com.mysql.jdbc.Driver",
                "org.mariadb.jdbc.Driver",
            ],
            Self::Postgres => &["org.postgresql.Driver"],
            Self::Sqlite => &["org.sqlite.JDBC"],
        }
    }
}

/// A parsed JDBC URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct JdbcUrl {
    pub(super) kind: DatabaseKind,
    pub(super) place: Place,
    /// What follows the `?`, decoded, in order.
    pub(super) parameters: Vec<(String, String)>,
}

/// Where the database is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    /// On a server.
    Server {
        /// A name or address; IPv6 addresses without brackets.
        host: String,
        /// The TCP port.
        port: u16,
        /// The database on the server; empty if the URL names none.
        database: String,
    },
    /// In a file.
    File(PathBuf),
}

impl JdbcUrl {
    /// The value of a parameter, names compared without case as the drivers do.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters
            .iter()
            .rev()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// `host:port` or the file, for messages.
    pub(super) fn location(&self) -> String {
        match &self.place {
            Place::Server { host, port, .. } if host.contains(':') => format!("[{host}]:{port}"),
            Place::Server { host, port, .. } => format!("{host}:{port}"),
            Place::File(path) => path.display().to_string(),
        }
    }

    /// The database on the server, or the file.
    pub(super) fn database(&self) -> String {
        match &self.place {
            Place::Server { database, .. } => database.clone(),
            Place::File(path) => path.display().to_string(),
        }
    }
}

const FORMS: &str = "forms: jdbc:mysql://host:3306/database, jdbc:mariadb://host:3306/database, \
                     jdbc:postgresql://host:5432/database, jdbc:sqlite:/path/file.db";

/// Parses a JDBC URL.
pub(super) fn parse(url: &str) -> Result<JdbcUrl, PlanError> {
    let Some((scheme, rest)) = url.strip_prefix("jdbc:").and_then(|rest| rest.split_once(':')) else {
        return Err(invalid(
            url,
            "it does not start with 'jdbc:' and a kind of database",
        ));
    };
    match scheme.to_ascii_lowercase().as_str() {
        "mysql" | "mariadb" => parse_server(url, rest, DatabaseKind::MySql, 3306),
        "postgresql" => parse_server(url, rest, DatabaseKind::Postgres, 5432),
        "sqlite" => parse_file(url, rest),
        other => Err(PlanError::validation_with_hint(
            format!(
                "Could not find any jdbc dialect factory that can handle url '{}'.",
                without_secrets(url)
            ),
            format!("there is no driver for '{other}'; {FORMS}"),
        )),
    }
}

fn parse_server(url: &str, rest: &str, kind: DatabaseKind, default_port: u16) -> Result<JdbcUrl, PlanError> {
    let (rest, parameters) = split_parameters(url, rest)?;
    let Some(rest) = rest.strip_prefix("//") else {
        // pgjdbc's form `jdbc:postgresql:database` means the local host.
        if kind == DatabaseKind::Postgres && !rest.contains('/') {
            return Ok(JdbcUrl {
                kind,
                place: Place::Server {
                    host: "localhost".to_owned(),
                    port: default_port,
                    database: decode(rest)
                        .ok_or_else(|| invalid(url, "a % is not followed by two digits"))?,
                },
                parameters,
            });
        }
        return Err(invalid(
            url,
            "'//host:port/database' is expected after the kind of database",
        ));
    };
    let (authority, database) = rest.split_once('/').unwrap_or((rest, ""));
    if authority.contains('@') {
        return Err(invalid(
            url,
            "user and password belong into the options 'username' and 'password'",
        ));
    }
    if authority.contains([',', '(']) {
        return Err(invalid(url, "only one host can be named"));
    }
    let (host, port) =
        split_port(authority).ok_or_else(|| invalid(url, "the port is not a number below 65536"))?;
    Ok(JdbcUrl {
        kind,
        place: Place::Server {
            host: if host.is_empty() {
                "localhost".to_owned()
            } else {
                host.to_owned()
            },
            port: port.unwrap_or(default_port),
            database: decode(database.trim_end_matches('/'))
                .ok_or_else(|| invalid(url, "a % is not followed by two digits"))?,
        },
        parameters,
    })
}

fn parse_file(url: &str, rest: &str) -> Result<JdbcUrl, PlanError> {
    let (path, parameters) = split_parameters(url, rest)?;
    // `file:` makes it a URI; `//` and `///` before a path are the forms of other tools.
    let path = path.strip_prefix("file:").unwrap_or(path);
    let path = path
        .strip_prefix("//")
        .filter(|rest| rest.starts_with('/'))
        .unwrap_or(path);
    if path.is_empty() || path == ":memory:" {
        return Err(invalid(
            url,
            "a database in memory belongs to one connection alone, and nobody could read it; name a file",
        ));
    }
    if path.starts_with(":resource:") {
        return Err(invalid(
            url,
            "':resource:' is a file within a Java archive; name a file",
        ));
    }
    Ok(JdbcUrl {
        kind: DatabaseKind::Sqlite,
        place: Place::File(PathBuf::from(path)),
        parameters,
    })
}

/// The host, and the port if there is one. `None` when the port is not one.
fn split_port(authority: &str) -> Option<(&str, Option<u16>)> {
    if let Some(rest) = authority.strip_prefix('[') {
        let (host, after) = rest.split_once(']')?;
        return match after.strip_prefix(':') {
            Some(port) => Some((host, Some(port.parse().ok()?))),
            None => after.is_empty().then_some((host, None)),
        };
    }
    match authority.split_once(':') {
        Some((host, port)) => Some((host, Some(port.parse().ok()?))),
        None => Some((authority, None)),
    }
}

type Parameters = Vec<(String, String)>;

fn split_parameters<'a>(url: &str, rest: &'a str) -> Result<(&'a str, Parameters), PlanError> {
    let Some((before, query)) = rest.split_once('?') else {
        return Ok((rest, Vec::new()));
    };
    let mut parameters = Vec::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        match (decode(key), decode(value)) {
            (Some(key), Some(value)) => parameters.push((key, value)),
            _ => return Err(invalid(url, "a % is not followed by two digits")),
        }
    }
    Ok((before, parameters))
}

/// Takes `%41` as `A`.
fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes().iter().copied();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let high = char::from(rest.next()?).to_digit(16)?;
            let low = char::from(rest.next()?).to_digit(16)?;
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

fn invalid(url: &str, reason: &str) -> PlanError {
    PlanError::validation_with_hint(
        format!(
            "Invalid value for option 'url'.\n\nThe JDBC URL '{}' cannot be used: {reason}.",
            without_secrets(url)
        ),
        FORMS,
    )
}

/// The URL as messages show it: without what follows the `?` and without a password before `@`.
fn without_secrets(url: &str) -> String {
    let url = url.split_once('?').map_or(url, |(before, _)| before);
    match (url.find("//"), url.rfind('@')) {
        (Some(start), Some(end)) if start < end => {
            format!(
                "{}//...{}",
                url.get(..start).unwrap_or_default(),
                url.get(end..).unwrap_or_default()
            )
        }
        _ => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server(url: &str) -> (DatabaseKind, String, u16, String) {
        match parse(url).unwrap() {
            JdbcUrl {
                kind,
                place: Place::Server { host, port, database },
                ..
            } => (kind, host, port, database),
            other => panic!("not a server: {other:?}"),
        }
    }

    fn file(url: &str) -> String {
        match parse(url).unwrap().place {
            Place::File(path) => path.display().to_string(),
            other => panic!("not a file: {other:?}"),
        }
    }

    #[test]
    fn servers() {
        for (url, kind, host, port, database) in [
            (
                "jdbc:mysql://localhost:3306/flink",
                DatabaseKind::MySql,
                "localhost",
                3306,
                "flink",
            ),
            (
                "jdbc:mysql://db/flink?useSSL=false",
                DatabaseKind::MySql,
                "db",
                3306,
                "flink",
            ),
            (
                "jdbc:mariadb://10.0.0.1:3307/a%20b",
                DatabaseKind::MySql,
                "10.0.0.1",
                3307,
                "a b",
            ),
            (
                "jdbc:mysql:///flink",
                DatabaseKind::MySql,
                "localhost",
                3306,
                "flink",
            ),
            (
                "jdbc:postgresql://[::1]:5433/d",
                DatabaseKind::Postgres,
                "::1",
                5433,
                "d",
            ),
            ("jdbc:postgresql://h/", DatabaseKind::Postgres, "h", 5432, ""),
            (
                "jdbc:postgresql:d",
                DatabaseKind::Postgres,
                "localhost",
                5432,
                "d",
            ),
        ] {
            assert_eq!(
                server(url),
                (kind, host.to_owned(), port, database.to_owned()),
                "{url}"
            );
        }
        assert_eq!(
            parse("jdbc:postgresql://[::1]/d").unwrap().location(),
            "[::1]:5432"
        );
    }

    #[test]
    fn files() {
        for (url, path) in [
            ("jdbc:sqlite:/var/x.db", "/var/x.db"),
            ("jdbc:sqlite:data/x.db?journal_mode=WAL", "data/x.db"),
            ("jdbc:sqlite:///var/x.db", "/var/x.db"),
            ("jdbc:sqlite:file:x.db", "x.db"),
        ] {
            assert_eq!(file(url), path, "{url}");
        }
    }

    #[test]
    fn parameters_are_decoded_and_found_without_case() {
        let url = parse("jdbc:mysql://h/d?useSSL=false&user=a%26b&flag&USER=c").unwrap();
        assert_eq!(url.parameter("usessl"), Some("false"));
        assert_eq!(url.parameter("user"), Some("c"));
        assert_eq!(url.parameter("flag"), Some(""));
        assert_eq!(url.parameter("password"), None);
    }

    #[test]
    fn what_cannot_be_used_is_said_without_secrets() {
        for (url, part) in [
            ("mysql://h/d", "does not start with 'jdbc:'"),
            (
                "jdbc:oracle:thin:@//h/d",
                "Could not find any jdbc dialect factory",
            ),
            ("jdbc:mysql://u:secret@h/d", "belong into the options"),
            ("jdbc:mysql://h:port/d?password=secret", "port is not a number"),
            ("jdbc:mysql://a,b/d", "only one host"),
            ("jdbc:sqlite::memory:", "name a file"),
            ("jdbc:mysql://h/%zz", "a % is not followed"),
        ] {
            let message = parse(url).unwrap_err().to_string();
            assert!(message.contains(part), "{url}: {message}");
            assert!(!message.contains("secret"), "{message}");
        }
    }
}
