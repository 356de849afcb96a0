//! What needs a process without a JVM: a process keeps the first one it starts, and loads no other.

use nutkin_jvm_shim::{JvmError, describe_jvm};

#[test]
fn a_file_that_is_no_library_is_an_error_with_its_path() {
    let folder = tempfile::tempdir().unwrap();
    let library = folder.path().join("libjvm.so");
    std::fs::write(&library, b"not a library").unwrap();
    match describe_jvm(&library) {
        Err(JvmError::Start { library: named, .. }) => assert_eq!(named, library),
        other => panic!("unexpected: {other:?}"),
    }
}
