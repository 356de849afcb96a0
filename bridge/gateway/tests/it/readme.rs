//! The page about the classes is printed from them.

#[test]
fn readme_lists_the_classes_as_they_are() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let page = nutkin_gateway::class::markdown();
    if std::env::var_os("UPDATE_README").is_some() {
        std::fs::write(path, &page).unwrap();
    }
    let written = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        written == page,
        "README.md is out of date; run: UPDATE_README=1 cargo test --release -p nutkin-gateway readme"
    );
}
