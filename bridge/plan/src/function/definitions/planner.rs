//! What the planner handles itself: names, order, columns and windows.

use crate::function::built_in::{BuiltInFunction, FunctionKind, Support};
use crate::function::output;
use crate::function::signature::{Parameter, Signature};

const WINDOWS: &str = "Windows are not planned yet; group_by with columns and aggregate functions works.";
const COLUMNS: &str = "It selects columns: use it as an item of select, group_by or drop_columns.";
const NESTED: &str = "Fields of ROW values are not read yet; a Python function can take the ROW as argument.";
const NOTHING: &[Signature] = &[Signature::Sequence(&[])];
const ONE: &[Signature] = &[Signature::Sequence(&[Parameter::Any])];

functions! {
    AS = Other "as", sql Some("AS"), aliases &[],
        &[Signature::Varying(&[Parameter::Any, Parameter::CharacterString])] => output::first_argument, Support::Executable;
    ASC = Other "asc", sql Some("ASC"), aliases &[],
        ONE => output::first_argument, Support::Executable;
    DESC = Other "desc", sql Some("DESC"), aliases &[],
        ONE => output::first_argument, Support::Executable;
    RANGE_TO = Other "rangeTo", sql None, aliases &[],
        &[Signature::Sequence(&[Parameter::Any, Parameter::Any])] => output::untyped, Support::Refused(COLUMNS);
    WITH_COLUMNS = Other "withColumns", sql None, aliases &[],
        &[Signature::Varying(&[Parameter::Any])] => output::untyped, Support::Refused(COLUMNS);
    WITHOUT_COLUMNS = Other "withoutColumns", sql None, aliases &[],
        &[Signature::Varying(&[Parameter::Any])] => output::untyped, Support::Refused(COLUMNS);
    FLATTEN = Other "flatten", sql None, aliases &[],
        ONE => output::untyped, Support::Refused(NESTED);
    OVER = Other "over", sql Some("OVER"), aliases &[],
        &[Signature::Varying(&[Parameter::Any, Parameter::Any])] => output::first_argument, Support::Refused(WINDOWS);
    START = Other "start", sql None, aliases &[],
        ONE => output::untyped, Support::Refused(WINDOWS);
    END = Other "end", sql None, aliases &[],
        ONE => output::untyped, Support::Refused(WINDOWS);
    ROWTIME = Other "rowtime", sql None, aliases &[],
        ONE => output::untyped, Support::Refused(WINDOWS);
    PROCTIME = Other "proctime", sql None, aliases &[],
        ONE => output::untyped, Support::Refused(WINDOWS);
    UNBOUNDED_RANGE = Other "unboundedRange", sql None, aliases &["UNBOUNDED_RANGE"],
        NOTHING => output::untyped, Support::Refused(WINDOWS);
    UNBOUNDED_ROW = Other "unboundedRow", sql None, aliases &["UNBOUNDED_ROW"],
        NOTHING => output::untyped, Support::Refused(WINDOWS);
    CURRENT_RANGE = Other "currentRange", sql None, aliases &["CURRENT_RANGE"],
        NOTHING => output::untyped, Support::Refused(WINDOWS);
    CURRENT_ROW = Other "currentRow", sql None, aliases &["CURRENT_ROW"],
        NOTHING => output::untyped, Support::Refused(WINDOWS);
    STREAM_RECORD_TIMESTAMP = Other "streamRecordTimestamp", sql None, aliases &[],
        NOTHING => output::untyped, Support::Refused(WINDOWS);
}
