//! The part of a JDBC URL after the `?`: which parameters of the Java drivers mean something here.

use nutkin_plan::PlanError;

use crate::jdbc::url::JdbcUrl;
use crate::options::nearest;

/// What becomes of a parameter.
pub(super) enum Parameter {
    /// The dialect reads it.
    Used,
    /// It tunes the Java driver and changes no result.
    Ignored,
    /// It has no effect with these values, compared without case; others are refused.
    Only(&'static [&'static str]),
    /// It cannot be honoured; the text says what to do instead.
    Refused(&'static str),
}

/// Refuses parameters that would change what happens, and unknown ones.
pub(super) fn check(url: &JdbcUrl, driver: &str, known: &[(&str, Parameter)]) -> Result<(), PlanError> {
    for (key, value) in &url.parameters {
        let found = known.iter().find(|(name, _)| name.eq_ignore_ascii_case(key));
        match found.map(|(_, parameter)| parameter) {
            Some(Parameter::Used | Parameter::Ignored) => {}
            Some(Parameter::Only(values)) if values.iter().any(|known| known.eq_ignore_ascii_case(value)) => {
            }
            Some(Parameter::Only(values)) => {
                return Err(PlanError::unsupported(
                    format!("The parameter '{key}={value}' of the JDBC URL"),
                    format!("use one of: {}", values.join(", ")),
                ));
            }
            Some(Parameter::Refused(instead)) => {
                return Err(PlanError::unsupported(
                    format!("The parameter '{key}' of the JDBC URL"),
                    *instead,
                ));
            }
            None => {
                return Err(PlanError::Validation {
                    message: format!("The parameter '{key}' of the JDBC URL is not known for {driver}."),
                    hint: Some(match nearest(key, known.iter().map(|(name, _)| *name)) {
                        Some(near) => format!("did you mean '{near}'?"),
                        None => "leave it out".to_owned(),
                    }),
                });
            }
        }
    }
    Ok(())
}

/// A parameter that is `true` or `false`; an empty value means true.
pub(super) fn boolean(url: &JdbcUrl, name: &str) -> Result<Option<bool>, PlanError> {
    match url.parameter(name).map(str::to_ascii_lowercase).as_deref() {
        None => Ok(None),
        Some("" | "true" | "yes" | "1") => Ok(Some(true)),
        Some("false" | "no" | "0") => Ok(Some(false)),
        Some(other) => Err(PlanError::validation(format!(
            "The parameter '{name}' of the JDBC URL is '{other}': expected true or false."
        ))),
    }
}

/// A parameter that is a whole number.
pub(super) fn number(url: &JdbcUrl, name: &str) -> Result<Option<u64>, PlanError> {
    url.parameter(name)
        .map(|text| {
            text.parse().map_err(|_| {
                PlanError::validation(format!(
                    "The parameter '{name}' of the JDBC URL is '{text}': expected a whole number."
                ))
            })
        })
        .transpose()
}
