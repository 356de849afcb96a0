//! The gateway from outside: dispatch, doors, and (in `jobs`) whole programs.

mod dispatch;
mod doors;
mod hostile;
mod support;
