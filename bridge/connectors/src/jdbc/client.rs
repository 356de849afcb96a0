//! Connections to one database, opened again when they are lost, and errors in a user's words.

use std::future::Future;
use std::time::{Duration, Instant};

use nutkin_engine::job::Cancellation;
use nutkin_engine::{EngineError, Result};
use sqlx::Connection as _;

use super::dialect::{ConnectFailure, Connection, Dialect};
use super::options::JdbcOptions;
use super::runtime::wait_for;

/// The first wait between attempts; it doubles up to [`MAX_BACKOFF`].
const MIN_BACKOFF: Duration = Duration::from_millis(100);
const MAX_BACKOFF: Duration = Duration::from_secs(2);

/// Opens connections for one table.
pub(super) struct JdbcClient<D> {
    pub(super) dialect: D,
    pub(super) options: JdbcOptions,
    /// `jdbc` and the table, as errors name them.
    pub(super) connector: String,
}

/// What an error of the driver means for a transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Severity {
    /// The connection is gone; a new one may do.
    ConnectionLost,
    /// The same transaction may pass next time.
    Retryable,
    /// It fails however often it is tried.
    Permanent,
}

impl<D: Dialect> JdbcClient<D> {
    /// Opens a connection, once.
    pub(super) async fn connect(&self) -> Result<Connection<D>, sqlx::Error> {
        match tokio::time::timeout(self.dialect.connect_timeout(), self.dialect.connect()).await {
            Ok(outcome) => outcome,
            Err(_) => Err(sqlx::Error::Io(std::io::Error::new(
                std::io::ErrorKind::TimedOut,
                format!("no answer within {:.0?}", self.dialect.connect_timeout()),
            ))),
        }
    }

    /// Runs work on a new connection and closes it, for checks at the start.
    pub(super) fn with_connection<T, F>(
        &self,
        cancellation: &Cancellation,
        work: impl FnOnce(Connection<D>) -> F,
    ) -> Result<T>
    where
        F: Future<Output = (Connection<D>, Result<T>)>,
    {
        wait_for(cancellation, async {
            let connection = self.connect().await.map_err(|error| self.connect_error(&error))?;
            let (connection, outcome) = work(connection).await;
            // What was asked is known; how the connection ends does not matter.
            let _ = connection.close().await;
            outcome
        })?
    }

    /// What an error means.
    pub(super) fn severity(&self, error: &sqlx::Error) -> Severity {
        match error {
            sqlx::Error::Io(_)
            | sqlx::Error::Protocol(_)
            | sqlx::Error::WorkerCrashed
            | sqlx::Error::BeginFailed => Severity::ConnectionLost,
            sqlx::Error::Database(error) if self.dialect.is_shutting_down(error.as_ref()) => {
                Severity::ConnectionLost
            }
            sqlx::Error::Database(error) if self.dialect.is_retryable(error.as_ref()) => Severity::Retryable,
            _ => Severity::Permanent,
        }
    }

    /// What an error of opening a connection means for a job that had one before.
    pub(super) fn connect_severity(&self, error: &sqlx::Error) -> Severity {
        match (self.severity(error), error) {
            (Severity::Permanent, sqlx::Error::Tls(_)) => Severity::ConnectionLost,
            (severity, _) => severity,
        }
    }

    /// The error of a connection that cannot be opened.
    pub(super) fn connect_error(&self, error: &sqlx::Error) -> EngineError {
        let place = format!("{} at {}", D::NAME, self.options.url.location());
        let reason = reason(error);
        let database = self.options.url.database();
        let failure = match error {
            sqlx::Error::Database(error) => self.dialect.connect_failure(error.as_ref()),
            _ => ConnectFailure::Other,
        };
        match failure {
            ConnectFailure::Login => self.error(
                format!(
                    "{place} refuses the login of user '{}': {reason}",
                    self.dialect.user().unwrap_or_default()
                ),
                Some("check the options 'username' and 'password', and from where the user may log in".to_owned()),
            ),
            ConnectFailure::Database => self.error(
                format!("{place} has no database '{database}' for user '{}': {reason}", self.dialect.user().unwrap_or_default()),
                Some("check the database's name in the option 'url', or create the database".to_owned()),
            ),
            ConnectFailure::Other if matches!(error, sqlx::Error::Database(_)) && self.dialect.user().is_none() => {
                self.error(
                    format!("the {} file {database} cannot be opened: {reason}", D::NAME),
                    Some(
                        "check the path in the option 'url'; the file must be there, with the table in it"
                            .to_owned(),
                    ),
                )
            }
            ConnectFailure::Other if matches!(error, sqlx::Error::Tls(_)) => self.error(
                format!("{place} cannot be connected to: {reason}"),
                Some(
                    "check the parameters for encryption in the option 'url': 'sslMode' for MySQL and MariaDB, \
                     'sslmode' for PostgreSQL"
                        .to_owned(),
                ),
            ),
            ConnectFailure::Other => self.error(
                format!("{place} cannot be connected to: {reason}"),
                Some("check that the database server runs, and host and port in the option 'url'".to_owned()),
            ),
        }
    }

    /// The error of a statement.
    pub(super) fn statement_error(&self, doing: &str, error: &sqlx::Error) -> EngineError {
        self.error(format!("{doing} failed: {}", reason(error)), None)
    }

    /// An error of this table.
    pub(super) fn error(&self, message: String, hint: Option<String>) -> EngineError {
        EngineError::Connector {
            connector: self.connector.clone(),
            message,
            hint,
        }
    }
}

/// The driver's message without what sqlx puts before it.
pub(super) fn reason(error: &sqlx::Error) -> String {
    match error {
        sqlx::Error::Database(error) => match error.code() {
            Some(code) => format!("{} ({code})", error.message()),
            None => error.message().to_owned(),
        },
        sqlx::Error::Io(error) => error.to_string(),
        other => other.to_string(),
    }
}

/// How long to wait before the next attempt, and when to give up.
#[derive(Debug)]
pub(super) struct Backoff {
    next: Duration,
    deadline: Instant,
}

impl Backoff {
    /// Attempts until `timeout` from now.
    pub(super) fn new(timeout: Duration) -> Self {
        Self {
            next: MIN_BACKOFF,
            deadline: Instant::now() + timeout,
        }
    }

    /// The next wait; `None` when the time is up.
    pub(super) fn next_wait(&mut self) -> Option<Duration> {
        let left = self.deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return None;
        }
        let wait = self.next.min(left);
        self.next = (self.next * 2).min(MAX_BACKOFF);
        Some(wait)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_until_the_time_is_up() {
        let mut backoff = Backoff::new(Duration::from_secs(3_600));
        let waits: Vec<u128> = (0..7)
            .filter_map(|_| backoff.next_wait())
            .map(|wait| wait.as_millis())
            .collect();
        assert_eq!(waits, [100, 200, 400, 800, 1_600, 2_000, 2_000]);
        assert_eq!(Backoff::new(Duration::ZERO).next_wait(), None);
    }
}
