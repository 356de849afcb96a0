//! What `nutkin doctor` prints, as data.

use nutkin_jvm_shim::{FoundJvm, find_jvm};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};

/// Libraries, connectors, formats and the JVM, as nested dictionaries and lists.
#[pyfunction]
pub(crate) fn doctor(py: Python<'_>) -> PyResult<Bound<'_, PyDict>> {
    let report = PyDict::new(py);
    report.set_item("libraries", libraries(py)?)?;
    report.set_item("connectors", connectors(py)?)?;
    report.set_item("formats", formats(py)?)?;
    report.set_item("jvm", jvm(py)?)?;
    Ok(report)
}

fn libraries(py: Python<'_>) -> PyResult<Bound<'_, PyDict>> {
    let libraries = PyDict::new(py);
    libraries.set_item("arrow", arrow::ARROW_VERSION)?;
    libraries.set_item("protocol", nutkin_protocol::PROTOCOL_VERSION.to_string())?;
    Ok(libraries)
}

fn connectors(py: Python<'_>) -> PyResult<Bound<'_, PyList>> {
    let connectors = PyList::empty(py);
    for connector in nutkin_connectors::registry::connectors() {
        let entry = PyDict::new(py);
        entry.set_item("name", connector.name())?;
        entry.set_item("source", connector.has_source())?;
        entry.set_item("sink", connector.has_sink())?;
        entry.set_item("library", connector.library())?;
        connectors.append(entry)?;
    }
    Ok(connectors)
}

fn formats(py: Python<'_>) -> PyResult<Bound<'_, PyList>> {
    let formats = PyList::empty(py);
    for format in nutkin_connectors::registry::formats() {
        let entry = PyDict::new(py);
        entry.set_item("name", format.name())?;
        entry.set_item("library", format.library())?;
        formats.append(entry)?;
    }
    Ok(formats)
}

fn jvm(py: Python<'_>) -> PyResult<Bound<'_, PyDict>> {
    let jvm = PyDict::new(py);
    // A JVM takes long to start; other threads need not wait for it.
    match py.detach(find_jvm) {
        FoundJvm::Present(description) => {
            jvm.set_item("version", description.version)?;
            jvm.set_item("vendor", description.vendor)?;
            jvm.set_item("library", description.library)?;
        }
        FoundJvm::Absent { reason, hint } => {
            jvm.set_item("reason", reason)?;
            jvm.set_item("hint", hint)?;
        }
    }
    Ok(jvm)
}
