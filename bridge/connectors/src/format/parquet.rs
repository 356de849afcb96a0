//! The `parquet` format's entry and options; reading and writing are with the file connector.

use nutkin_engine::Result;
use parquet::basic::{Compression, GzipLevel, ZstdLevel};

use super::api::Format;
use crate::options::{OptionDescription, OptionReader};

/// The format's entry in the registry.
pub(crate) struct ParquetFormat;

const OPTIONS: &[OptionDescription] = &[OptionDescription::with_default(
    "compression",
    "Enum(UNCOMPRESSED, SNAPPY, GZIP, ZSTD, LZ4_RAW)",
    "SNAPPY",
    "How pages are compressed when files are written.",
)];

impl Format for ParquetFormat {
    fn name(&self) -> &'static str {
        "parquet"
    }

    fn options(&self) -> &'static [OptionDescription] {
        OPTIONS
    }

    fn library(&self) -> String {
        // Both are released together, under one version.
        format!("parquet {}", arrow::ARROW_VERSION)
    }
}

/// The compression that a table's options ask for.
pub(crate) fn compression(options: &OptionReader<'_>) -> Result<Compression> {
    let choices = [
        ("UNCOMPRESSED", Compression::UNCOMPRESSED),
        ("SNAPPY", Compression::SNAPPY),
        ("GZIP", Compression::GZIP(GzipLevel::default())),
        ("ZSTD", Compression::ZSTD(ZstdLevel::default())),
        ("LZ4_RAW", Compression::LZ4_RAW),
    ];
    Ok(options
        .choice("compression", &choices)?
        .unwrap_or(Compression::SNAPPY))
}
