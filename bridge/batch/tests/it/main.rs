//! Tests of batch execution: operations go in, rows come out.

mod kit;
mod unnest;
