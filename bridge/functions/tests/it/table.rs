//! Every scalar function that the plan offers can be lowered.

use nutkin_plan::function::{FunctionKind, Support, definitions};

#[test]
fn the_whole_table_is_lowered() {
    let missing: Vec<&str> = definitions::all()
        .filter(|function| function.kind == FunctionKind::Scalar && function.support == Support::Executable)
        .map(|function| function.name)
        .filter(|name| !nutkin_functions::is_supported(name))
        .collect();
    assert_eq!(missing, Vec::<&str>::new());
    assert!(!nutkin_functions::is_supported("noSuchFunction"));
}
