//! PARSE_URL: the parts of a URL, as `java.net.URL` finds them.

use std::sync::Arc;

use datafusion_physical_expr::PhysicalExpr;

use crate::call::Call;
use crate::columns::text_column;
use crate::error::Result;

/// The schemes that Java has a handler for without further libraries.
const SCHEMES: [&str; 6] = ["http", "https", "ftp", "file", "jar", "mailto"];

/// The parts of a URL; a missing one is `None`.
#[derive(Debug, Default)]
struct Url {
    scheme: String,
    authority: Option<String>,
    host: String,
    path: String,
    query: Option<String>,
    reference: Option<String>,
}

impl Url {
    /// The parts, or `None` where Java throws `MalformedURLException`.
    fn parse(text: &str) -> Option<Self> {
        let text = text.trim_matches(|character| character <= ' ');
        let text = match text.get(..4) {
            Some(prefix) if prefix.eq_ignore_ascii_case("url:") => &text[4..],
            _ => text,
        };
        let (scheme, rest) = text.split_once(':')?;
        let scheme = scheme.to_ascii_lowercase();
        if !SCHEMES.contains(&scheme.as_str()) {
            return None;
        }
        let mut url = Self {
            scheme,
            ..Self::default()
        };
        if url.scheme == "mailto" {
            url.path = rest.to_owned();
            return Some(url);
        }
        let (rest, reference) = match rest.split_once('#') {
            Some((rest, reference)) => (rest, Some(reference.to_owned())),
            None => (rest, None),
        };
        url.reference = reference;
        if url.scheme == "jar" {
            rest.contains("!/").then_some(())?;
            Self::parse(rest.split("!/").next()?)?;
            url.path = rest.to_owned();
            return Some(url);
        }
        let (rest, query) = match rest.split_once('?') {
            Some((rest, query)) => (rest, Some(query.to_owned())),
            None => (rest, None),
        };
        url.query = query;
        let Some(after) = rest.strip_prefix("//") else {
            url.path = rest.to_owned();
            return Some(url);
        };
        let (authority, path) = after.split_at(after.find('/').unwrap_or(after.len()));
        let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
        url.host = host_of(host)?.to_owned();
        url.authority = Some(authority.to_owned()).filter(|authority| !authority.is_empty());
        url.path = path.to_owned();
        Some(url)
    }

    fn user(&self) -> Option<&str> {
        Some(self.authority.as_deref()?.rsplit_once('@')?.0)
    }

    /// The part of a name, which is in upper case.
    fn part(&self, name: &str) -> Option<String> {
        Some(match name {
            "HOST" => self.host.clone(),
            "PATH" => self.path.clone(),
            "QUERY" => self.query.clone()?,
            "REF" => self.reference.clone()?,
            "PROTOCOL" => self.scheme.clone(),
            "FILE" => match &self.query {
                Some(query) => format!("{}?{query}", self.path),
                None => self.path.clone(),
            },
            "AUTHORITY" => self.authority.clone()?,
            "USERINFO" => self.user()?.to_owned(),
            _ => return None,
        })
    }

    /// The value of a key in the query.
    fn parameter(&self, key: &str) -> Option<&str> {
        self.query
            .as_deref()?
            .split('&')
            .find_map(|pair| pair.strip_prefix(key)?.strip_prefix('='))
    }
}

/// The host before the port, which has to be a number.
fn host_of(host: &str) -> Option<&str> {
    let (name, port) = match host.strip_prefix('[') {
        Some(inner) => {
            let end = inner.find(']')? + 2;
            host.split_at(end)
        }
        None => host.split_at(host.find(':').unwrap_or(host.len())),
    };
    match port.strip_prefix(':') {
        None => port.is_empty().then_some(name),
        Some("") => Some(name),
        Some(digits) => digits.parse::<u32>().ok().map(|_| name),
    }
}

/// `PARSE_URL(url, part, key)`: NULL for what is no URL or has no such part; a key is of the query.
pub(super) fn parse_url(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    Ok(call.with(Arc::new(|values| {
        let (text, part) = (values.texts(0)?, values.texts(1)?);
        let key = (values.count() > 2).then(|| values.texts(2)).transpose()?;
        text_column(values.rows(), |row, out| {
            let (text, part) = (text.get(row)?, part.get(row)?);
            match &key {
                None => out.push_str(&Url::parse(text)?.part(part)?),
                Some(key) => {
                    let key = key.get(row)?;
                    if part != "QUERY" {
                        return None;
                    }
                    out.push_str(Url::parse(text)?.parameter(key)?);
                }
            }
            Some(())
        })
    })))
}
